package org.millrace.kernel.strategy.refine;

/**
 * The rotation (or reflection) of one embedding onto another of the same nodes: embeddings that
 * were trained apart agree in distances at best, never in axes, and only on the same axes does
 * their {@link Blend} mean something. Orthogonal Procrustes problem (Schönemann 1966): the
 * orthogonal factor of {@code fromᵀ to}, by Newton-Schulz iteration. Directions in which the two
 * have nothing in common vanish. Immutable, thread-safe.
 */
public final class Rotation {

  private static final int ITERATIONS = 100;
  private static final double SETTLED = 1e-12;

  private final double[][] matrix;

  private Rotation(double[][] matrix) {
    this.matrix = matrix;
  }

  /**
   * The rotation that takes vectors nearest to others, in the sum of squared distances.
   *
   * @param from vectors
   * @param to as many, of the same length each; which one belongs to which is their place
   * @throws IllegalArgumentException without vectors, or of different numbers of them
   */
  public static Rotation of(double[][] from, double[][] to) {
    if (from.length == 0 || from.length != to.length) {
      throw new IllegalArgumentException(
          "%d vectors to rotate onto %d".formatted(from.length, to.length));
    }
    return new Rotation(orthogonal(product(from, to)));
  }

  /** The transposed first times the second: dimensions times dimensions. */
  private static double[][] product(double[][] first, double[][] second) {
    int dimensions = first[0].length;
    var product = new double[dimensions][dimensions];
    for (int i = 0; i < first.length; i++) {
      for (int r = 0; r < dimensions; r++) {
        add(product[r], first[i][r], second[i]);
      }
    }
    return product;
  }

  private static void add(double[] sum, double factor, double[] row) {
    for (int d = 0; d < sum.length; d++) {
      sum[d] += factor * row[d];
    }
  }

  /** X to 1.5 X - 0.5 X Xᵀ X takes every singular value in 0 to 1, exclusive of 0, to 1. */
  private static double[][] orthogonal(double[][] matrix) {
    double squares = 0;
    for (var row : matrix) {
      for (double x : row) {
        squares += x * x;
      }
    }
    double norm = Math.sqrt(squares);
    var x = new double[matrix.length][matrix.length];
    for (int r = 0; r < x.length && norm > 0; r++) {
      add(x[r], 1 / norm, matrix[r]);
    }
    double change = 1;
    for (int i = 0; i < ITERATIONS && change > SETTLED; i++) {
      var gram = product(x, x);
      change = 0;
      for (int r = 0; r < x.length; r++) {
        var correction = new double[x.length];
        for (int d = 0; d < x.length; d++) {
          add(correction, x[r][d], gram[d]);
        }
        for (int d = 0; d < x.length; d++) {
          double step = (x[r][d] - correction[d]) / 2;
          x[r][d] += step;
          change = Math.max(change, Math.abs(step));
        }
      }
    }
    return x;
  }

  /**
   * A vector on the other embedding's axes.
   *
   * @param vector of the first embedding; not changed
   */
  public double[] apply(double[] vector) {
    var rotated = new double[matrix.length];
    for (int r = 0; r < matrix.length; r++) {
      add(rotated, vector[r], matrix[r]);
    }
    return rotated;
  }
}
