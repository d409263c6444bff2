package org.millrace.kernel.strategy.cluster;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * A block of vectors, such as those of a partition, each with an id that no other vector of the
 * data has. Held as floats or doubles, computed with in double. Immutable, thread-safe.
 */
public final class Points implements Serializable {

  /** Numbers are at most this far from 0, so that no squared distance overflows. */
  public static final double LARGEST = 1e100;

  /** Vectors of a call of {@link #squaredDistances}. */
  static final int TOGETHER = 4;

  private static final long serialVersionUID = 1;

  private final long[] ids;
  private final int dimensions;
  private final double[] doubles;
  private final float[] floats;

  private Points(long[] ids, int dimensions, double[] doubles, float[] floats) {
    this.ids = ids;
    this.dimensions = dimensions;
    this.doubles = doubles;
    this.floats = floats;
  }

  /**
   * Vectors in double precision.
   *
   * @param ids one a vector; kept, not to be changed
   * @param flat vectors one after the other; kept, not to be changed
   * @param dimensions numbers of a vector, at least 1
   * @throws IllegalArgumentException if lengths don't match, or a number is NaN, infinite or beyond
   *     {@link #LARGEST}: leave rows out that {@link #accepts} does not take
   */
  public static Points of(long[] ids, double[] flat, int dimensions) {
    requireNonNull(flat, "flat is null");
    var points = new Points(lengths(ids, flat.length, dimensions), dimensions, flat, null);
    for (int i = 0; i < flat.length; i++) {
      points.requireNumber(i, flat[i]);
    }
    return points;
  }

  /**
   * Vectors in single precision.
   *
   * @param ids one a vector; kept, not to be changed
   * @param flat vectors one after the other; kept, not to be changed
   * @param dimensions numbers of a vector, at least 1
   * @throws IllegalArgumentException as of {@link #of(long[], double[], int)}
   */
  public static Points of(long[] ids, float[] flat, int dimensions) {
    requireNonNull(flat, "flat is null");
    var points = new Points(lengths(ids, flat.length, dimensions), dimensions, null, flat);
    for (int i = 0; i < flat.length; i++) {
      points.requireNumber(i, flat[i]);
    }
    return points;
  }

  /**
   * Vectors whose ids are their places.
   *
   * @param rows vectors of one length, at least 1
   * @throws IllegalArgumentException as of {@link #of(long[], double[], int)}
   */
  public static Points ofRows(double[]... rows) {
    int dimensions = rows.length == 0 ? 1 : rows[0].length;
    var flat = new double[rows.length * dimensions];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != dimensions) {
        throw new IllegalArgumentException(
            "row %d has %d numbers, row 0 has %d".formatted(i, rows[i].length, dimensions));
      }
      System.arraycopy(rows[i], 0, flat, i * dimensions, dimensions);
    }
    return of(LongStream.range(0, rows.length).toArray(), flat, dimensions);
  }

  /** Whether a vector can be clustered: all its numbers are within {@link #LARGEST}. */
  public static boolean accepts(double[] vector) {
    return Arrays.stream(vector).allMatch(Points::acceptable);
  }

  private static boolean acceptable(double number) {
    return Math.abs(number) <= LARGEST;
  }

  private static long[] lengths(long[] ids, int numbers, int dimensions) {
    requireNonNull(ids, "ids is null");
    if (dimensions < 1 || numbers != (long) ids.length * dimensions) {
      throw new IllegalArgumentException(
          "%d vectors of %d dimensions are not %d numbers"
              .formatted(ids.length, dimensions, numbers));
    }
    return ids;
  }

  private void requireNumber(int place, double number) {
    if (!acceptable(number)) {
      throw new IllegalArgumentException(
          "the vector of id %d has %s at place %d: leave such rows out"
              .formatted(ids[place / dimensions], number, place % dimensions));
    }
  }

  /** How many vectors there are. */
  public int size() {
    return ids.length;
  }

  /** Numbers of a vector. */
  public int dimensions() {
    return dimensions;
  }

  /**
   * Id of a vector.
   *
   * @param i its place in the block
   */
  public long id(int i) {
    return ids[i];
  }

  /**
   * A vector, as an array of its own.
   *
   * @param i its place in the block
   */
  public double[] vector(int i) {
    var vector = new double[dimensions];
    copy(i, vector, 0);
    return vector;
  }

  /** The vectors from one place to another, exclusive. */
  Points part(int from, int to) {
    return new Points(
        Arrays.copyOfRange(ids, from, to),
        dimensions,
        doubles == null ? null : Arrays.copyOfRange(doubles, from * dimensions, to * dimensions),
        floats == null ? null : Arrays.copyOfRange(floats, from * dimensions, to * dimensions));
  }

  void copy(int i, double[] into, int at) {
    int from = i * dimensions;
    if (doubles != null) {
      System.arraycopy(doubles, from, into, at, dimensions);
    } else {
      for (int d = 0; d < dimensions; d++) {
        into[at + d] = floats[from + d];
      }
    }
  }

  /**
   * Squared distances of {@link #TOGETHER} vectors, or what is left, to one centre. Each sum runs
   * from the first number to the last; those of several vectors don't wait for each other.
   */
  void squaredDistances(int first, double[] centre, double[] into) {
    int last = ids.length - 1;
    int at0 = first * dimensions;
    int at1 = Math.min(first + 1, last) * dimensions;
    int at2 = Math.min(first + 2, last) * dimensions;
    int at3 = Math.min(first + 3, last) * dimensions;
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    for (int d = 0; d < dimensions; d++) {
      double c = centre[d];
      double difference0 = (doubles == null ? floats[at0 + d] : doubles[at0 + d]) - c;
      double difference1 = (doubles == null ? floats[at1 + d] : doubles[at1 + d]) - c;
      double difference2 = (doubles == null ? floats[at2 + d] : doubles[at2 + d]) - c;
      double difference3 = (doubles == null ? floats[at3 + d] : doubles[at3 + d]) - c;
      sum0 += difference0 * difference0;
      sum1 += difference1 * difference1;
      sum2 += difference2 * difference2;
      sum3 += difference3 * difference3;
    }
    into[0] = sum0;
    into[1] = sum1;
    into[2] = sum2;
    into[3] = sum3;
  }
}
