package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.bestofn.BestOfN;
import org.millrace.batch.bestofn.SelectOptions;
import org.millrace.kernel.verify.Verifiers;

/**
 * What of the jobs may stay off the GPU. A name that is new here is a plan that got slower there.
 */
class JobPlacementITCase {

  /**
   * What select's gathering of samples by prompt takes: typed packing on either side of a shuffle.
   * It moves a row a prompt where grouping would move a row a sample, and what the functions read
   * is packed once. Reading the scores and all that makes them stays on the GPU; BestOfKSql is the
   * way that leaves nothing here.
   */
  private static final List<String> GATHERING =
      List.of(
          "AssertNotNull",
          "AttributeReference",
          "BoundReference",
          "CreateExternalRow",
          "DeserializeToObjectExec",
          "GetExternalRowField",
          "Invoke",
          "MapPartitionsExec",
          "SerializeFromObjectExec",
          "ShuffleExchangeExec",
          "StaticInvoke",
          "ValidateExternalType");

  @TempDir static Path folder;

  private static Dataset<Row> scores;

  @BeforeAll
  static void writeScores() {
    SparkSession spark = Sessions.local();
    var path = folder.resolve("scores.parquet").toString();
    spark
        .sql(
            """
            select 'p' prompt_id, 0 sample_index, '4 5 6 10' prompt, '24' target, 'easy' level,
              'Answer: 4' text, 'stop' finish_reason, 'a' answer, 'correct' verdict, 1D score,
              array(0.5D) step_scores, array(1D, null) votes, 9L length, 4L prompt_tokens,
              9L completion_tokens, 1L latency_ms
            """)
        .write()
        .parquet(path);
    scores = spark.read().parquet(path);
  }

  private static Placement select(String... selectors) {
    return Placement.of(
        BestOfN.prompts(scores, List.of(selectors), SelectOptions.defaults(List.of(1, 2, 4))));
  }

  @Test
  void verifyBridgesItsVerifierOnly() {
    var plan = BestOfN.verify(scores, Verifiers.of("game24", Map.of()));

    var placement = Placement.of(plan);

    assertThat(placement.cpu()).isEmpty();
    assertThat(placement.bridge()).allMatch(name -> name.startsWith("ScalaUDF"));
  }

  @Test
  void closedFormsBridgeTheirFunctionsOnly() {
    var placement = select("pass", "best-score", "shortest", "longest", "majority");

    assertThat(placement.cpu()).containsExactlyInAnyOrderElementsOf(GATHERING);
    assertThat(placement.bridge())
        .containsExactlyInAnyOrder(
            "ScalaUDF best_of_ks",
            "ScalaUDF first_k",
            "ScalaUDF majority_at_ks",
            "ScalaUDF packed_negated",
            "ScalaUDF packed_number",
            "ScalaUDF packed_text",
            "ScalaUDF pass_at_ks",
            "ScalaUDF select_sample",
            "ScalaUDF vote_score");
  }

  @Test
  void votesBridgeTheirFunctionsOnly() {
    var placement = select("weighted-majority", "borda", "short-m");

    assertThat(placement.cpu()).containsExactlyInAnyOrderElementsOf(GATHERING);
    assertThat(placement.bridge())
        .containsExactlyInAnyOrder(
            "ScalaUDF first_k",
            "ScalaUDF packed_number",
            "ScalaUDF packed_text",
            "ScalaUDF select_sample",
            "ScalaUDF vote_at_ks",
            "ScalaUDF vote_score");
  }
}
