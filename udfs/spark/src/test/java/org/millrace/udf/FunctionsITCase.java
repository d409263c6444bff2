package org.millrace.udf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function's example, in a session that knows the functions by configuration only. */
class FunctionsITCase {

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.extensions", MillraceExtensions.class.getName())
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  static Stream<SqlFunction> functions() {
    return Functions.all().stream();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void exampleGivesItsResult(SqlFunction function) {
    var result = spark.sql("SELECT CAST(" + function.example() + " AS STRING)").head().getString(0);

    assertThat(result).isEqualTo(function.result());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void nullInNullOut(SqlFunction function) {
    var nulls = "null" + ", null".repeat(function.arity() - 1);

    assertThat(spark.sql("SELECT " + function.name() + "(" + nulls + ")").head().isNullAt(0))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void registeredInAnOpenSessionItGivesTheSame(SqlFunction function) {
    Functions.register(spark);

    assertThat(spark.sql("SELECT CAST(" + function.example() + " AS STRING)").head().getString(0))
        .isEqualTo(function.result());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nearest_centroid(v, array(array(0, 0), array(4, 0.5))) | 1",
        "nearest_centroid(v, array(o, v)) | 1",
        "nearest_centroid(v, array()) |",
        "nearest_centroid(v, array(array(null, 0))) |",
        "cosine_top(v, array(array(0, 2), array(1, 0)), 1) | [{1, 1.0}]",
        "cosine_top(v, array(o, v), 1) | [{1, 1.0}]",
        "cosine_top(v, array(array(0, 2)), n) | [{0, 0.0}]",
      })
  void constantsAndColumnsAreComparedAlike(String call, String expected) {
    var rows = spark.sql("select array(3, 0) v, array(0, 0) o, 1 n union all select null, null, 2");

    var results = rows.selectExpr("cast(" + call + " as string)").collectAsList();

    assertThat(results).extracting(row -> row.getString(0)).containsExactly(expected, null);
  }

  @Test
  void theDocsHaveTheTable() throws Exception {
    var docs = Files.readString(Path.of("docs/functions.md"));

    assertThat(docs)
        .as("udfs/spark/docs/functions.md; mend it with deploy/bin/millrace functions --markdown")
        .contains(Functions.markdown());
  }
}
