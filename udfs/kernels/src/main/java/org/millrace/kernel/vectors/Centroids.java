package org.millrace.kernel.vectors;

/**
 * Many vectors against the same centroids: the assignment step for blocks of points. Gives the same
 * place and the same distances, bit for bit, as {@link Vectors#nearest} with the centroids in rows;
 * kept by dimension, so that the machine works on several centroids at once and each sum still runs
 * from the first number to the last. Immutable, thread-safe.
 */
public final class Centroids {

  private final int count;
  private final int dimensions;
  private final double[] byDimension;

  private Centroids(int count, int dimensions, double[] byDimension) {
    this.count = count;
    this.dimensions = dimensions;
    this.byDimension = byDimension;
  }

  /**
   * Centroids one after the other.
   *
   * @param flat centroids times dimensions; read once, not kept
   * @param dimensions numbers of a centroid, at least 1
   * @throws IllegalArgumentException if the array does not hold whole centroids
   */
  public static Centroids of(double[] flat, int dimensions) {
    if (dimensions < 1 || flat.length % dimensions != 0) {
      throw new IllegalArgumentException(
          "%d numbers are no centroids of %d dimensions".formatted(flat.length, dimensions));
    }
    int count = flat.length / dimensions;
    var byDimension = new double[flat.length];
    for (int c = 0; c < count; c++) {
      for (int d = 0; d < dimensions; d++) {
        byDimension[d * count + c] = flat[c * dimensions + d];
      }
    }
    return new Centroids(count, dimensions, byDimension);
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /**
   * The centroid at the smallest Euclidean distance, of equals the first. Time is centroids times
   * dimensions.
   *
   * @param points vectors one after the other
   * @param from where the vector begins in {@code points}
   * @param squaredDistances its first {@link #count} numbers become the squared distances
   * @return its place, or {@link Vectors#NONE} where there is no centroid or every distance is NaN
   */
  public int nearest(double[] points, int from, double[] squaredDistances) {
    measure(points, from, squaredDistances);
    int nearest = Vectors.NONE;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < count; c++) {
      double distance = squaredDistances[c];
      if (distance < least || (nearest == Vectors.NONE && distance == least)) {
        least = distance;
        nearest = c;
      }
    }
    return nearest;
  }

  private void measure(double[] points, int from, double[] distances) {
    for (int c = 0; c < count; c++) {
      distances[c] = 0;
    }
    int d = 0;
    for (; d + 4 <= dimensions; d += 4) {
      addFour(points, from + d, d * count, distances);
    }
    for (; d < dimensions; d++) {
      double x = points[from + d];
      int row = d * count;
      for (int c = 0; c < count; c++) {
        double difference = x - byDimension[row + c];
        distances[c] += difference * difference;
      }
    }
  }

  private void addFour(double[] points, int from, int row, double[] distances) {
    double x0 = points[from];
    double x1 = points[from + 1];
    double x2 = points[from + 2];
    double x3 = points[from + 3];
    for (int c = 0; c < count; c++) {
      double d0 = x0 - byDimension[row + c];
      double d1 = x1 - byDimension[row + count + c];
      double d2 = x2 - byDimension[row + 2 * count + c];
      double d3 = x3 - byDimension[row + 3 * count + c];
      distances[c] = (((distances[c] + d0 * d0) + d1 * d1) + d2 * d2) + d3 * d3;
    }
  }
}
