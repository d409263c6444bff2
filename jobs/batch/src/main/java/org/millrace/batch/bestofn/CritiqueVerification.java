package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;
import org.millrace.batch.sample.Asking;

/**
 * Scores answers as DeepSeek-GRM does (SPCT, arXiv 2504.02495): an engine writes some critiques of
 * a prompt, each of which rates all its answers from 1 to 10, shown in an order of its own. An
 * answer's score is the sum of its ratings, those of all critiques or of the ones that a meta model
 * holds best. The verdicts that the input carries stay, its scores give way.
 */
final class CritiqueVerification implements Verification {

  static final String NAME = "critique";

  private final CritiqueOptions options;
  private final Judge judge;
  private final CritiqueColumns columns;
  private Asking asking;

  CritiqueVerification(CritiqueOptions options, Judge judge) {
    if (options.meta() == CritiqueOptions.Meta.ENGINE && judge.replays()) {
      throw new IllegalArgumentException(
          "meta=engine can't ask --engine replay, which has critiques only; take meta=model");
    }
    this.options = options;
    this.judge = judge;
    // Recorded critiques were written about the answers in their own order.
    this.columns = new CritiqueColumns(judge.options().seed(), !judge.replays());
  }

  @Override
  public boolean asks() {
    return true;
  }

  @Override
  public List<List<String>> needs() {
    var needs = new ArrayList<>(List.of(List.of("text")));
    if (options.template().has("prompt")) {
      needs.add(List.of("prompt"));
    }
    if (judge.replays()) {
      needs.add(List.of("critiques"));
    }
    return needs;
  }

  @Override
  public void estimate(Run run, Samples samples) throws Exception {
    var answers = JudgedAnswers.of(run, samples, options.template());
    judge.asking(run).estimate(Judge.CRITIQUES, prompts(responses(answers)), 1);
    if (options.meta() == CritiqueOptions.Meta.ENGINE) {
      run.log("%s: as many answers again, to the critiques themselves", Judge.META);
    }
  }

  @Override
  public Dataset<Row> scores(Run run, Samples samples) throws Exception {
    var meta = MetaScores.of(options, columns);
    meta.check(run.spark());
    asking = judge.asking(run);
    var answers = JudgedAnswers.of(run, samples, options.template());
    var responses = responses(answers);
    var written = asking.answers(Judge.CRITIQUES, prompts(responses), 1);
    var scored = meta.add(asking, critiques(written));
    var rated = rated(scored, responses);
    return new ScoreRows(
            samples.has("answer") ? col("answer") : lit(null).cast("string"),
            col("verdict"),
            col("_sum"),
            lit(null).cast("array<double>"))
        .of(
            answers
                .rows()
                .join(summed(rated), new String[] {"prompt_id", "sample_index"}, "left")
                .withColumn("verifier_tokens", col("_written")),
            NAME,
            judge.version(options),
            JudgedAnswers.columns(samples, col("_given").as("ratings")));
  }

  /** One row a prompt: its answers in the order of their indices. */
  private static Dataset<Row> responses(JudgedAnswers answers) {
    return answers
        .rows()
        .where(JudgedAnswers.askable())
        .groupBy("prompt_id")
        .agg(
            first("prompt", true).as("_prompt"),
            sort_array(collect_list(struct("sample_index", "text"))).as("_responses"),
            first("critiques", true).as("_recorded"));
  }

  /** What is asked: each critique of a prompt by a key of its own, which its order is made of. */
  private Dataset<Row> prompts(Dataset<Row> responses) {
    // By then prompt_id is the critique's own key.
    var values =
        Map.of(
            "prompt",
            col("_prompt"),
            "responses",
            columns.shown(col("prompt_id"), col("_responses").getField("text")));
    var recorded = array(get(col("_recorded"), col("_critique")));
    return responses
        .withColumn("_critique", explode(sequence(lit(0), lit(options.critiques() - 1))))
        .withColumn("prompt_id", concat_ws("#", col("prompt_id"), col("_critique").cast("string")))
        .select(
            col("prompt_id"),
            options.template().column(values).as("prompt"),
            judge.replays() ? recorded.as("recorded") : JudgedAnswers.NOT_RECORDED);
  }

  /** The critiques that count, by prompt and number. */
  private Dataset<Row> critiques(Dataset<Row> written) {
    return written
        .select(
            col("prompt_id").as("_key"),
            expr("substring_index(prompt_id, '#', -1)").cast("int").as("_critique"),
            col("prompt").as("_request"),
            col("text").as("_text"),
            col("prompt_tokens").as("_read"),
            col("completion_tokens").as("_written"))
        .where(col("_critique").lt(options.critiques()))
        .withColumn(
            "prompt_id", expr("left(_key, length(_key) - length(cast(_critique as string)) - 1)"));
  }

  /** One row a prompt: its answers, the ratings of its critiques, and the sums. */
  private Dataset<Row> rated(Dataset<Row> scored, Dataset<Row> responses) {
    var sizes = responses.select(col("prompt_id"), col("_responses.sample_index").as("_indices"));
    var critique = struct("_critique", "_ratings", "_meta");
    return scored
        .join(sizes, "prompt_id")
        .withColumn("_ratings", columns.ratings(col("_key"), col("_text"), size(col("_indices"))))
        .groupBy("prompt_id")
        .agg(
            first("_indices").as("_indices"),
            sort_array(collect_list(critique)).as("_critiques"),
            sum("_read").as("_read"),
            sum("_written").as("_written"))
        .withColumn(
            "_sums",
            columns.sums(
                col("_critiques._ratings"),
                col("_critiques._meta"),
                options.missing(),
                options.meta() == CritiqueOptions.Meta.NONE ? 0 : options.kMeta()));
  }

  /** One row an answer. What the critiques of a prompt took is told of its first answer. */
  private static Dataset<Row> summed(Dataset<Row> rated) {
    Column place = col("_place");
    return rated
        .select(
            col("prompt_id"),
            col("_critiques._ratings").as("_ratings"),
            col("_sums"),
            col("_read"),
            col("_written"),
            posexplode(col("_indices")).as(new String[] {"_place", "sample_index"}))
        .select(
            col("prompt_id"),
            col("sample_index"),
            get(col("_sums"), place).as("_sum"),
            transform(col("_ratings"), critique -> get(critique, place)).as("_given"),
            when(place.equalTo(0), col("_read")).otherwise(lit(0L)).as("_read"),
            when(place.equalTo(0), col("_written")).otherwise(lit(0L)).as("_written"));
  }

  @Override
  public void end() throws Exception {
    asking.record();
    asking.end();
  }
}
