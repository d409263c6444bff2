package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which ranks were slow in the last steps, to tell a bad machine from uneven work: a bad machine is
 * always the same, uneven work wanders.
 */
final class Wandering {

  /** Steps that are looked at. */
  static final int STEPS = 10;

  /** Of those, with a slow rank: uneven from here on. */
  private static final int UNEVEN = 6;

  /** The same: no longer uneven. */
  private static final int EVEN = 2;

  /** Ranks that must have had a turn. */
  private static final int RANKS = 3;

  /** While work is uneven, slow steps that make a rank a suspect nevertheless. */
  private static final int NEVERTHELESS = 8;

  private record Step(long tsUs, Set<String> slow) {}

  private final ArrayDeque<Step> steps = new ArrayDeque<>();
  private boolean uneven;

  /**
   * Takes a step.
   *
   * @param slow ids of the ranks that were slow in it and are not known for it
   */
  void add(long tsUs, Set<String> slow) {
    if (steps.size() == STEPS) {
      steps.removeFirst();
    }
    steps.addLast(new Step(tsUs, slow));
  }

  /** Whether a rank that was slow several times is so by itself, not by chance. */
  boolean isOwnFault(String id) {
    int own = 0;
    int others = 0;
    for (var step : steps) {
      if (step.slow.contains(id)) {
        own++;
      } else if (!step.slow.isEmpty()) {
        others++;
      }
    }
    return uneven ? own >= NEVERTHELESS : own > others;
  }

  /** The rank's slowness is explained; its steps don't make the work uneven. */
  void explain(String id) {
    for (var step : steps) {
      step.slow.remove(id);
    }
  }

  /** Goes on to uneven; whether it did. */
  boolean becomesUneven() {
    if (uneven || slowSteps() < UNEVEN) {
      return false;
    }
    var turns = turns();
    int most = turns.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    uneven = turns.size() >= RANKS && 2 * most <= slowSteps();
    return uneven;
  }

  /** Goes back to even; whether it did. */
  boolean becomesEven() {
    if (uneven && slowSteps() <= EVEN) {
      uneven = false;
      return true;
    }
    return false;
  }

  /** Steps with a slow rank, of the last {@link #STEPS}. */
  int slowSteps() {
    int count = 0;
    for (var step : steps) {
      count += step.slow.isEmpty() ? 0 : 1;
    }
    return count;
  }

  /** How often each rank was slow. */
  Map<String, Integer> turns() {
    var turns = new TreeMap<String, Integer>();
    for (var step : steps) {
      for (var id : step.slow) {
        turns.merge(id, 1, Integer::sum);
      }
    }
    return turns;
  }

  /** The first of the steps with a slow rank; the smallest long if there is none. */
  long firstUs() {
    for (var step : steps) {
      if (!step.slow.isEmpty()) {
        return step.tsUs;
      }
    }
    return Long.MIN_VALUE;
  }

  /** The last of them, likewise. */
  long lastUs() {
    long last = Long.MIN_VALUE;
    for (var step : steps) {
      if (!step.slow.isEmpty()) {
        last = step.tsUs;
      }
    }
    return last;
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(uneven);
    out.writeByte(steps.size());
    for (var step : steps) {
      out.writeLong(step.tsUs);
      out.writeInt(step.slow.size());
      for (var id : step.slow) {
        out.writeUTF(id);
      }
    }
  }

  static Wandering read(DataInput in) throws IOException {
    var wandering = new Wandering();
    wandering.uneven = in.readBoolean();
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      long tsUs = in.readLong();
      var slow = new TreeSet<String>();
      for (int ids = in.readInt(); ids > 0; ids--) {
        slow.add(in.readUTF());
      }
      wandering.steps.addLast(new Step(tsUs, slow));
    }
    return wandering;
  }
}
