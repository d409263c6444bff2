package org.millrace.gpu;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.ColumnView;
import ai.rapids.cudf.DType;
import ai.rapids.cudf.DeviceMemoryBuffer;
import java.util.Optional;

/** Whole numbers that a kernel wrote, such as how long each row's result will be. */
final class Sizes {

  private Sizes() {}

  /** A column of INT32 that shares the buffer: each is closed for itself. */
  static ColumnVector column(DeviceMemoryBuffer values, int rows) {
    values.incRefCount();
    try {
      return new ColumnVector(DType.INT32, rows, Optional.of(0L), values, null, null);
    } catch (Throwable e) {
      values.close();
      throw e;
    }
  }

  /**
   * Their sum.
   *
   * @param function named in the error
   * @throws IllegalArgumentException if it is more than a column can have
   */
  static int total(ColumnView sizes, String function) {
    try (var sum = sizes.sum(DType.INT64)) {
      if (sum.getLong() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "%s: a batch has a result of %d values; lower spark.rapids.sql.batchSizeBytes"
                .formatted(function, sum.getLong()));
      }
      return (int) sum.getLong();
    }
  }
}
