package org.millrace.streaming.anomaly.evaluate.report;

import org.millrace.streaming.page.Html;

/**
 * A series as a path of bounded length: the least and the greatest value of each bucket of rows, in
 * the order in which they came, so that no spike is lost. Rows without a value break the line.
 */
final class Outline {

  private final double[] values;
  private final Frame frame;
  private final StringBuilder path = new StringBuilder();
  private boolean drawing;

  private Outline(double[] values, Frame frame) {
    this.values = values;
    this.frame = frame;
  }

  /**
   * The {@code d} attribute of a path.
   *
   * @param buckets at most; two points come of each
   */
  static String path(double[] values, Frame frame, int buckets) {
    var outline = new Outline(values, frame);
    long n = Math.max(1, Math.min(values.length, buckets));
    for (int bucket = 0; bucket < n; bucket++) {
      outline.bucket((int) (bucket * values.length / n), (int) ((bucket + 1) * values.length / n));
    }
    return outline.path.toString();
  }

  private void bucket(int from, int to) {
    int least = -1;
    int greatest = -1;
    for (int row = from; row < to; row++) {
      if (!Double.isFinite(values[row])) {
        continue;
      }
      least = least < 0 || values[row] < values[least] ? row : least;
      greatest = greatest < 0 || values[row] > values[greatest] ? row : greatest;
    }
    if (least < 0) {
      drawing = false;
      return;
    }
    point(Math.min(least, greatest));
    if (least != greatest) {
      point(Math.max(least, greatest));
    }
  }

  private void point(int row) {
    path.append(drawing ? 'L' : 'M').append(number(frame.x(row))).append(' ');
    path.append(number(frame.y(values[row])));
    if (!drawing) {
      // A lone value shows as a dot of the line's round cap.
      path.append("h0");
    }
    drawing = true;
  }

  static String number(double pixels) {
    return Html.pixels(pixels);
  }
}
