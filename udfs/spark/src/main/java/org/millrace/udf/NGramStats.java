package org.millrace.udf;

import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.clean.DocumentStatistics;
import org.millrace.kernel.clean.Ratio;
import org.millrace.kernel.clean.Words;

/**
 * {@code ngram_stats(text string) -> struct<words double, …>}: all of {@link Ratio}, a field each,
 * of a text whose words are what white space sets apart. Null in, null out.
 */
public class NGramStats implements UDF1<String, Row> {

  private static final long serialVersionUID = 1L;

  /** One a thread: it reuses its buffers from document to document. */
  private static final ThreadLocal<DocumentStatistics> STATISTICS =
      ThreadLocal.withInitial(() -> new DocumentStatistics(Words.WHITESPACE));

  static StructType type() {
    var type = new StructType();
    for (var ratio : Ratio.values()) {
      type = type.add(ratio.column(), DataTypes.DoubleType, false);
    }
    return type;
  }

  @Override
  public Row call(String text) {
    if (text == null) {
      return null;
    }
    var document = STATISTICS.get().measure(text);
    return RowFactory.create(
        Arrays.stream(Ratio.values()).map(ratio -> ratio.of(document)).toArray());
  }
}
