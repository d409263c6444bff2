package org.millrace.kernel.strategy.cluster;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.millrace.kernel.vectors.Centroids;

/** The centres of clusters in their order, which breaks ties. Immutable, thread-safe. */
public final class Centres implements Serializable {

  private static final long serialVersionUID = 1;

  private final double[] flat;
  private final int dimensions;

  private Centres(double[] flat, int dimensions) {
    this.flat = flat;
    this.dimensions = dimensions;
  }

  /**
   * Centres one after the other.
   *
   * @param flat centres times dimensions; copied
   * @param dimensions numbers of a centre, at least 1
   * @throws IllegalArgumentException if the array does not hold whole centres
   */
  public static Centres of(double[] flat, int dimensions) {
    requireNonNull(flat, "flat is null");
    if (dimensions < 1 || flat.length % dimensions != 0) {
      throw new IllegalArgumentException(
          "%d numbers are no centres of %d dimensions".formatted(flat.length, dimensions));
    }
    return new Centres(flat.clone(), dimensions);
  }

  /** How many there are. */
  public int count() {
    return flat.length / dimensions;
  }

  /** Numbers of a centre. */
  public int dimensions() {
    return dimensions;
  }

  /** All, one after the other, as an array of its own: what a device or a file takes. */
  public double[] flat() {
    return flat.clone();
  }

  /**
   * One centre, as an array of its own.
   *
   * @param c its place
   */
  public double[] centre(int c) {
    return Arrays.copyOfRange(flat, c * dimensions, (c + 1) * dimensions);
  }

  /**
   * These and others after them.
   *
   * @param others of as many dimensions each
   */
  public Centres with(List<double[]> others) {
    var more = Arrays.copyOf(flat, flat.length + others.size() * dimensions);
    int at = flat.length;
    for (var other : others) {
      if (other.length != dimensions) {
        throw new IllegalArgumentException(
            "a centre of %d numbers among those of %d".formatted(other.length, dimensions));
      }
      System.arraycopy(other, 0, more, at, dimensions);
      at += dimensions;
    }
    return new Centres(more, dimensions);
  }

  /**
   * The first of these.
   *
   * @param count how many, 0 to {@link #count}
   */
  public Centres first(int count) {
    return new Centres(Arrays.copyOf(flat, count * dimensions), dimensions);
  }

  /** Squared distance of a vector to a centre. */
  double squaredDistance(int c, double[] vector) {
    return squaredDistance(flat, c * dimensions, vector);
  }

  /** Squared distance to {@code flat[from]} and what follows: the differences, first to last. */
  static double squaredDistance(double[] flat, int from, double[] vector) {
    double sum = 0;
    for (int d = 0; d < vector.length; d++) {
      double difference = vector[d] - flat[from + d];
      sum += difference * difference;
    }
    return sum;
  }

  /** Squared distance of a vector to the nearest centre; infinite without centres. */
  double leastSquaredDistance(double[] vector) {
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < count(); c++) {
      least = Math.min(least, squaredDistance(c, vector));
    }
    return least;
  }

  /** These, ready for many vectors. */
  Centroids centroids() {
    return Centroids.of(flat, dimensions);
  }

  /** Equal if all numbers are, bit for bit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Centres that
        && dimensions == that.dimensions
        && Arrays.equals(flat, that.flat);
  }

  @Override
  public int hashCode() {
    return 31 * dimensions + Arrays.hashCode(flat);
  }

  @Override
  public String toString() {
    return count() + " centres of " + dimensions + " dimensions";
  }
}
