package org.millrace.batch.corpus.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.dedup.Components;

/** Components on the cluster beside those of one thread. */
class StarsITCase {

  private static final int NODES = 60;
  private static final int GRAPHS = 12;
  private static final StructType EDGE =
      new StructType().add("a", DataTypes.LongType).add("b", DataTypes.LongType);

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

  private static Dataset<Row> save(String name, Dataset<Row> table) {
    return spark.createDataFrame(table.collectAsList(), table.schema());
  }

  private static Map<Long, Long> roots(List<Row> edges) {
    var roots = new HashMap<Long, Long>();
    for (var row :
        Stars.of(spark.createDataFrame(edges, EDGE), StarsITCase::save).collectAsList()) {
      assertThat(roots.put(row.getLong(0), row.getLong(1))).as("once each").isNull();
    }
    return roots;
  }

  private static Row edge(long one, long other) {
    return RowFactory.create(Math.min(one, other), Math.max(one, other));
  }

  /** Graphs of few to many edges side by side, so that one run answers for all. */
  @Test
  void randomGraphsAsOneThreadFindsThem() {
    var edges = new ArrayList<Row>();
    var expected = new HashMap<Long, Long>();
    for (int graph = 0; graph < GRAPHS; graph++) {
      var random = new Random(graph);
      var components = new Components(NODES);
      long first = (long) graph * NODES;
      var touched = new ArrayList<Integer>();
      for (int i = 0; i < 6 * (graph + 1); i++) {
        int one = random.nextInt(NODES);
        int other = (one + 1 + random.nextInt(NODES - 1)) % NODES;
        components.join(one, other);
        edges.add(edge(first + one, first + other));
        touched.add(one);
        touched.add(other);
      }
      touched.forEach(node -> expected.put(first + node, first + components.smallest(node)));
    }

    assertThat(roots(edges)).isEqualTo(expected);
  }

  @Test
  void aLongChainInBadOrderIsOneComponent() {
    int length = 257;
    var places = LongStream.range(0, length).map(i -> i * 100 % length).toArray();
    var edges = new ArrayList<Row>();
    for (int i = 1; i < length; i++) {
      edges.add(edge(places[i - 1], places[i]));
    }

    var roots = roots(edges);

    assertThat(roots).hasSize(length);
    assertThat(roots.values()).containsOnly(0L);
  }

  @Test
  void noEdgesNoComponents() {
    assertThat(roots(List.of())).isEmpty();
  }
}
