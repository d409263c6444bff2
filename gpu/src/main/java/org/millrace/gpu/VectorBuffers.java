package org.millrace.gpu;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.ColumnView;
import ai.rapids.cudf.DType;
import ai.rapids.cudf.Scalar;

/**
 * Where the parts of a column of vectors lie in device memory, 0 for a part that the column doesn't
 * have. Floats and doubles are read where they are; other numbers are made doubles first, and null
 * ones NaN.
 */
final class VectorBuffers implements AutoCloseable {

  private final ColumnView lists;
  private final ColumnVector converted;
  private final long numbers;
  private final int width;

  private VectorBuffers(ColumnView lists, ColumnVector converted, ColumnView numbers) {
    this.lists = lists;
    this.converted = converted;
    this.numbers = StringBuffers.address(numbers.getData());
    this.width = numbers.getType().getSizeInBytes();
  }

  /**
   * @param lists of numbers; must outlive this
   */
  static VectorBuffers of(ColumnView lists) {
    try (var child = lists.getChildColumnView(0)) {
      var type = child.getType();
      boolean fits = type.equals(DType.FLOAT32) || type.equals(DType.FLOAT64);
      if (fits && child.getNullCount() == 0) {
        return new VectorBuffers(lists, null, child);
      }
      try (var doubles = child.castTo(DType.FLOAT64);
          var nan = Scalar.fromDouble(Double.NaN)) {
        var known = doubles.replaceNulls(nan);
        return new VectorBuffers(lists, known, known);
      }
    }
  }

  /** Address of rows + 1 ints. */
  long offsets() {
    return StringBuffers.address(lists.getOffsets());
  }

  /** Address of the numbers. */
  long numbers() {
    return numbers;
  }

  /** Bytes of a number: 4, a float, or 8, a double. */
  int width() {
    return width;
  }

  /** Address of a bit a row. */
  long valid() {
    return StringBuffers.address(lists.getValid());
  }

  @Override
  public void close() {
    if (converted != null) {
      converted.close();
    }
  }
}
