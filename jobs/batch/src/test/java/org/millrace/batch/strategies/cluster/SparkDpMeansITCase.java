package org.millrace.batch.strategies.cluster;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lpad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.kernel.strategy.cluster.Contingency;
import org.millrace.kernel.strategy.cluster.DpMeans;
import org.millrace.kernel.strategy.cluster.KMeans;
import org.millrace.udf.Functions;

/** Clusters of points in partitions beside those of one process. */
class SparkDpMeansITCase {

  private static final int MANY = 1 << 20;

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();
    Functions.register(spark);
  }

  private static int[] labels(TableClustering found) {
    return found.labels().orderBy("id").collectAsList().stream()
        .mapToInt(row -> row.getInt(1))
        .toArray();
  }

  /** Rows of no order to speak of, some of them twice. */
  private static PlantedVectors scattered(long seed, int count, int dimensions) {
    var random = new Random(seed);
    var rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] =
          i > 0 && random.nextInt(6) == 0
              ? rows[random.nextInt(i)]
              : random.doubles(dimensions).map(x -> x * x).toArray();
    }
    return new PlantedVectors(rows, new int[count]);
  }

  @ParameterizedTest
  @CsvSource({"12,8", "20,2", "40,32"})
  void findsThePlantedGaussians(int k, int dimensions) {
    var planted = PlantedVectors.of(k, k, dimensions, 50);

    var found =
        SparkDpMeans.of(
            planted.table(spark), DpMeansSettings.of(LambdaChoice.clusters(k)).starts(2));

    assertThat(found.fit().centres().count()).isEqualTo(k);
    assertThat(Contingency.of(labels(found), planted.truth()).adjustedRand()).isEqualTo(1);
    assertThat(found.fit().settled()).isTrue();
  }

  @Test
  void findsTheNumberWithinARange() {
    var planted = PlantedVectors.of(5, 12, 8, 40);

    var found =
        SparkDpMeans.of(
            planted.table(spark), DpMeansSettings.of(LambdaChoice.clusters(2, 30)).starts(1));

    assertThat(found.fit().centres().count()).isEqualTo(12);
    assertThat(found.lambda())
        .isEqualTo(DpMeans.traversal(List.of(planted.points()), 12).lambda(12));
  }

  @Test
  void parallelRoundsAreThoseOfOneProcess() {
    var points = scattered(3, 400, 4);
    double lambda = .15;

    var found =
        SparkDpMeans.of(
            points.table(spark),
            DpMeansSettings.of(LambdaChoice.squared(lambda)).starts(4).seed(7));
    var local = DpMeans.of(lambda).best(List.of(points.points()), 4, DpMeansSettings.MOST, 7);

    assertThat(local.rounds()).isGreaterThan(3);
    assertThat(found.fit().centres()).isEqualTo(local.centres());
    assertThat(found.fit().objectives()).isEqualTo(local.objectives());
    assertThat(labels(found)).isEqualTo(local.labels());
  }

  @ParameterizedTest
  @CsvSource({"1500,400", "3000,2500", "700,5000"})
  void optimisticEpochsAreThoseOfTheSerialRunBitForBit(int count, int epoch) {
    var points = scattered(epoch, count, 3);
    double lambda = .05;

    var found =
        SparkDpMeans.of(
            points.table(spark),
            DpMeansSettings.of(LambdaChoice.squared(lambda)).optimistic(epoch));
    var start = DpMeans.traversal(List.of(points.points()), MANY).start(lambda);
    var serial = DpMeans.of(lambda).optimistic(points.points(), start, epoch);

    assertThat(found.fit().centres()).isEqualTo(serial.centres());
    assertThat(found.fit().objectives()).isEqualTo(serial.objectives());
    assertThat(labels(found)).isEqualTo(serial.labels());
  }

  @Test
  void optimisticPassesProposeFromFewCentres() {
    var points = scattered(11, 3000, 3);
    double lambda = .05;
    var mean = DpMeans.traversal(List.of(points.points()), 1).start(Double.MAX_VALUE);

    try (var spread = SpreadPoints.inEpochs(points.table(spark), 1100)) {
      var found = DpMeans.of(lambda).optimistic(spread.epochs(), mean).fit();

      assertThat(found.centres())
          .isEqualTo(DpMeans.of(lambda).optimistic(points.points(), mean, 1100).centres());
      assertThat(found.centres().count()).isGreaterThan(10);
      assertNeverRises(found.objectives());
    }
  }

  @Test
  void theObjectiveNeverRisesAndNoPointIsBeyondLambda() {
    var points = scattered(9, 600, 3);
    double lambda = .04;

    var found =
        SparkDpMeans.of(
            points.table(spark), DpMeansSettings.of(LambdaChoice.squared(lambda)).starts(1));
    var row = found.labels().selectExpr("max(d2)", "sum(d2)", "count(distinct cluster)").first();

    assertNeverRises(found.fit().objectives());
    assertThat(row.getDouble(0)).isLessThanOrEqualTo(lambda);
    assertThat(row.getDouble(1) + lambda * found.fit().centres().count())
        .isCloseTo(found.fit().objective(), org.assertj.core.data.Offset.offset(1e-9));
    assertThat(row.getLong(2)).as("none is empty").isEqualTo(found.fit().centres().count());
  }

  private static void assertNeverRises(double[] objectives) {
    for (int r = 1; r < objectives.length; r++) {
      assertThat(objectives[r]).isLessThanOrEqualTo(objectives[r - 1] * (1 + 1e-9));
    }
  }

  @Test
  void partitionsAndTheOrderOfRowsDontShow() {
    var points = scattered(4, 500, 5);
    var settings = DpMeansSettings.of(LambdaChoice.squared(.2)).starts(2);
    var one = SparkDpMeans.of(points.table(spark), settings);
    var order = new ArrayList<>(IntStream.range(0, 500).boxed().toList());

    for (int partitions : new int[] {1, 2, 8, 40}) {
      Collections.shuffle(order, new Random(partitions));
      var other = SparkDpMeans.of(points.table(spark, order, partitions), settings);

      assertThat(other.fit().centres()).isEqualTo(one.fit().centres());
      assertThat(other.fit().objectives()).isEqualTo(one.fit().objectives());
      assertThat(labels(other)).isEqualTo(labels(one));
    }
  }

  @Test
  void idsOfLettersAreAsThoseOfNumbersInTheirOrder() {
    var points = scattered(6, 300, 3);
    var order = new ArrayList<>(IntStream.range(0, 300).boxed().toList());
    Collections.shuffle(order, new Random(1));
    var settings = DpMeansSettings.of(LambdaChoice.squared(.1)).starts(3);
    var named =
        points.table(spark, order, 5).withColumn("id", lpad(col("id").cast("string"), 5, "s"));

    var found = SparkDpMeans.of(named, settings);

    assertThat(found.labels().schema().apply("id").dataType()).isEqualTo(DataTypes.StringType);
    assertThat(found.fit().objectives())
        .isEqualTo(SparkDpMeans.of(sortedAs(points), settings).fit().objectives());
  }

  /** "ssss7" comes after "sss10" and that after "ss100". */
  private static Dataset<Row> sortedAs(PlantedVectors points) {
    var names =
        IntStream.range(0, 300)
            .boxed()
            .sorted(
                java.util.Comparator.comparing(
                    (Integer i) -> "s".repeat(5 - ("" + i).length()) + i))
            .toList();
    var rows = new double[300][];
    Arrays.setAll(rows, rank -> points.rows()[names.get(rank)]);
    return new PlantedVectors(rows, points.truth()).table(spark);
  }

  @Test
  void scalingPointsAndLambdaChangesNoLabel() {
    var points = scattered(8, 200, 3);
    var scaled = points.table(spark).selectExpr("id", "transform(vector, x -> x * 1024) as vector");
    var settings = DpMeansSettings.of(LambdaChoice.distance(.3)).starts(2);

    var found = SparkDpMeans.of(points.table(spark), settings);

    assertThat(found.fit().centres().count()).isGreaterThan(5);
    assertThat(labels(SparkDpMeans.of(scaled, settings.lambda(LambdaChoice.distance(.3 * 1024)))))
        .isEqualTo(labels(found));
  }

  @Test
  void floatsAndWholeNumbersAreTakenToo() {
    var table = spark.sql("select id, array(id % 3, 7) as vector from range(30)");
    var floats = table.selectExpr("id", "cast(vector as array<float>) as vector");
    var settings = DpMeansSettings.of(LambdaChoice.squared(.5)).starts(1);

    for (var each : List.of(table, floats, table.selectExpr("cast(id as int) id", "vector"))) {
      var found = SparkDpMeans.of(each, settings);

      assertThat(found.fit().centres().count()).isEqualTo(3);
      assertThat(found.fit().objective()).isEqualTo(3 * .5);
    }
  }

  @Test
  void moreClustersThanPointsAreAsManyAsDifferFromEachOther() {
    var table = spark.sql("select id, array(double(id % 4)) as vector from range(20)");

    var found = SparkDpMeans.of(table, DpMeansSettings.of(LambdaChoice.clusters(50)));
    try (var points = SpreadPoints.of(table)) {
      assertThat(SparkKMeans.of(points, 50, 10, 0).fit().centres().count()).isEqualTo(4);
    }

    assertThat(found.lambda()).isZero();
    assertThat(found.fit().centres().count()).isEqualTo(4);
    assertThat(found.fit().objective()).isZero();
  }

  @Test
  void oneRowIsOneClusterAndNoRowIsNone() {
    var one = spark.sql("select 'a' id, array(3D, 4D) vector");
    var settings = DpMeansSettings.of(LambdaChoice.clusters(2));

    var found = SparkDpMeans.of(one, settings);
    var nothing = SparkDpMeans.of(one.where("false"), settings);
    var optimistic = SparkDpMeans.of(one.where("false"), settings.optimistic(10));

    assertThat(found.labels().collectAsList()).containsExactly(RowFactory.create("a", 0, 0.0));
    assertThat(nothing.fit().centres().count()).isZero();
    assertThat(nothing.fit().objective()).isZero();
    assertThat(nothing.labels().collectAsList()).isEmpty();
    assertThat(optimistic.labels().collectAsList()).isEmpty();
  }

  @Test
  void rowsThatCantBeClusteredAreSetApartWithAReason() {
    var vectors = DataTypes.createArrayType(DataTypes.DoubleType);
    var table =
        spark.createDataFrame(
            List.of(
                RowFactory.create("a", new Double[] {1.0, 2.0}),
                RowFactory.create("b", new Double[] {1.0, 2.0}),
                RowFactory.create("c", new Double[] {1.0, Double.NaN}),
                RowFactory.create("d", new Double[] {1.0, null}),
                RowFactory.create("e", new Double[] {Double.NEGATIVE_INFINITY, 1.0}),
                RowFactory.create("f", new Double[] {1.0}),
                RowFactory.create("g", new Double[] {}),
                RowFactory.create("h", null),
                RowFactory.create(null, new Double[] {1.0, 2.0})),
            new StructType().add("id", DataTypes.StringType).add("vector", vectors));

    try (var points = SpreadPoints.of(table)) {
      var found = SparkDpMeans.of(points, DpMeansSettings.of(LambdaChoice.squared(1)).starts(1));

      assertThat(found.labels().select("id", "cluster").collectAsList())
          .containsExactlyInAnyOrder(RowFactory.create("a", 0), RowFactory.create("b", 0));
      var number = "a number is null, NaN, infinite or beyond 1.0E100";
      assertThat(points.rejected().select("id", "reason").collectAsList())
          .containsExactlyInAnyOrder(
              RowFactory.create("c", number),
              RowFactory.create("d", number),
              RowFactory.create("e", number),
              RowFactory.create("f", "a vector of 1 numbers among those of 2"),
              RowFactory.create("g", "a vector of 0 numbers among those of 2"),
              RowFactory.create("h", "no vector"),
              RowFactory.create(null, "no id"));
    }
  }

  @Test
  void aTableOfOtherColumnsIsAMistake() {
    assertThatThrownBy(() -> SpreadPoints.of(spark.sql("select 1 id, 2 vector")))
        .hasMessage("vector is int: it must be an array of numbers");
    assertThatThrownBy(() -> SpreadPoints.of(spark.sql("select 1 id, 2 embedding")))
        .hasMessage("no column vector among id, embedding");
    assertThatThrownBy(() -> SpreadPoints.of(spark.sql("select 1.5 id, array(2) vector")))
        .hasMessageContaining("id is decimal(2,1): give each vector a string or a whole number");
  }

  @Test
  void kMeansIsThatOfOneProcess() {
    var points = scattered(12, 400, 4);

    try (var spread = SpreadPoints.of(points.table(spark))) {
      var found = SparkKMeans.of(spread, 7, KMeans.ROUNDS, 3);
      var local = KMeans.of(List.of(points.points()), 7, 3);

      assertThat(found.fit().centres()).isEqualTo(local.centres());
      assertThat(found.fit().objectives()).isEqualTo(local.objectives());
      assertThat(labels(found)).isEqualTo(local.labels());
    }
  }
}
