package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.gpu.Exceptions.CACHE;
import static org.millrace.gpu.Exceptions.LINES;
import static org.millrace.gpu.Exceptions.SMALL_JSON;
import static org.millrace.gpu.Exceptions.TALLY;
import static org.millrace.gpu.Exceptions.TYPED_MAP;
import static org.millrace.gpu.Exceptions.VERDICT;
import static org.millrace.gpu.Exceptions.all;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.bestofn.SelectJob;
import org.millrace.batch.bestofn.VerifyJob;
import org.millrace.batch.job.BatchJob;
import org.millrace.batch.sample.SampleJob;

/**
 * What of sample, verify and select may stay off the GPU. A name that is new here is a plan that
 * got slower there.
 */
class JobPlacementITCase {

  private static final Placement ALL_ON_GPU = new Placement(List.of(), List.of());

  @TempDir static Path folder;

  private static String parquet;
  private static String jsonl;

  @BeforeAll
  static void writeSamples() {
    var spark = Sessions.local();
    parquet = folder.resolve("parquet").toString();
    jsonl = folder.resolve("samples.jsonl").toString();
    var samples =
        spark.sql(
            """
            select 'p' prompt_id, sample_index, '4 5 6 10' prompt, '24' target, 'easy' level,
              '(10 - 4) * 5 - 6 = 24' text, 'correct' verdict, 0.5D score, array(0.5D) step_scores,
              array(1D, null) votes
            from (select explode(sequence(0, 3)) sample_index)
            """);
    samples.write().parquet(parquet);
    samples.write().json(jsonl);
  }

  private static Map<String, Placement> run(BatchJob job, String input, String... more) {
    var output = folder.resolve("out-" + System.nanoTime());
    var arguments = new String[more.length + 2];
    arguments[0] = "--input=" + input;
    arguments[1] = "--output=" + output;
    System.arraycopy(more, 0, arguments, 2, more.length);
    return JobPlans.of(job, arguments);
  }

  @Test
  void verifyBridgesItsVerifier() {
    var plans = run(new VerifyJob(), parquet, "--verifier=game24");

    assertThat(plans.get("").except(VERDICT)).as("the search for duplicates").isEqualTo(ALL_ON_GPU);
    assertThat(plans.get("verified").except(all(TALLY, VERDICT)))
        .isEqualTo(new Placement(List.of(), List.of("ScalaUDF verify")));
  }

  @Test
  void verifyReadsLinesOnTheCpu() {
    var plans = run(new VerifyJob(), jsonl, "--verifier=game24");

    assertThat(plans.get("verified").except(all(TALLY, VERDICT, LINES)))
        .isEqualTo(new Placement(List.of(), List.of("ScalaUDF verify")));
  }

  /**
   * The gathering of samples by prompt is a typed map on either side of a shuffle. It moves a row a
   * prompt where grouping would move a row a sample, and what the functions read is packed once.
   * Reading the scores and all that makes them stays on the GPU but for the tally; BestOfKSql is
   * the way that leaves nothing here.
   */
  @Test
  void selectGathersOnTheCpuAndBridgesItsFunctions() {
    var gathering = all(TYPED_MAP, TALLY, VERDICT, CACHE, Set.of("ShuffleExchangeExec"));

    var plans = run(new SelectJob(), parquet, "--selectors=all");

    assertThat(plans.get("read and gathered").except(gathering))
        .isEqualTo(new Placement(List.of(), List.of("ScalaUDF vote_score")));
    assertThat(plans.get("evaluated").except(gathering))
        .isEqualTo(
            new Placement(
                List.of(),
                List.of(
                    "ScalaUDF best_of_ks",
                    "ScalaUDF first_k",
                    "ScalaUDF majority_at_ks",
                    "ScalaUDF packed_negated",
                    "ScalaUDF packed_number",
                    "ScalaUDF packed_text",
                    "ScalaUDF pass_at_ks",
                    "ScalaUDF select_sample",
                    "ScalaUDF vote_at_ks",
                    "ScalaUDF vote_score")));
    // Over rows that are kept already, a few columns a prompt.
    assertThat(plans.get("wrote curves and selections").except(gathering).cpu()).isEmpty();
  }

  /** An engine answers from afar, or searches: what is asked is a typed map, and what it costs. */
  @Test
  void sampleAsksOnTheCpu() {
    var asking = all(TYPED_MAP, TALLY, VERDICT, CACHE, SMALL_JSON);

    var plans = run(new SampleJob(), parquet, "--engine=replay", "--n=4");

    assertThat(plans.get("").except(asking)).isEqualTo(ALL_ON_GPU);
    assertThat(plans.get("sampled").except(asking)).isEqualTo(ALL_ON_GPU);
  }
}
