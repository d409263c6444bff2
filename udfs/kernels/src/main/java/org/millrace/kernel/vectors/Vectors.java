package org.millrace.kernel.vectors;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Nearness of vectors, such as the embeddings of documents. Sums run from the first number to the
 * last in double precision, so that a machine or a batch changes nothing. Thread-safe.
 */
public final class Vectors {

  /** What {@link #nearest} gives where nothing is near. */
  public static final int NONE = -1;

  private static final Comparator<Neighbour> WORST_FIRST =
      Comparator.comparingDouble(Neighbour::similarity)
          .thenComparing(Comparator.comparingInt(Neighbour::position).reversed());

  private Vectors() {}

  /**
   * A vector among others.
   *
   * @param position its place, from 0
   * @param similarity its cosine, -1 to 1
   */
  public record Neighbour(int position, double similarity) {}

  /**
   * The centroid at the smallest Euclidean distance, of equals the first: the assignment step of
   * k-means. Time is the product of all lengths.
   *
   * @param vector of any length
   * @param centroids as long each
   * @return its place, or {@link #NONE} where there is no centroid or every distance is NaN
   * @throws IllegalArgumentException if lengths differ
   */
  public static int nearest(double[] vector, double[][] centroids) {
    int nearest = NONE;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < centroids.length; i++) {
      requireEqualLength(vector, centroids[i]);
      double distance = 0;
      for (int d = 0; d < vector.length; d++) {
        double difference = vector[d] - centroids[i][d];
        distance += difference * difference;
      }
      if (distance < least || (nearest == NONE && distance == least)) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  /**
   * The vectors of the largest cosine, the most similar first, of equals the first. A vector of
   * zeros has cosine 0 to every other; one with a NaN is left out.
   *
   * @param vector of any length
   * @param others as long each
   * @param k how many at most, from 0
   * @throws IllegalArgumentException if lengths differ or k is negative
   */
  public static Neighbour[] cosineTop(double[] vector, double[][] others, int k) {
    requireCount(k);
    double norm = norm(vector);
    var best = new PriorityQueue<>(WORST_FIRST);
    for (int i = 0; i < others.length; i++) {
      requireEqualLength(vector, others[i]);
      double norms = norm * norm(others[i]);
      double cosine = norms == 0 ? 0 : dot(vector, others[i]) / norms;
      if (!Double.isNaN(cosine)) {
        best.add(new Neighbour(i, cosine));
      }
      if (best.size() > k) {
        best.remove();
      }
    }
    return best.stream().sorted(WORST_FIRST.reversed()).toArray(Neighbour[]::new);
  }

  /** Throws {@link IllegalArgumentException} where k, how many vectors at most, is below 0. */
  public static void requireCount(int k) {
    if (k < 0) {
      throw new IllegalArgumentException("k is 0 or more, not " + k);
    }
  }

  /** The Euclidean length of a vector; 0 if it has no numbers. */
  public static double norm(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  private static void requireEqualLength(double[] vector, double[] other) {
    if (vector.length != other.length) {
      throw new IllegalArgumentException(
          "vectors of %d and %d numbers".formatted(vector.length, other.length));
    }
  }
}
