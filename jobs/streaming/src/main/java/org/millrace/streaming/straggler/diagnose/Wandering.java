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
 * Which ranks of a communicator were slow in the last steps: a bad machine is always the same,
 * uneven work wanders.
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

  /** Slow ranks a step, over what is usual, that make it uneven; and more than that. */
  private static final double OVER_USUAL = 3;

  private static final double MORE = 0.2;

  private static final double SMOOTHING = 1.0 / 200;

  /** Share of the slow steps that one rank may have had. */
  private static final double MOST = 0.6;

  private record Step(long tsUs, Set<String> slow) {}

  private final ArrayDeque<Step> steps = new ArrayDeque<>();
  private boolean uneven;
  private long count;

  /** Slow ranks a step, over the long run: of a thousand ranks there is always one. */
  private double usual;

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
    count++;
    usual += Math.max(SMOOTHING, 1.0 / (count + STEPS)) * (slow.size() - usual);
  }

  /** The rank's slowness is explained; its steps don't make the work uneven. */
  void explain(String id) {
    for (var step : steps) {
      step.slow.remove(id);
    }
  }

  boolean isUneven() {
    return uneven;
  }

  /** Goes on to uneven; whether it did. */
  boolean becomesUneven() {
    if (uneven || slowSteps() < UNEVEN) {
      return false;
    }
    var turns = turns();
    int most = turns.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    double aStep = turns.values().stream().mapToInt(Integer::intValue).sum() / (double) STEPS;
    uneven =
        turns.size() >= RANKS && most <= MOST * slowSteps() && aStep > OVER_USUAL * usual + MORE;
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
    return turns(Long.MIN_VALUE);
  }

  /** How often each rank was slow from a time on. */
  Map<String, Integer> turns(long sinceUs) {
    var turns = new TreeMap<String, Integer>();
    for (var step : steps) {
      if (step.tsUs < sinceUs) {
        continue;
      }
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
    out.writeLong(count);
    out.writeDouble(usual);
    out.writeByte(steps.size());
    for (var step : steps) {
      out.writeLong(step.tsUs);
      out.writeInt(step.slow.size());
      for (var id : step.slow) {
        out.writeUTF(id);
      }
    }
  }

  void read(DataInput in) throws IOException {
    uneven = in.readBoolean();
    count = in.readLong();
    usual = in.readDouble();
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      long tsUs = in.readLong();
      var slow = new TreeSet<String>();
      for (int ids = in.readInt(); ids > 0; ids--) {
        slow.add(in.readUTF());
      }
      steps.addLast(new Step(tsUs, slow));
    }
  }
}
