package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Finds out how many operations of a communicator make a training step: the shortest period after
 * which kinds of operations, and the work before them, repeat themselves. A rank that is slow in
 * one step is late to all of its operations; that is one slow step, not many.
 */
final class Cycle {

  /** The longest period that is found; a step of more operations counts as several. */
  static final int LONGEST = 128;

  private static final int HISTORY = 4 * LONGEST;
  private static final int FIRST_LOOK = 16;

  /** Periods that a repetition is checked over. */
  private static final int PERIODS = 3;

  /** What an operation of another kind counts; differences of work are logarithms up to 1. */
  private static final double OTHER_KIND = 3;

  /** A period is as good as the best if it is no worse by this factor, and this. */
  private static final double FACTOR = 1.5;

  private static final double SLACK = 0.05;

  /** Work of less than this share of the mean is as good as none. */
  private static final double NO_WORK = 0.02;

  private final int[] kinds = new int[HISTORY];
  private final double[] works = new double[HISTORY];
  private long count;
  private long nextLook = FIRST_LOOK;
  private int period = 1;
  private int inCycle;

  /**
   * Takes an operation.
   *
   * @param kind what it is, as a number
   * @param work before it, at least 0
   * @return whether it is the last of a step
   */
  boolean ends(int kind, double work) {
    kinds[(int) (count % HISTORY)] = kind;
    works[(int) (count % HISTORY)] = work;
    count++;
    if (count == nextLook) {
      period = find();
      nextLook += Math.min(count, LONGEST);
    }
    if (++inCycle >= period) {
      inCycle = 0;
      return true;
    }
    return false;
  }

  /** Operations a step, as far as is known. */
  int period() {
    return period;
  }

  private int find() {
    int longest = (int) Math.min(LONGEST, count / (PERIODS + 1));
    double none = NO_WORK * meanWork();
    var scores = new double[longest + 1];
    double best = Double.MAX_VALUE;
    for (int candidate = 1; candidate <= longest; candidate++) {
      scores[candidate] = score(candidate, none);
      best = Math.min(best, scores[candidate]);
    }
    for (int candidate = 1; candidate <= longest; candidate++) {
      if (scores[candidate] <= FACTOR * best + SLACK) {
        return candidate;
      }
    }
    return 1;
  }

  private double meanWork() {
    int kept = (int) Math.min(count, HISTORY);
    double sum = 0;
    for (int i = 0; i < kept; i++) {
      sum += works[i];
    }
    return Math.max(sum / kept, Double.MIN_NORMAL);
  }

  private double score(int candidate, double none) {
    int over = (int) Math.min(count - candidate, Math.max(FIRST_LOOK, PERIODS * candidate));
    over = Math.min(over, HISTORY - candidate);
    double sum = 0;
    for (int back = 1; back <= over; back++) {
      int at = (int) ((count - back) % HISTORY);
      int before = (int) ((count - back - candidate) % HISTORY);
      sum +=
          kinds[at] != kinds[before]
              ? OTHER_KIND
              : Math.min(1, Math.abs(Math.log((works[at] + none) / (works[before] + none))));
    }
    return sum / over;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(count);
    out.writeLong(nextLook);
    out.writeShort(period);
    out.writeShort(inCycle);
    for (int i = 0; i < Math.min(count, HISTORY); i++) {
      out.writeInt(kinds[i]);
      out.writeDouble(works[i]);
    }
  }

  void read(DataInput in) throws IOException {
    count = in.readLong();
    nextLook = in.readLong();
    period = in.readUnsignedShort();
    inCycle = in.readUnsignedShort();
    for (int i = 0; i < Math.min(count, HISTORY); i++) {
      kinds[i] = in.readInt();
      works[i] = in.readDouble();
    }
  }
}
