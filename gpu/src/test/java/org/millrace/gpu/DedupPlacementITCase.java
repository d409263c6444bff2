package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.corpus.dedup.Candidates;
import org.millrace.batch.corpus.dedup.Edges;
import org.millrace.batch.corpus.dedup.Prints;
import org.millrace.batch.corpus.dedup.Stars;
import org.millrace.kernel.dedup.Bands;
import org.millrace.kernel.dedup.MinHash;
import org.millrace.kernel.dedup.Shingles;

/** What of deduplication may stay off the GPU: its functions, and what packs their results. */
class DedupPlacementITCase {

  @TempDir static Path folder;

  private static Dataset<Row> documents;
  private static Dataset<Row> nodes;

  @BeforeAll
  static void writeTables() {
    var spark = Sessions.local();
    documents = saved(spark.sql("select 'd' doc_id, 'a text of some words' text"), "documents");
    nodes = saved(spark.sql("select 1L node, array(1L, 2L) bands, unhex('00') shingles"), "nodes");
  }

  private static Dataset<Row> saved(Dataset<Row> table, String name) {
    var path = folder.resolve(name).toString();
    table.write().parquet(path);
    return table.sparkSession().read().parquet(path);
  }

  @Test
  void printsBridgeTheirFunctionOnly() {
    var prints = new Prints(Shingles.Unit.WORDS, 5, Bands.BALANCED, MinHash.SEED, true, true);

    var placement = Placement.of(prints.of(documents));

    assertThat(placement.cpu()).isEmpty();
    assertThat(placement.bridge()).containsExactly("ScalaUDF dedup_print");
  }

  @Test
  void candidatesBridgeTheirFunctionOnly() {
    var placement = Placement.of(Candidates.of(nodes));

    assertThat(placement.cpu()).isEmpty();
    assertThat(placement.bridge()).containsExactly("ScalaUDF candidate_pairs");
  }

  @Test
  void edgesBridgeTheirFunctionOnly() {
    var pairs = saved(nodes.selectExpr("node as a", "node + 1 as b"), "pairs");

    var placement = Placement.of(Edges.of(pairs, nodes, 0.7));

    assertThat(placement.cpu()).isEmpty();
    assertThat(placement.bridge()).containsExactly("ScalaUDF jaccard_of_sets");
  }

  @Test
  void componentsStayOnTheGpu() {
    var edges = saved(nodes.selectExpr("node as b", "node + 1 as a"), "edges");

    var placement =
        Placement.of(
            Stars.of(edges, (name, table) -> saved(table, name + "-" + System.nanoTime())));

    assertThat(placement.cpu()).isEmpty();
    assertThat(placement.bridge()).isEmpty();
  }
}
