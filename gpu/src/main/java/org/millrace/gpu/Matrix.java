package org.millrace.gpu;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.ColumnView;

/**
 * Vectors that a function holds, in device memory while a batch is worked on.
 *
 * @param numbers FLOAT64, one vector after the other
 * @param rows how many vectors
 * @param length of each
 */
record Matrix(ColumnVector numbers, int rows, int length) implements AutoCloseable {

  /**
   * Brings vectors to the device.
   *
   * @param vectors of any number
   * @param lists a batch that is to be compared with them
   * @throws IllegalArgumentException if a list that is not null has another length than a vector
   */
  static Matrix of(double[][] vectors, ColumnView lists) {
    requireEqualLengths(vectors, lists);
    int length = vectors.length == 0 ? 0 : vectors[0].length;
    var numbers = new double[Math.multiplyExact(vectors.length, length)];
    for (int row = 0; row < vectors.length; row++) {
      // They differ in length only where all lists are null and nothing is read.
      System.arraycopy(
          vectors[row], 0, numbers, row * length, Math.min(length, vectors[row].length));
    }
    return new Matrix(ColumnVector.fromDoubles(numbers), vectors.length, length);
  }

  private static void requireEqualLengths(double[][] vectors, ColumnView lists) {
    try (var lengths = lists.countElements();
        var least = lengths.min();
        var most = lengths.max()) {
      for (int row = 0; row < vectors.length && most.isValid(); row++) {
        int length = vectors[row].length;
        if (least.getInt() != length || most.getInt() != length) {
          throw new IllegalArgumentException(
              "vectors of %d and %d numbers"
                  .formatted(least.getInt() == length ? most.getInt() : least.getInt(), length));
        }
      }
    }
  }

  /** Address of the numbers. */
  long address() {
    return StringBuffers.address(numbers.getData());
  }

  @Override
  public void close() {
    numbers.close();
  }
}
