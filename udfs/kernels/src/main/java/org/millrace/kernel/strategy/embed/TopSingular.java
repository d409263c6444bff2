package org.millrace.kernel.strategy.embed;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.millrace.kernel.strategy.Draws;

/**
 * The leading singular vectors of a symmetric matrix, each times the root of its singular value, by
 * subspace iteration from a fixed start and a Rayleigh-Ritz step (Golub and Van Loan, Matrix
 * Computations, section 8.2). Deterministic.
 */
final class TopSingular {

  /** Vectors beyond the wanted ones, for their convergence. */
  private static final int SPARE = 12;

  private static final int ITERATIONS = 40;
  private static final long START = 20101;

  private TopSingular() {}

  /** A row a row of the matrix, a column a singular vector, the largest first. */
  static double[][] of(double[][] matrix, int wanted) {
    int size = matrix.length;
    int block = Math.min(size, wanted + SPARE);
    var basis = new double[block][size];
    for (int b = 0; b < block; b++) {
      for (int i = 0; i < size; i++) {
        basis[b][i] = Draws.uniform(Draws.key(Draws.key(START, b), i)) - .5;
      }
    }
    orthonormalize(basis);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      basis = multiply(matrix, basis);
      orthonormalize(basis);
    }
    return ritz(matrix, basis, wanted);
  }

  /** Products with a symmetric matrix, a sum of its rows each. */
  private static double[][] multiply(double[][] matrix, double[][] vectors) {
    return IntStream.range(0, vectors.length)
        .parallel()
        .mapToObj(
            b -> {
              var product = new double[matrix.length];
              for (int i = 0; i < matrix.length; i++) {
                subtract(product, -vectors[b][i], matrix[i]);
              }
              return product;
            })
        .toArray(double[][]::new);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Gram and Schmidt, each twice; a vector that the others span becomes zero. */
  private static void orthonormalize(double[][] vectors) {
    for (int b = 0; b < vectors.length; b++) {
      double before = Math.sqrt(dot(vectors[b], vectors[b]));
      for (int pass = 0; pass < 2; pass++) {
        for (int a = 0; a < b; a++) {
          subtract(vectors[b], dot(vectors[a], vectors[b]), vectors[a]);
        }
      }
      double length = Math.sqrt(dot(vectors[b], vectors[b]));
      double scale = length > 1e-12 * before ? 1 / length : 0;
      for (int i = 0; i < vectors[b].length; i++) {
        vectors[b][i] *= scale;
      }
    }
  }

  private static void subtract(double[] from, double factor, double[] vector) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= factor * vector[i];
    }
  }

  private static double[][] ritz(double[][] matrix, double[][] basis, int wanted) {
    var images = multiply(matrix, basis);
    var small = new double[basis.length][basis.length];
    for (int a = 0; a < basis.length; a++) {
      for (int b = 0; b < basis.length; b++) {
        small[a][b] = dot(basis[a], images[b]);
      }
    }
    var eigen = JacobiEigen.of(small);
    var order =
        IntStream.range(0, basis.length)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -Math.abs(eigen.values()[k])))
            .limit(wanted)
            .toList();
    var rows = new double[matrix.length][wanted];
    for (int k = 0; k < wanted; k++) {
      var combination = eigen.vectors()[order.get(k)];
      double root = Math.sqrt(Math.abs(eigen.values()[order.get(k)]));
      var vector = combine(combination, basis);
      double sign = sign(vector);
      for (int i = 0; i < rows.length; i++) {
        rows[i][k] = sign * root * vector[i];
      }
    }
    return rows;
  }

  private static double[] combine(double[] factors, double[][] vectors) {
    var sum = new double[vectors[0].length];
    for (int b = 0; b < factors.length; b++) {
      subtract(sum, -factors[b], vectors[b]);
    }
    return sum;
  }

  /** So that the largest number, of equals the first, is positive. */
  private static double sign(double[] vector) {
    double largest = Arrays.stream(vector).map(Math::abs).max().orElse(0);
    for (double x : vector) {
      if (Math.abs(x) == largest) {
        return x < 0 ? -1 : 1;
      }
    }
    return 1;
  }
}
