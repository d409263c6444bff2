package org.millrace.streaming.anomaly.detect;

import java.util.Arrays;

/** The period of a series, by its autocorrelation. */
final class Period {

  /** The shortest period worth a season. */
  static final int SHORTEST = 4;

  /** How many periods a series must hold for one to be believed. */
  static final int REPEATS = 3;

  /** How much the series must resemble itself a period earlier. */
  private static final double LEAST_CORRELATION = .5;

  /** A longer period must be better by this much: multiples of a period repeat as well. */
  private static final double PREFERENCE = .05;

  /** Two periods earlier the likeness may have fallen by this much. */
  private static final double SLACK = .1;

  /** Values outside the 2nd and 98th percentile are drawn to them: a spike has no period. */
  private static final double CLIPPED_SHARE = .02;

  private Period() {}

  /**
   * The lag at which the series resembles itself most, beyond the first lag at which it does not
   * resemble itself at all; 0 if there is none with correlation .5 that also holds for twice the
   * lag. Time O(n log n).
   */
  static int of(double[] series) {
    int longest = series.length / REPEATS;
    double[] likeness = autocorrelation(clipped(series));
    int first = 1;
    while (first < longest && likeness[first] > 0) {
      first++;
    }
    int best = 0;
    double bestLikeness = LEAST_CORRELATION;
    for (int lag = Math.max(SHORTEST, first); lag <= longest; lag++) {
      boolean peak = likeness[lag] > likeness[lag - 1] && likeness[lag] >= likeness[lag + 1];
      double held = Math.min(likeness[lag], likeness[2 * lag] + SLACK);
      if (peak && held > bestLikeness + (best == 0 ? 0 : PREFERENCE)) {
        best = lag;
        bestLikeness = held;
      }
    }
    return best;
  }

  /** The series less its mean, without its extremes. */
  private static double[] clipped(double[] series) {
    double[] sorted = series.clone();
    Arrays.sort(sorted);
    int cut = (int) (CLIPPED_SHARE * series.length);
    double low = sorted[cut];
    double high = sorted[series.length - 1 - cut];
    double[] clipped = Arrays.stream(series).map(x -> Math.max(low, Math.min(high, x))).toArray();
    double sum = 0;
    for (double x : clipped) {
      sum += x;
    }
    double mean = sum / clipped.length;
    return Arrays.stream(clipped).map(x -> x - mean).toArray();
  }

  /** Autocorrelation at each lag, per overlapping pair; all 0 for a flat series. */
  private static double[] autocorrelation(double[] centred) {
    int n = centred.length;
    int size = Integer.highestOneBit(2 * n - 1) << 1;
    double[] re = Arrays.copyOf(centred, size);
    double[] im = new double[size];
    transform(re, im);
    for (int i = 0; i < size; i++) {
      re[i] = re[i] * re[i] + im[i] * im[i];
      im[i] = 0;
    }
    transform(re, im); // of a real even series: its own inverse but for a factor
    double[] likeness = new double[n];
    for (int lag = 0; lag < n && re[0] > 0; lag++) {
      likeness[lag] = re[lag] / re[0] * n / (n - lag);
    }
    return likeness;
  }

  /** Fourier transform in place, by Cooley and Tukey's radix 2. */
  private static void transform(double[] re, double[] im) {
    int n = re.length;
    for (int i = 1; i < n; i++) {
      int j = Integer.reverse(i) >>> (Integer.numberOfLeadingZeros(n) + 1);
      if (i < j) {
        swap(re, i, j);
        swap(im, i, j);
      }
    }
    double[] cos = new double[n / 2];
    double[] sin = new double[n / 2];
    for (int k = 0; k < n / 2; k++) {
      cos[k] = StrictMath.cos(2 * Math.PI * k / n);
      sin[k] = -StrictMath.sin(2 * Math.PI * k / n);
    }
    for (int half = 1; half < n; half *= 2) {
      int turn = n / (2 * half);
      for (int from = 0; from < n; from += 2 * half) {
        for (int k = 0; k < half; k++) {
          int a = from + k;
          int b = a + half;
          double x = re[b] * cos[k * turn] - im[b] * sin[k * turn];
          double y = re[b] * sin[k * turn] + im[b] * cos[k * turn];
          re[b] = re[a] - x;
          im[b] = im[a] - y;
          re[a] += x;
          im[a] += y;
        }
      }
    }
  }

  private static void swap(double[] values, int i, int j) {
    double value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}
