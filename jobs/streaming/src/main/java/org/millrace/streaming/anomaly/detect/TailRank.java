package org.millrace.streaming.anomaly.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Makes scores of any unit comparable: says in decades how rare a score is among those before it.
 * With n scores so far, k of them at least as high, the rank is {@code -log10((k + 1/2) / (n +
 * 1))}: 2 for what was reached one time in a hundred. Monotone transformations of the score change
 * nothing but ties.
 *
 * <p>Scores are counted in bins, 64 to the octave, and forgotten exponentially over {@link #MEMORY}
 * scores; what falls into one bin is a tie. State: 8 bytes for each bin between the least and the
 * greatest positive score so far: some hundreds of them, 16 thousand where scores span all floats.
 */
public final class TailRank {

  /** After how many scores one has lost its weight, to 1/e; also the greatest n. */
  public static final int MEMORY = 3_000;

  /** How many first scores have rank 0. */
  public static final int QUIET = 100;

  /** No rank is above this one, of a score higher than any before. */
  public static final double MAX = -Math.log10(.5 / (MEMORY + 1));

  private static final int VERSION = 1;

  /** Keeps 6 bits of a float's mantissa: 64 bins to the octave. */
  private static final int DROPPED_BITS = 17;

  /** Where the growing weight of new scores is scaled back to 1. */
  private static final double HEAVY = 1e100;

  private int seen;
  private double weight = 1;
  private double total;
  private double zeros;
  private int firstBin;
  private double[] mass = {};

  /**
   * Ranks a score among the earlier ones, then counts it.
   *
   * @param score at least 0
   * @return in [0, {@link #MAX}]; 0 for the first {@link #QUIET} scores
   */
  public double rank(double score) {
    int bin = bin(score);
    double n = total / weight;
    double rank = !ready() ? 0 : -Math.log10((atLeast(bin) / weight + .5) / (n + 1));
    count(bin);
    return Math.max(0, rank);
  }

  /** Whether enough scores were counted for the next one's rank to mean something. */
  public boolean ready() {
    return seen >= QUIET;
  }

  private static int bin(double score) {
    return Float.floatToIntBits((float) score) >>> DROPPED_BITS;
  }

  private double atLeast(int bin) {
    if (bin == 0) {
      return total;
    }
    double sum = 0;
    for (int i = Math.max(0, bin - firstBin); i < mass.length; i++) {
      sum += mass[i];
    }
    return sum;
  }

  private void count(int bin) {
    if (bin == 0) {
      zeros += weight;
    } else {
      cover(bin);
      mass[bin - firstBin] += weight;
    }
    total += weight;
    seen = Math.min(seen + 1, QUIET);
    weight *= 1 / (1 - 1. / MEMORY);
    if (weight > HEAVY) {
      scaleBack();
    }
  }

  private void cover(int bin) {
    if (mass.length == 0) {
      firstBin = bin;
    }
    int first = Math.min(firstBin, bin);
    int length = Math.max(firstBin + mass.length, bin + 1) - first;
    if (length > mass.length) {
      var wider = new double[length];
      System.arraycopy(mass, 0, wider, firstBin - first, mass.length);
      mass = wider;
      firstBin = first;
    }
  }

  private void scaleBack() {
    total /= weight;
    zeros /= weight;
    for (int i = 0; i < mass.length; i++) {
      mass[i] /= weight;
    }
    weight = 1;
  }

  /** Writes the whole state. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(seen);
    out.writeDouble(weight);
    out.writeDouble(total);
    out.writeDouble(zeros);
    out.writeInt(firstBin);
    State.writeDoubles(out, mass);
  }

  /** Reads what {@link #write} wrote. */
  public static TailRank read(DataInput in) throws IOException {
    State.checkVersion(in, VERSION, "tail rank");
    var rank = new TailRank();
    rank.seen = in.readInt();
    rank.weight = in.readDouble();
    rank.total = in.readDouble();
    rank.zeros = in.readDouble();
    rank.firstBin = in.readInt();
    rank.mass = State.readDoubles(in);
    return rank;
  }

  @Override
  public String toString() {
    return "TailRank["
        + Math.round(total / weight)
        + " scores, "
        + Arrays.stream(mass).filter(m -> m > 0).count()
        + " bins]";
  }
}
