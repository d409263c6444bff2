package org.millrace.batch.corpus.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Buckets of all sizes, and documents that are in several. */
class CandidatesITCase {

  private static final StructType NODE =
      new StructType()
          .add("node", DataTypes.LongType)
          .add("bands", DataTypes.createArrayType(DataTypes.LongType));

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();
  }

  private static Row node(long node, Long... bands) {
    return RowFactory.create(node, bands);
  }

  /** One node a bucket of this key. */
  private static List<Row> bucket(long key, long from, long to) {
    return LongStream.range(from, to).mapToObj(n -> node(n, key)).toList();
  }

  private static List<String> pairs(List<Row> nodes) {
    return Candidates.of(spark.createDataFrame(nodes, NODE)).collectAsList().stream()
        .map(pair -> pair.getLong(0) + " " + pair.getLong(1))
        .toList();
  }

  private static TreeSet<String> starAndChain(long from, long to) {
    var expected = new TreeSet<String>();
    for (long node = Math.max(0, from + 1); node < to; node++) {
      expected.add(from + " " + node);
      expected.add(node - 1 + " " + node);
    }
    return expected;
  }

  @Test
  void aBucketOf64GivesAllPairsAndALargerOneAStarAndAChain() {
    assertThat(pairs(bucket(1, 100, 164))).hasSize(64 * 63 / 2).doesNotHaveDuplicates();
    assertThat(pairs(bucket(1, 100, 165)))
        .containsExactlyInAnyOrderElementsOf(starAndChain(100, 165));
  }

  @Test
  void ofALargeBucketEachNewDocumentMeetsTheFirstOldOneAndTheOneBeforeIt() {
    assertThat(pairs(bucket(1, -70, 3))).containsExactlyInAnyOrderElementsOf(starAndChain(-70, 3));
  }

  @Test
  void aPairOfSeveralBucketsComesOnce() {
    var nodes = new ArrayList<>(bucket(9, 100, 165));
    nodes.add(node(1, 5L, 6L));
    nodes.add(node(2, 5L, 6L, 7L));
    nodes.add(node(3, 7L));
    nodes.add(node(4, 8L));
    nodes.add(node(5));

    var expected = starAndChain(100, 165);
    expected.addAll(List.of("1 2", "2 3"));
    assertThat(pairs(nodes)).containsExactlyInAnyOrderElementsOf(expected);
  }
}
