package org.millrace.kernel.strategy.embed;

/**
 * The plane through vectors in which they differ most (principal components), to draw them.
 * Immutable, thread-safe.
 */
public final class Plane {

  private final double[] mean;
  private final double[][] axes;

  private Plane(double[] mean, double[][] axes) {
    this.mean = mean;
    this.axes = axes;
  }

  /**
   * The plane of vectors. Time is vectors times the square of dimensions.
   *
   * @param vectors at least one, of one length, at least 1
   */
  public static Plane of(double[][] vectors) {
    int dimensions = vectors[0].length;
    var mean = new double[dimensions];
    for (var vector : vectors) {
      for (int d = 0; d < dimensions; d++) {
        mean[d] += vector[d] / vectors.length;
      }
    }
    var covariance = new double[dimensions][dimensions];
    for (var vector : vectors) {
      for (int i = 0; i < dimensions; i++) {
        double x = (vector[i] - mean[i]) / vectors.length;
        for (int j = 0; j < dimensions; j++) {
          covariance[i][j] += x * (vector[j] - mean[j]);
        }
      }
    }
    int wanted = Math.min(2, dimensions);
    var columns = UnitRows.normalized(transposed(TopSingular.of(covariance, wanted), wanted));
    return new Plane(mean, columns);
  }

  private static double[][] transposed(double[][] rows, int columns) {
    var transposed = new double[columns][rows.length];
    for (int c = 0; c < columns; c++) {
      for (int r = 0; r < rows.length; r++) {
        transposed[c][r] = rows[r][c];
      }
    }
    return transposed;
  }

  /**
   * Where a vector lies in the plane, seen from the mean.
   *
   * @param vector of the plane's dimensions
   * @return two coordinates; the second is 0 of one dimension
   */
  public double[] at(double[] vector) {
    var at = new double[2];
    for (int axis = 0; axis < axes.length; axis++) {
      for (int d = 0; d < mean.length; d++) {
        at[axis] += axes[axis][d] * (vector[d] - mean[d]);
      }
    }
    return at;
  }
}
