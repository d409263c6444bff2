package org.millrace.streaming.anomaly.detect;

/**
 * Trains the network on the last b values, scaled to 0..1 by their own range, or by 1 if they are
 * all the same. One for all series of a thread: it holds the working arrays and the last trained
 * weights, no series' state.
 */
final class Training {

  private final Lstm lstm;
  private final int lookBack;
  private final double[] positions;
  private final double[] after = new double[1];
  private final double[] scaled;
  private final double[] successors;
  private final double[] weights = new double[Lstm.WEIGHTS];

  Training(int lookBack) {
    this.lookBack = lookBack;
    lstm = new Lstm(lookBack);
    positions = new double[lookBack];
    for (int j = 0; j < lookBack; j++) {
      positions[j] = (double) j / (lookBack - 1);
    }
    after[0] = (double) lookBack / (lookBack - 1);
    scaled = new double[lookBack];
    successors = new double[lookBack];
  }

  /** The weights of the last training; overwritten by the next. */
  double[] weights() {
    return weights;
  }

  /** Positions to values; the forecast for the position after the last. */
  double onPositions(double[] values, long seed) {
    double low = low(values);
    double range = range(values, low);
    scale(values, low, range);
    lstm.train(weights, seed, positions, scaled, lookBack, 1);
    return low + range * lstm.predict(weights, after, 1);
  }

  /** Values to their successors. */
  void onValues(double[] values, long seed) {
    double low = low(values);
    scale(values, low, range(values, low));
    System.arraycopy(scaled, 1, successors, 0, lookBack - 1);
    lstm.train(weights, seed, scaled, successors, 1, lookBack - 1);
  }

  /** The value after {@code recent}, by a model that was trained on {@code trainedOn}. */
  double next(double[] weights, double[] trainedOn, double[] recent) {
    double low = low(trainedOn);
    double range = range(trainedOn, low);
    scale(recent, low, range);
    return low + range * lstm.predict(weights, scaled, lookBack);
  }

  private void scale(double[] values, double low, double range) {
    for (int j = 0; j < lookBack; j++) {
      scaled[j] = (values[j] - low) / range;
    }
  }

  private static double low(double[] values) {
    double low = values[0];
    for (var value : values) {
      low = Math.min(low, value);
    }
    return low;
  }

  private static double range(double[] values, double low) {
    double high = values[0];
    for (var value : values) {
      high = Math.max(high, value);
    }
    return high == low ? 1 : high - low;
  }
}
