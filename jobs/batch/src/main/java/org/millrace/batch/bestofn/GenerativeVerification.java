package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;
import org.millrace.batch.sample.Asking;
import org.millrace.kernel.critique.ChainVerdict;

/**
 * Scores answers by a generative verifier (GenRM, arXiv 2408.15240): an engine writes some chains
 * of thought about each, and each ends with a Yes or a No. A chain without a verdict is a missing
 * vote; a call that failed is none at all. The verdicts that the input carries stay, its scores and
 * votes give way.
 */
final class GenerativeVerification implements Verification {

  static final String NAME = "generative";

  private static final Column NO_VOTES = array().cast("array<double>");

  private final GenerativeOptions options;
  private final Judge judge;
  private Asking asking;

  GenerativeVerification(GenerativeOptions options, Judge judge) {
    if (options.probability() && !judge.givesLogprobs()) {
      throw new IllegalArgumentException(
          "score=probability takes --engine openai and --engine-option top-logprobs=1: others don't"
              + " say how probable a token was");
    }
    this.options = options;
    this.judge = judge;
  }

  @Override
  public boolean asks() {
    return true;
  }

  @Override
  public List<List<String>> needs() {
    var needs = new ArrayList<>(List.of(List.of("text")));
    for (var place : List.of("prompt", "target")) {
      if (options.template().has(place)) {
        needs.add(List.of(place));
      }
    }
    if (judge.replays()) {
      needs.add(List.of("critiques"));
    }
    return needs;
  }

  @Override
  public void estimate(Run run, Samples samples) throws Exception {
    var answers = JudgedAnswers.of(run, samples, options.template());
    judge.asking(run).estimate(Judge.CRITIQUES, prompts(answers), options.votes());
  }

  @Override
  public Dataset<Row> scores(Run run, Samples samples) throws Exception {
    asking = judge.asking(run);
    var answers = JudgedAnswers.of(run, samples, options.template());
    var chains = asking.answers(Judge.CRITIQUES, prompts(answers), options.votes());
    var votes = votes(chains);
    var rows = answers.rows().join(votes, col("_key").equalTo(col("_chains")), "left");
    var cast = when(JudgedAnswers.askable(), col("_votes")).when(col("text").isNotNull(), NO_VOTES);
    var missing = options.missing().name().toLowerCase(Locale.ROOT);
    var none = filter(col("votes"), Column::isNull);
    var share = call_function("vote_score", col("votes"), lit(Integer.MAX_VALUE), lit(missing));
    return new ScoreRows(
            samples.has("answer") ? col("answer") : lit(null).cast("string"),
            col("verdict"),
            lit(null).cast("double"),
            lit(null).cast("array<double>"))
        .of(
            rows.withColumn("votes", cast).withColumn("verifier_tokens", col("_written")),
            NAME,
            judge.version(options),
            JudgedAnswers.columns(
                samples,
                share.as("vote_share"),
                when(col("votes").isNotNull(), size(none)).as("missing_votes")));
  }

  private Dataset<Row> prompts(JudgedAnswers answers) {
    var values = Map.of("prompt", col("prompt"), "text", col("text"), "target", col("target"));
    return answers
        .rows()
        .where(JudgedAnswers.askable())
        .select(
            col("_key").as("prompt_id"),
            options.template().column(values).as("prompt"),
            judge.replays() ? col("critiques").as("recorded") : JudgedAnswers.NOT_RECORDED);
  }

  /** One row an answer: its votes in the order of the chains, and what they took. */
  private Dataset<Row> votes(Dataset<Row> chains) {
    boolean direct = options.direct();
    UDF1<Row, Double> reading =
        options.probability()
            ? chain -> probability(chain, direct)
            : chain ->
                verdict(chain.getString(0), direct).map(v -> v.right() ? 1.0 : 0.0).orElse(null);
    var read = udf(reading, DataTypes.DoubleType).withName("chain_vote");
    var vote = read.apply(struct(col("text"), col("tokens"), col("token_logprobs")));
    return chains
        .withColumn("_vote", vote)
        .groupBy(col("prompt_id").as("_chains"))
        .agg(
            sort_array(collect_list(struct(col("sample_index"), col("_vote"))))
                .getField("_vote")
                .as("_votes"),
            sum("prompt_tokens").as("_read"),
            sum("completion_tokens").as("_written"));
  }

  private static Optional<ChainVerdict> verdict(String text, boolean direct) {
    return direct ? ChainVerdict.first(text) : ChainVerdict.of(text);
  }

  /** Null where there is no verdict, or the server has told nothing of the tokens. */
  private static Double probability(Row chain, boolean direct) {
    if (chain.isNullAt(1) || chain.isNullAt(2)) {
      return null;
    }
    var tokens = chain.<String>getList(1).toArray(String[]::new);
    var logprobs = chain.<Double>getList(2).stream().mapToDouble(Double::doubleValue).toArray();
    return tokens.length == logprobs.length
        ? verdict(String.join("", tokens), direct)
            .map(verdict -> verdict.probability(tokens, logprobs))
            .orElse(null)
        : null;
  }

  @Override
  public void end() throws Exception {
    asking.record();
    asking.end();
  }
}
