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

  @Test
  void theDocsHaveTheTable() throws Exception {
    var docs = Files.readString(Path.of("docs/functions.md"));

    assertThat(docs)
        .as("udfs/spark/docs/functions.md; mend it with deploy/bin/millrace functions --markdown")
        .contains(Functions.markdown());
  }
}
