package org.millrace.batch.bestofn.analysis;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A small table: what an analysis comes to.
 *
 * @param columns names and types
 * @param rows values in the order of the columns, null where there is none
 */
public record AnalysisTable(StructType columns, List<Row> rows) {

  /** A table whose columns are given as SQL writes them: {@code k int, value double}. */
  static AnalysisTable of(String columns, Stream<Row> rows) {
    return new AnalysisTable(StructType.fromDDL(columns), rows.toList());
  }

  /** As CSV with a line of names, empty where there is no value; names hold no commas. */
  public String csv() {
    return Stream.concat(
            Stream.of(String.join(",", columns.fieldNames())),
            rows.stream()
                .map(
                    row ->
                        IntStream.range(0, row.size())
                            .mapToObj(i -> Objects.toString(row.get(i), ""))
                            .collect(Collectors.joining(","))))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** As rows of a dataset. */
  public Dataset<Row> dataset(SparkSession spark) {
    return spark.createDataFrame(rows, columns);
  }
}
