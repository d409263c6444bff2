package org.millrace.kernel.strategy.refine;

/**
 * How alike two skill sequences are in what they hold and in its order: each step of one attends to
 * the steps of the other by a softmax over products of their vectors; a step's sharpness counts for
 * the likeness where the best match moves on, and against it where it goes back or stays.
 */
public final class Alignment {

  private Alignment() {}

  /**
   * The mean of both directions, which {@link #oneWay} differ in.
   *
   * @param first a row a step, one or more, as long each
   * @param second the same
   * @return -1 to 1
   */
  public static double similarity(double[][] first, double[][] second) {
    return (oneWay(first, second) + oneWay(second, first)) / 2;
  }

  /**
   * Similarity seen from the first sequence. Time is steps times steps times dimensions.
   *
   * @param first a row a step, one or more, as long each
   * @param second the same
   * @return -1 to 1
   */
  public static double oneWay(double[][] first, double[][] second) {
    if (first.length == 0 || second.length == 0) {
      throw new IllegalArgumentException("a sequence of no steps");
    }
    double sum = 0;
    int previous = -1;
    var attention = new double[second.length];
    for (var step : first) {
      int best = attend(step, second, attention);
      double sharpness = attention[best] - 1.0 / second.length;
      sum += best > previous ? sharpness : -sharpness;
      previous = best;
    }
    return sum / first.length;
  }

  /** Fills in the softmax of a step's products; gives the largest, of equals the first. */
  private static int attend(double[] step, double[][] others, double[] attention) {
    int best = 0;
    for (int j = 0; j < others.length; j++) {
      attention[j] = dot(step, others[j]);
      best = attention[j] > attention[best] ? j : best;
    }
    double largest = attention[best];
    double sum = 0;
    for (int j = 0; j < others.length; j++) {
      attention[j] = Math.exp(attention[j] - largest);
      sum += attention[j];
    }
    for (int j = 0; j < others.length; j++) {
      attention[j] /= sum;
    }
    return best;
  }

  private static double dot(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "vectors of %d and %d numbers".formatted(a.length, b.length));
    }
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  /**
   * Vectors with the sinusoidal position of each row added (Vaswani et al. 2017, section 3.5).
   *
   * @param rows of any length each; not changed
   */
  public static double[][] withPositions(double[][] rows) {
    var placed = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      placed[i] = rows[i].clone();
      for (int d = 0; d < placed[i].length; d++) {
        double angle = i / Math.pow(10_000, (d - d % 2) / (double) placed[i].length);
        placed[i][d] += d % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
      }
    }
    return placed;
  }

  /**
   * Cosine of two vectors of weights, the shorter filled up with zeros.
   *
   * @param first any length
   * @param second any length
   * @return -1 to 1; 0 where one has only zeros
   */
  public static double paddedCosine(double[] first, double[] second) {
    double product = 0;
    for (int i = 0; i < Math.min(first.length, second.length); i++) {
      product += first[i] * second[i];
    }
    double norms = Math.sqrt(dot(first, first)) * Math.sqrt(dot(second, second));
    return norms == 0 ? 0 : Math.max(-1, Math.min(1, product / norms));
  }
}
