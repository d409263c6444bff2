package org.millrace.streaming.anomaly.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Mean and population standard deviation of the last W errors, in at most {@value #MAX_BUCKETS}
 * buckets of (mean, sum of squared deviations) and one open bucket. Errors leave with their bucket:
 * while the open bucket fills, the oldest one counts for as many errors less, as if those were like
 * its average. Exact where a bucket holds one error (W up to {@value #MAX_BUCKETS}) and whenever
 * the open bucket is empty; otherwise off by what the part of one bucket can move.
 *
 * <p>Buckets are merged by Chan, Golub and LeVeque's pairwise update, which does not cancel, and
 * the sum over the closed buckets is taken afresh at each closing, so that nothing drifts.
 */
final class ErrorHistory {

  static final int MAX_BUCKETS = 64;

  private final int perBucket;
  private final double[] means;
  private final double[] squares;
  private int oldest;
  private int closed;

  private int openCount;
  private double openMean;
  private double openSquares;

  private double bulkCount;
  private double bulkMean;
  private double bulkSquares;

  private double count;
  private double mean;
  private double sumOfSquares;

  /**
   * @param window W, positive; one without a divisor that makes even buckets is rounded up to whole
   *     buckets, by less than 1/{@value #MAX_BUCKETS} of it
   */
  ErrorHistory(int window) {
    perBucket = perBucket(window);
    int buckets = (window + perBucket - 1) / perBucket;
    means = new double[buckets];
    squares = new double[buckets];
  }

  private static int perBucket(int window) {
    int least = (window + MAX_BUCKETS - 1) / MAX_BUCKETS;
    for (int size = least; size <= 2 * least; size++) {
      if (window % size == 0) {
        return size;
      }
    }
    return least;
  }

  /** How many errors it speaks of. */
  int size() {
    return full() ? means.length * perBucket : closed * perBucket + openCount;
  }

  private boolean full() {
    return closed == means.length;
  }

  void add(double error) {
    openCount++;
    double delta = error - openMean;
    openMean += delta / openCount;
    openSquares += delta * (error - openMean);
    if (openCount == perBucket) {
      close();
    }
  }

  private void close() {
    int at = (oldest + closed) % means.length;
    if (full()) {
      oldest = (oldest + 1) % means.length;
    } else {
      closed++;
    }
    means[at] = openMean;
    squares[at] = openSquares;
    openCount = 0;
    openMean = 0;
    openSquares = 0;
    sumBulk();
  }

  /** All closed buckets, but for the oldest once it is about to leave. */
  private void sumBulk() {
    reset();
    for (int j = full() ? 1 : 0; j < closed; j++) {
      int at = (oldest + j) % means.length;
      merge(perBucket, means[at], squares[at]);
    }
    bulkCount = count;
    bulkMean = mean;
    bulkSquares = sumOfSquares;
  }

  /** mean + sigmas * standard deviation; NaN while empty. */
  double threshold(double sigmas) {
    gather(0);
    return mean + sigmas * Math.sqrt(sumOfSquares / count);
  }

  /** What {@link #threshold(double)} would be after adding {@code error}. */
  double thresholdWith(double error, double sigmas) {
    gather(1);
    merge(1, error, 0);
    return mean + sigmas * Math.sqrt(sumOfSquares / count);
  }

  private void gather(int coming) {
    reset();
    int staying = perBucket - openCount - coming;
    if (full() && staying > 0) {
      double share = (double) staying / perBucket;
      merge(staying, means[oldest], squares[oldest] * share);
    }
    merge(bulkCount, bulkMean, bulkSquares);
    merge(openCount, openMean, openSquares);
  }

  private void reset() {
    count = 0;
    mean = Double.NaN;
    sumOfSquares = 0;
  }

  private void merge(double n, double otherMean, double otherSquares) {
    if (n == 0) {
      return;
    }
    if (count == 0) {
      count = n;
      mean = otherMean;
      sumOfSquares = otherSquares;
      return;
    }
    double total = count + n;
    double delta = otherMean - mean;
    mean += delta * (n / total);
    sumOfSquares += otherSquares + delta * delta * (count * (n / total));
    count = total;
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(means.length);
    out.writeInt(perBucket);
    out.writeShort(closed);
    for (int j = 0; j < closed; j++) {
      int at = (oldest + j) % means.length;
      out.writeDouble(means[at]);
      out.writeDouble(squares[at]);
    }
    out.writeInt(openCount);
    out.writeDouble(openMean);
    out.writeDouble(openSquares);
  }

  static ErrorHistory read(DataInput in, int window) throws IOException {
    var history = new ErrorHistory(window);
    int buckets = in.readUnsignedShort();
    int perBucket = in.readInt();
    if (buckets != history.means.length || perBucket != history.perBucket) {
      throw new IOException(
          "The state holds %d x %d errors, the configuration wants %d: set the history back, or start without this state"
              .formatted(buckets, perBucket, window));
    }
    history.closed = in.readUnsignedShort();
    if (history.closed > buckets) {
      throw new IOException(
          "The state is damaged: %d of %d buckets".formatted(history.closed, buckets));
    }
    for (int j = 0; j < history.closed; j++) {
      history.means[j] = in.readDouble();
      history.squares[j] = in.readDouble();
    }
    history.openCount = in.readInt();
    if (history.openCount < 0 || history.openCount >= perBucket) {
      throw new IOException(
          "The state is damaged: %d errors in a bucket of %d"
              .formatted(history.openCount, perBucket));
    }
    history.openMean = in.readDouble();
    history.openSquares = in.readDouble();
    history.sumBulk();
    return history;
  }
}
