package org.millrace.streaming.anomaly.evaluate.report;

import java.util.Arrays;

/**
 * Where rows and values are in a panel, in pixels.
 *
 * @param rows of the series
 * @param low the least value
 * @param high the greatest value
 */
record Frame(int rows, double low, double high) {

  static final int WIDTH = 720;
  static final int HEIGHT = 168;
  static final int LEFT = 54;
  static final int RIGHT = WIDTH - 8;
  static final int TOP = 16;
  static final int BOTTOM = HEIGHT - 22;

  private static final double MARGIN = .04;

  /** The frame of a series; of one without a finite value, 0 to 1. */
  static Frame of(double[] values) {
    var finite = Arrays.stream(values).filter(Double::isFinite).summaryStatistics();
    return finite.getCount() == 0
        ? new Frame(values.length, 0, 1)
        : new Frame(values.length, finite.getMin(), finite.getMax());
  }

  double x(double row) {
    return LEFT + (RIGHT - LEFT) * (row + .5) / Math.max(1, rows);
  }

  double y(double value) {
    // Halved, as the span of two doubles may be no double.
    double span = high / 2 - low / 2;
    double share = span > 0 ? (value / 2 - low / 2) / span : .5;
    double height = (BOTTOM - TOP) * (1 - 2 * MARGIN);
    return BOTTOM - (BOTTOM - TOP) * MARGIN - height * share;
  }
}
