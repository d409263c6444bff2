package org.millrace.kernel.vectors;

/**
 * Many vectors against the same centroids: the assignment step for blocks of points. Gives the same
 * places and the same distances, bit for bit, as {@link Vectors#nearest} with the centroids in
 * rows. Kept by dimension, so that the machine works on several centroids at once while each sum
 * still runs from the first number to the last, and in groups that stay in a core's cache while the
 * points of a batch pass. Immutable, thread-safe.
 */
public final class Centroids {

  /** Vectors of a call that is worth its set-up. */
  public static final int BATCH = 64;

  /** Numbers of a group of centroids: 64 KiB. */
  private static final int GROUP = 8192;

  private static final int LEAST_GROUP = 64;

  private final int count;
  private final int dimensions;
  private final int group;
  private final double[] byDimension;

  private Centroids(int count, int dimensions, int group, double[] byDimension) {
    this.count = count;
    this.dimensions = dimensions;
    this.group = group;
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
    int group = Math.max(LEAST_GROUP, GROUP / dimensions);
    var byDimension = new double[flat.length];
    for (int first = 0; first < count; first += group) {
      int size = Math.min(group, count - first);
      for (int c = 0; c < size; c++) {
        for (int d = 0; d < dimensions; d++) {
          byDimension[first * dimensions + d * size + c] = flat[(first + c) * dimensions + d];
        }
      }
    }
    return new Centroids(count, dimensions, group, byDimension);
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /**
   * For each vector the centroid at the smallest Euclidean distance, of equals the first. Time is
   * vectors times centroids times dimensions.
   *
   * @param vectors one after the other, such as {@link #BATCH}
   * @param size how many of them
   * @param places becomes each vector's centroid, or {@link Vectors#NONE} where there is no
   *     centroid or every distance is NaN
   * @param squaredDistances becomes the distance to it, infinite where there is none
   */
  public void nearest(double[] vectors, int size, int[] places, double[] squaredDistances) {
    for (int i = 0; i < size; i++) {
      places[i] = Vectors.NONE;
      squaredDistances[i] = Double.POSITIVE_INFINITY;
    }
    var distances = new double[Math.min(group, count)];
    for (int first = 0; first < count; first += group) {
      int members = Math.min(group, count - first);
      for (int i = 0; i < size; i++) {
        measure(vectors, i * dimensions, first * dimensions, members, distances);
        int nearest = places[i];
        double least = squaredDistances[i];
        for (int c = 0; c < members; c++) {
          double distance = distances[c];
          if (distance < least || (nearest == Vectors.NONE && distance == least)) {
            least = distance;
            nearest = first + c;
          }
        }
        places[i] = nearest;
        squaredDistances[i] = least;
      }
    }
  }

  private void measure(double[] vectors, int from, int at, int members, double[] distances) {
    for (int c = 0; c < members; c++) {
      distances[c] = 0;
    }
    int d = 0;
    for (; d + 4 <= dimensions; d += 4) {
      addFour(vectors, from + d, at + d * members, members, distances);
    }
    for (; d < dimensions; d++) {
      double x = vectors[from + d];
      int row = at + d * members;
      for (int c = 0; c < members; c++) {
        double difference = x - byDimension[row + c];
        distances[c] += difference * difference;
      }
    }
  }

  private void addFour(double[] vectors, int from, int row, int members, double[] distances) {
    double x0 = vectors[from];
    double x1 = vectors[from + 1];
    double x2 = vectors[from + 2];
    double x3 = vectors[from + 3];
    int row1 = row + members;
    int row2 = row1 + members;
    int row3 = row2 + members;
    for (int c = 0; c < members; c++) {
      double d0 = x0 - byDimension[row + c];
      double d1 = x1 - byDimension[row1 + c];
      double d2 = x2 - byDimension[row2 + c];
      double d3 = x3 - byDimension[row3 + c];
      distances[c] = (((distances[c] + d0 * d0) + d1 * d1) + d2 * d2) + d3 * d3;
    }
  }
}
