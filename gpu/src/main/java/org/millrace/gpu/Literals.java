package org.millrace.gpu;

import ai.rapids.cudf.ColumnView;
import ai.rapids.cudf.Scalar;
import java.util.function.Function;

/** Arguments that RAPIDS expands from a literal to a column: one value, the same in each row. */
final class Literals {

  private Literals() {}

  /**
   * The value of an argument.
   *
   * @param column of one row or more
   * @param name of function and argument, for the error
   * @param read takes the value of a scalar that is not null
   * @return null where the literal is
   * @throws IllegalArgumentException if rows differ
   */
  static <T> T value(ColumnView column, String name, Function<Scalar, T> read) {
    try (var first = column.getScalarElement(0)) {
      if (!same(column, first)) {
        throw new IllegalArgumentException(
            name
                + " must be a literal on a GPU; set spark.rapids.sql.expression.ScalaUDF=false"
                + " to let it differ from row to row");
      }
      return first.isValid() ? read.apply(first) : null;
    }
  }

  private static boolean same(ColumnView column, Scalar first) {
    long nulls = column.getNullCount();
    if (!first.isValid() || nulls > 0) {
      return nulls == column.getRowCount();
    }
    try (var equal = column.equalTo(first);
        var all = equal.all()) {
      return all.getBoolean();
    }
  }
}
