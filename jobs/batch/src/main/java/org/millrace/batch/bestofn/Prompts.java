package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.udf.Packed;

/**
 * Samples gathered by prompt: one row a prompt, its samples in the order of the sample index as
 * {@link Packed} columns. Memory is bounded by the largest prompt.
 *
 * <p>Columns of samples: {@code indices}; {@code credits}, 0 to 1; {@code scores}, NaN for no
 * candidate; {@code sizes}, their lengths; {@code answers}, null for no vote; {@code tokens} where
 * the input counts them; {@code scores_v1}… where the comparison over numbers of votes wants them.
 */
final class Prompts {

  static final StructType CHOICE =
      new StructType()
          .add("selector", DataTypes.StringType)
          .add("sample_index", DataTypes.IntegerType)
          .add("answer", DataTypes.StringType)
          .add("score", DataTypes.DoubleType)
          .add("credit", DataTypes.DoubleType)
          .add("tied", DataTypes.IntegerType);

  /** The tokens that were written for each sample, where the input counts them. */
  static final String TOKENS = "tokens";

  private static final String TOKENS_OF = "completion_tokens";

  private static final int LONGEST_SHOWN = 300;

  private static final UserDefinedFunction NUMBER =
      udf((UDF2<byte[], Integer, Double>) Prompts::number, DataTypes.DoubleType)
          .withName("packed_number");
  private static final UserDefinedFunction TEXT =
      udf(
              (UDF2<byte[], Integer, String>)
                  (texts, at) -> at == null ? null : Packed.texts(texts).at(at),
              DataTypes.StringType)
          .withName("packed_text");
  private static final UserDefinedFunction PADDED =
      udf((UDF3<byte[], Integer, Double, byte[]>) Packed::padded, DataTypes.BinaryType)
          .withName("packed_padded");
  private static final UserDefinedFunction PADDED_TEXTS =
      udf(
              (UDF2<byte[], Integer, byte[]>)
                  (texts, size) -> Packed.texts(texts).padded(size).packed(),
              DataTypes.BinaryType)
          .withName("packed_texts_padded");
  private static final UserDefinedFunction NEGATED =
      udf((UDF1<byte[], byte[]>) Packed::negated, DataTypes.BinaryType).withName("packed_negated");

  private Prompts() {}

  private static Double number(byte[] numbers, Integer at) {
    var number = at == null ? Double.NaN : Packed.number(numbers, at);
    return Double.isNaN(number) ? null : number;
  }

  /** The truth of a sample, 0 to 1; null where it isn't known. */
  static Column credit() {
    var verdict = col("verdict");
    return when(verdict.equalTo("correct"), 1.0)
        .when(verdict.isin("incorrect", "unparsed", "missing"), 0.0)
        .otherwise(verdict.cast("double"));
  }

  private static Column score(Predicate<String> has, SelectOptions options, int votes) {
    var score = col("score");
    if (has.test("step_scores")) {
      score =
          coalesce(
              score,
              call_function(
                  "step_score",
                  col("step_scores"),
                  lit(options.steps().name().toLowerCase(Locale.ROOT))));
    }
    if (has.test("votes")) {
      score = coalesce(score, votes(options, votes));
    }
    return score;
  }

  /** Mean of the first votes; an answer that isn't there has none to its credit. */
  static Column votes(SelectOptions options, int votes) {
    return when(
        col("votes").isNotNull(),
        when(col("verdict").equalTo("missing"), 0.0)
            .otherwise(
                call_function(
                    "vote_score",
                    col("votes"),
                    lit(votes),
                    lit(options.missingVotes().name().toLowerCase(Locale.ROOT)))));
  }

  /**
   * One row a prompt, with the columns of {@link PromptSamples#summedSchema}.
   *
   * @param rows Score rows
   * @param has which columns of ours the input has
   */
  static Dataset<Row> of(Dataset<Row> rows, Predicate<String> has, SelectOptions options) {
    var sample = new ArrayList<Column>();
    sample.add(col("prompt_id"));
    sample.add(substring(col("prompt"), 1, LONGEST_SHOWN).as("prompt"));
    sample.add(substring(col("target"), 1, LONGEST_SHOWN).as("target"));
    sample.add(col("level"));
    sample.add(col("prompt_tokens"));
    sample.add(col("completion_tokens"));
    sample.add((has.test("answer") ? col("answer") : col("text")).as("answer"));
    sample.add(col("sample_index").cast("double").as("index"));
    sample.add(credit().as("credit"));
    sample.add(score(has, options, options.votes()).as("score"));
    sample.add(coalesce(col("length"), length(col("text")).cast("long")).cast("double").as("size"));
    if (has.test(TOKENS_OF)) {
      sample.add(col(TOKENS_OF).cast("double").as("token_count"));
    }
    for (int votes : options.voteCounts()) {
      sample.add(votes(options, votes).as("score_v" + votes));
    }
    return Gathering.of(rows.select(sample.toArray(Column[]::new)), more(has, options));
  }

  /** Names of the packed numbers that only some inputs and options bring. */
  static List<String> more(Predicate<String> has, SelectOptions options) {
    var names = new ArrayList<String>();
    if (has.test(TOKENS_OF)) {
      names.add(TOKENS);
    }
    options.voteCounts().forEach(votes -> names.add("scores_v" + votes));
    return names;
  }

  /**
   * One row a prompt with its curves and choices.
   *
   * @param prompts of {@link #of}, all samples judged where there are curves
   */
  static Dataset<Row> evaluated(
      Dataset<Row> prompts, List<Selectors.Curve> curves, List<Selectors.Choice> choices) {
    var columns = new ArrayList<Column>();
    for (var name :
        List.of("prompt_id", "prompt", "target", "level", "n", "pass_rate", "ceiling")) {
      columns.add(col(name));
    }
    if (!curves.isEmpty()) {
      columns.addAll(List.of(Curves.columns(curves)));
    }
    columns.add(
        choices.isEmpty()
            ? lit(null).cast(DataTypes.createArrayType(CHOICE)).as("choices")
            : array(choices.stream().map(Prompts::chosen).toArray(Column[]::new)).as("choices"));
    return prompts.select(columns.toArray(Column[]::new));
  }

  private static Column chosen(Selectors.Choice choice) {
    var at = choice.pick().getField("position");
    return struct(
            lit(choice.name()).as("selector"),
            NUMBER.apply(col("indices"), at).cast("int").as("sample_index"),
            TEXT.apply(col("answers"), at).as("answer"),
            NUMBER.apply(choice.scores(), at).as("score"),
            choice.pick().getField("credit").as("credit"),
            choice.pick().getField("tied").as("tied"))
        .cast(CHOICE);
  }

  /**
   * Packed numbers filled up.
   *
   * @param total samples that the prompt should have; 0 for as many as there are
   */
  static Column padded(Column numbers, int total, double filler) {
    return total == 0 ? numbers : PADDED.apply(numbers, lit(total), lit(filler));
  }

  /** Packed answers filled up with samples that have none. */
  static Column padded(Column answers, int total) {
    return total == 0 ? answers : PADDED_TEXTS.apply(answers, lit(total));
  }

  /** Packed numbers with the other sign. */
  static Column negated(Column numbers) {
    return NEGATED.apply(numbers);
  }
}
