package org.millrace.batch.corpus.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which members of a component go. */
class GrowthITCase {

  private static final StructType MEMBER =
      new StructType().add("node", DataTypes.LongType).add("root", DataTypes.LongType);
  private static final StructType SET =
      new StructType().add("node", DataTypes.LongType).add("shingles", DataTypes.BinaryType);

  private static SparkSession spark;

  private final List<Row> members = new ArrayList<>();
  private final List<Row> sets = new ArrayList<>();

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();
  }

  /** A document of ten shingles from a number on: two that start n apart share 10 - n. */
  private void document(long node, long root, long from) {
    var bytes = ByteBuffer.allocate(10 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    LongStream.range(from, from + 10).forEach(bytes::putLong);
    members.add(RowFactory.create(node, root));
    sets.add(RowFactory.create(node, bytes.array()));
  }

  private List<String> drops(double threshold) {
    return Growth.drops(
            spark.createDataFrame(members, MEMBER), spark.createDataFrame(sets, SET), threshold)
        .orderBy("node")
        .collectAsList()
        .stream()
        .map(row -> "%d like %d %.4f".formatted(row.getLong(0), row.getLong(1), row.getDouble(2)))
        .toList();
  }

  @Test
  void aChainNeverMergesTextsThatAreUnlike() {
    // One apart 9/11 = .8182, two apart 8/12 = .6667.
    for (int i = 0; i < 5; i++) {
      document(i, 0, i);
    }
    document(5, 5, 100);
    document(6, 5, 101);

    assertThat(drops(.7)).containsExactly("1 like 0 0.8182", "3 like 2 0.8182", "6 like 5 0.8182");
  }

  @Test
  void theThresholdItselfIsACopy() {
    document(0, 0, 0);
    document(1, 0, 1);
    document(2, 0, 2);

    assertThat(drops(9.0 / 11)).containsExactly("1 like 0 0.8182");
  }

  @Test
  void theFirstOfSeveralThatStayIsNamed() {
    document(0, 0, 0);
    document(1, 0, 2);
    document(2, 0, 1);

    assertThat(drops(.7)).containsExactly("2 like 0 0.8182");
  }
}
