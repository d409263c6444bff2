package org.millrace.batch.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BestOfKSqlITCase {

  private static final StructType SCHEMA =
      new StructType().add("prompt_id", "string").add("score", "double").add("credit", "double");

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 4)
            .getOrCreate();
  }

  /** Of the pairs of (.9 right), (.5), (.5), (.1), half hold the right one, which then wins. */
  @Test
  void findsTheBestOfEveryPair() {
    var scores =
        table(List.of(row("p", 0.9, 1), row("p", 0.5, 0), row("p", 0.5, 0), row("p", 0.1, 0)));

    assertThat(values(scores, 1, 2, 4)).containsExactly("p@1 0.25", "p@2 0.50", "p@4 1.00");
  }

  /** Tied samples share: each is the pick of two in half of the draws. */
  @Test
  void sharesTies() {
    var scores = table(List.of(row("p", 0.0, 1), row("p", -0.0, 0), row("p", -1.0, 0)));

    // {0,-0} 1/2, {0,-1} 1, {-0,-1} 0; of all three 1/2.
    assertThat(values(scores, 2, 3)).containsExactly("p@2 0.50", "p@3 0.50");
  }

  @Test
  void hasNoValueBeyondTheCandidates() {
    var scores =
        table(
            List.of(
                row("p", 0.9, 1), row("p", null, 1), row("p", Double.NaN, 1), row("q", null, 1)));

    assertThat(values(scores, 1, 2))
        .containsExactly("p@1 1.00", "p@2 null", "q@1 null", "q@2 null");
  }

  @Test
  void refusesAKBelowOne() {
    assertThatThrownBy(() -> BestOfKSql.curve(table(List.of()), new int[] {4, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ks is empty or has one below 1: [4, 0]");
  }

  @Test
  void agreesWithExactBinomialsInAnyPartitioning() {
    var rows = randomRows(new Random(7), 60);
    int[] ks = {1, 2, 3, 8, 32, 64};

    var curve = BestOfKSql.curve(table(rows).repartition(3), ks).collectAsList();
    var again = BestOfKSql.curve(table(rows).coalesce(1), ks).collectAsList();

    assertThat(again).containsExactlyInAnyOrderElementsOf(curve);
    assertThat(curve).hasSize(60 * ks.length);
    for (var point : curve) {
      var expected = exact(rows, point.getString(0), point.getInt(1));
      if (expected == null) {
        assertThat(point.isNullAt(2)).as("%s", point).isTrue();
      } else {
        assertThat(point.getDouble(2))
            .as("%s", point)
            .isCloseTo(expected, within(1e-12 * expected));
      }
    }
  }

  /** Prompts of up to 128 samples with many ties, some without a score, some graded. */
  private static List<Row> randomRows(Random random, int prompts) {
    var rows = new ArrayList<Row>();
    for (int prompt = 0; prompt < prompts; prompt++) {
      int levels = 1 + random.nextInt(20);
      int samples = 1 + random.nextInt(128);
      for (int i = 0; i < samples; i++) {
        Double score = random.nextInt(8) == 0 ? null : (double) random.nextInt(levels);
        double credit = prompt % 3 == 0 ? random.nextDouble() : random.nextInt(2);
        rows.add(row("p" + prompt, score, credit));
      }
    }
    return rows;
  }

  /** By binomials of big integers: groups of equal scores, from the lowest; null beyond n. */
  private static Double exact(List<Row> rows, String prompt, int k) {
    var groups = new TreeMap<Double, List<Double>>();
    for (var row : rows) {
      if (row.getString(0).equals(prompt) && !row.isNullAt(1)) {
        groups.computeIfAbsent(row.getDouble(1), score -> new ArrayList<>()).add(row.getDouble(2));
      }
    }
    var sum = BigDecimal.ZERO;
    int below = 0;
    for (var credits : groups.values()) {
      int from = below;
      below += credits.size();
      var subsets = new BigDecimal(choose(below, k).subtract(choose(from, k)));
      var mean = credits.stream().mapToDouble(Double::doubleValue).sum() / credits.size();
      sum = sum.add(subsets.multiply(new BigDecimal(mean)));
    }
    return k > below
        ? null
        : sum.divide(new BigDecimal(choose(below, k)), MathContext.DECIMAL128).doubleValue();
  }

  private static BigInteger choose(int n, int k) {
    var result = k > n ? BigInteger.ZERO : BigInteger.ONE;
    for (int i = 0; i < k; i++) {
      result = result.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
    }
    return result;
  }

  private static List<String> values(Dataset<Row> scores, int... ks) {
    return BestOfKSql.curve(scores, ks).orderBy("prompt_id", "k").collectAsList().stream()
        .map(
            row ->
                "%s@%d %s"
                    .formatted(
                        row.get(0),
                        row.getInt(1),
                        row.isNullAt(2) ? "null" : "%.2f".formatted(row.getDouble(2))))
        .toList();
  }

  private static Row row(String prompt, Double score, double credit) {
    return RowFactory.create(prompt, score, credit);
  }

  private static Dataset<Row> table(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }
}
