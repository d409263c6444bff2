package org.millrace.gpu;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.batch.bestofn.BestOfKSql;
import org.millrace.udf.Functions;
import org.millrace.udf.StepScore;

/** What of the suite's plans would not run on a GPU, found out without one. */
class PlacementITCase {

  /** What the registry leaves out where the jar was built without nvcc. */
  private static final Map<String, Object> VECTORS =
      Map.of("nearest_centroid", new RapidsNearestCentroid(), "cosine_top", new RapidsCosineTop());

  @TempDir static Path folder;

  private static SparkSession spark;
  private static Dataset<Row> samples;

  @BeforeAll
  static void writeSamples() {
    spark = Sessions.local();
    spark
        .sql(
            """
            select 'p1' prompt_id, 0 sample_index, '["a"]' texts, array(0.5D, 0.2D) steps,
              0.2D score, 1D credit
            """)
        .write()
        .parquet(folder.resolve("samples.parquet").toString());
    samples = samples(spark);
  }

  private static Dataset<Row> samples(SparkSession session) {
    return session.read().parquet(folder.resolve("samples.parquet").toString());
  }

  @Test
  void stepScoreOfTheExtensionRunsOnColumns() {
    var plan = samples.select(call_function("step_score", col("steps"), lit("min")));

    assertThat(Placement.of(plan).notOnGpu()).isEmpty();
  }

  @Test
  void stepScoreRegisteredInASessionRunsOnColumns() {
    var session = spark.newSession();
    Functions.register(session);

    var plan = samples(session).select(call_function("step_score", col("steps"), lit("min")));

    assertThat(Placement.of(plan).notOnGpu()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "answer_key|(prompt_id)",
        "minhash_signature|(prompt_id, 'characters', 5, 120)",
        "ngram_stats|(prompt_id).top_2_gram"
      })
  void functionsOfAKernelRunOnColumns(String name, String arguments) {
    register("kernel_" + name, name);

    var plan = samples.selectExpr("kernel_" + name + arguments);

    assertThat(Placement.of(plan).notOnGpu()).isEmpty();
  }

  /** Registers a function's columnar version, which the registry leaves out without nvcc. */
  private static void register(String as, String name) {
    var type =
        Functions.all().stream()
            .filter(function -> function.name().equals(name))
            .findFirst()
            .orElseThrow()
            .type();
    switch (name) {
      case "answer_key" -> spark.udf().register(as, new RapidsAnswerKey(), type);
      case "minhash_signature" -> spark.udf().register(as, new RapidsMinHashSignature(), type);
      case "ngram_stats" -> spark.udf().register(as, new RapidsNGramStats(), type);
      default -> throw new IllegalArgumentException(name);
    }
  }

  /** As arguments, constants would be expanded to a column; so the function takes them in. */
  @Test
  void vectorsBesideAConstantMatrixRunOnColumns() {
    var session = spark.newSession();
    Functions.register(session, name -> Optional.ofNullable(VECTORS.get(name)));
    var vectors = samples(session);

    var nearest = vectors.selectExpr("nearest_centroid(steps, array(array(0, 0), array(4, 0.5)))");
    var top = vectors.selectExpr("cosine_top(steps, array(array(0, 2), array(-1, 0)), 1)");

    assertThat(Placement.of(nearest).notOnGpu()).isEmpty();
    assertThat(Placement.of(top).notOnGpu()).isEmpty();
  }

  @Test
  void vectorsBesideAMatrixOfTheirOwnAreBridged() {
    var session = spark.newSession();
    Functions.register(session, name -> Optional.ofNullable(VECTORS.get(name)));

    var plan = samples(session).selectExpr("nearest_centroid(steps, array(steps))");

    assertThat(Placement.of(plan)).isEqualTo(bridged("ScalaUDF nearest_centroid"));
  }

  @Test
  void itsVersionForTheCpuIsBridged() {
    spark.udf().register("cpu_step_score", new StepScore(), DataTypes.DoubleType);

    var plan = samples.select(call_function("cpu_step_score", col("steps"), lit("min")));

    assertThat(Placement.of(plan)).isEqualTo(bridged("ScalaUDF cpu_step_score"));
  }

  /** What the error about an argument that is no literal tells the user to set. */
  @Test
  void theFunctionsAreTheCpusByASetting() {
    var session = spark.newSession();
    Functions.register(session);
    session.conf().set("spark.rapids.sql.expression.ScalaUDF", "false");

    var plan = samples(session).select(call_function("step_score", col("steps"), lit("min")));

    assertThat(Placement.of(plan).notOnGpu()).contains("ScalaUDF step_score");
  }

  @Test
  void bestOfKInSqlRunsOnTheGpuAsItIs() {
    var plan = BestOfKSql.curve(samples, new int[] {1, 2, 4, 64});

    assertThat(Placement.of(plan).notOnGpu()).isEmpty();
  }

  @Test
  void onlyTheKernelOfAGroupedCurveIsBridged() {
    var gathered =
        samples
            .groupBy("prompt_id")
            .agg(sort_array(collect_list(struct("sample_index", "credit"))).as("samples"));
    var curve = call_function("pass_at_ks", col("samples.credit"), lit(new int[] {1, 2}));

    assertThat(Placement.of(gathered.select(posexplode(curve))))
        .isEqualTo(bridged("ScalaUDF pass_at_ks"));
  }

  @Test
  void arraysOfJsonAreBridged() {
    var plan = samples.selectExpr("posexplode(from_json(texts, 'array<string>'))");

    assertThat(Placement.of(plan)).isEqualTo(bridged("JsonToStructs"));
  }

  @Test
  void aTypedMapHoldsItsOperatorsOnTheCpu() {
    var typed = samples.select("prompt_id").as(Encoders.STRING());
    MapFunction<String, String> trim = String::strip;

    var plan = typed.map(trim, Encoders.STRING()).toDF();

    assertThat(Placement.of(plan).cpu())
        .contains("DeserializeToObjectExec", "MapElementsExec", "SerializeFromObjectExec");
  }

  private static Placement bridged(String... expressions) {
    return new Placement(List.of(), List.of(expressions));
  }
}
