package org.millrace.streaming.anomaly.evaluate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * The score of the Numenta Anomaly Benchmark (Lavin and Ahmad, arXiv 1510.03336): 100 for a flag at
 * the first row of each window and none elsewhere, 0 for no flag at all, below 0 for worse than
 * that. Within a window the best flag counts once; outside, every flag counts. Rows in a file's
 * probation are ignored. Scores of several files are added before they are normalised.
 */
public final class NabScorer {

  private final List<NabSeries> series;
  private final NabProfile profile;

  /**
   * A scorer of files that are judged together.
   *
   * @param series the labels; one window at least
   * @param profile the weights
   */
  public NabScorer(List<NabSeries> series, NabProfile profile) {
    this.series = List.copyOf(series);
    this.profile = profile;
    if (windows() == 0) {
      throw new IllegalArgumentException("no series has a window; NAB's score needs one at least");
    }
  }

  /**
   * A threshold and the score it earns.
   *
   * @param threshold rows at or above it are flagged
   * @param score NAB's score, at most 100
   */
  public record Tuned(double threshold, double score) {}

  /** The score of flagged rows, one set per series in the series' order. */
  public double ofFlags(List<BitSet> flags) {
    double raw = 0;
    for (int s = 0; s < series.size(); s++) {
      raw += raw(series.get(s), flags.get(s));
    }
    return normalised(raw);
  }

  /** The score of the rows at or above one threshold for all series. */
  public double ofScores(List<double[]> scores, double threshold) {
    var flags = new ArrayList<BitSet>();
    for (double[] rows : scores) {
      flags.add(flagged(rows, threshold));
    }
    return ofFlags(flags);
  }

  /**
   * The one threshold that earns the highest score over all series, among the scores that occur and
   * infinity; the highest of equally good ones. Sorts the rows once.
   */
  public Tuned tune(List<double[]> scores) {
    var rows = new ArrayList<Row>();
    var best = new double[series.size()][];
    for (int s = 0; s < series.size(); s++) {
      best[s] = new double[series.get(s).windows().size()];
      for (int row = series.get(s).probation(); row < series.get(s).rows(); row++) {
        rows.add(new Row(s, row, scores.get(s)[row]));
      }
    }
    rows.sort(Comparator.comparingDouble(Row::score).reversed());

    double raw = -windows() * profile.miss();
    var tuned = new Tuned(Double.POSITIVE_INFINITY, normalised(raw));
    for (int i = 0; i < rows.size(); i++) {
      raw += gain(rows.get(i), best);
      boolean tied = i + 1 < rows.size() && rows.get(i + 1).score() == rows.get(i).score();
      if (!tied && normalised(raw) > tuned.score()) {
        tuned = new Tuned(rows.get(i).score(), normalised(raw));
      }
    }
    return tuned;
  }

  /** The rows at or above a threshold; NaN is below any. */
  public static BitSet flagged(double[] scores, double threshold) {
    var flags = new BitSet(scores.length);
    for (int row = 0; row < scores.length; row++) {
      flags.set(row, scores[row] >= threshold);
    }
    return flags;
  }

  /**
   * The rows at which an episode opens: flags that no flag preceded within {@code gap} rows. It is
   * what a user is told of, where repeats of an alert are held back.
   *
   * @param gap how many quiet rows end an episode; 0 keeps every flag that follows a quiet row
   */
  public static BitSet opens(BitSet flags, int gap) {
    var opens = new BitSet(flags.length());
    int last = -1;
    for (int row = flags.nextSetBit(0); row >= 0; row = flags.nextSetBit(row + 1)) {
      if (last < 0 || row - last > gap + 1) {
        opens.set(row);
      }
      last = row;
    }
    return opens;
  }

  private record Row(int series, int row, double score) {}

  private double raw(NabSeries labels, BitSet flags) {
    double[] best = new double[labels.windows().size()];
    double raw = -best.length * profile.miss();
    for (int row = flags.nextSetBit(labels.probation());
        row >= 0 && row < labels.rows();
        row = flags.nextSetBit(row + 1)) {
      raw += gain(labels, row, best);
    }
    return raw;
  }

  private double gain(Row row, double[][] best) {
    return gain(series.get(row.series()), row.row(), best[row.series()]);
  }

  /** What one more flag adds, given the best flag of each window so far, which it may replace. */
  private double gain(NabSeries labels, int row, double[] best) {
    double worth = labels.worth(row, profile);
    int window = labels.windowAt(row);
    if (window < 0) {
      return worth;
    }
    double before = best[window];
    best[window] = Math.max(before, worth);
    return best[window] - before + (before == 0 ? profile.miss() : 0);
  }

  private int windows() {
    return series.stream().mapToInt(s -> s.windows().size()).sum();
  }

  private double normalised(double raw) {
    double none = -windows() * profile.miss();
    double perfect = windows() * profile.hit();
    return 100 * (raw - none) / (perfect - none);
  }
}
