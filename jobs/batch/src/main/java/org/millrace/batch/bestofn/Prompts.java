package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Samples gathered by prompt: one row a prompt, {@code samples} an array of structs in the order of
 * the sample index. Memory is bounded by the largest prompt.
 *
 * <p>Fields of a sample: {@code sample_index}; {@code credit}, 0 to 1; {@code score}, null for no
 * candidate; {@code size}, its length; {@code answer}, null for no vote; {@code score_v1}… where
 * the comparison over numbers of votes wants them.
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

  private Prompts() {}

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

  /** One row a prompt. */
  static Dataset<Row> of(Dataset<Row> rows, Predicate<String> has, SelectOptions options) {
    var fields = new ArrayList<Column>();
    fields.add(col("sample_index"));
    fields.add(credit().as("credit"));
    fields.add(score(has, options, options.votes()).as("score"));
    fields.add(coalesce(col("length"), length(col("text")).cast("long")).cast("double").as("size"));
    fields.add((has.test("answer") ? col("answer") : col("text")).as("answer"));
    for (int votes : options.voteCounts()) {
      fields.add(votes(options, votes).as("score_v" + votes));
    }
    var sample = fields.toArray(Column[]::new);
    var grouped =
        rows.groupBy("prompt_id")
            .agg(
                sort_array(collect_list(struct(sample))).as("samples"),
                first("prompt", true).as("prompt"),
                first("target", true).as("target"),
                first("level", true).as("level"),
                sum("prompt_tokens").as("prompt_tokens"),
                sum("completion_tokens").as("completion_tokens"));
    return grouped
        .withColumn("n", size(col("samples")))
        .withColumn(
            "copies",
            size(col("samples")).minus(size(array_distinct(col("samples.sample_index")))));
  }

  /**
   * One row a prompt with its curves and choices.
   *
   * @param rows Score rows, those without a verdict left out where the truth is known
   * @param has which columns of ours the input has
   */
  static Dataset<Row> evaluated(
      Dataset<Row> rows,
      Predicate<String> has,
      SelectOptions options,
      List<Selectors.Curve> curves,
      List<Selectors.Choice> choices) {
    var grouped = of(rows, has, options);
    var columns = new ArrayList<Column>();
    columns.add(col("prompt_id"));
    columns.add(substring(col("prompt"), 1, 300).as("prompt"));
    columns.add(substring(col("target"), 1, 300).as("target"));
    columns.add(col("level"));
    columns.add(col("n"));
    columns.add(col("copies"));
    columns.add(col("prompt_tokens"));
    columns.add(col("completion_tokens"));
    columns.add(
        org.apache
            .spark
            .sql
            .functions
            .aggregate(col("samples.credit"), lit(0.0), (total, credit) -> total.plus(credit))
            .divide(col("n"))
            .as("pass_rate"));
    columns.add(array_max(col("samples.credit")).as("ceiling"));
    if (!curves.isEmpty()) {
      columns.addAll(List.of(Curves.columns(curves)));
    }
    columns.add(
        choices.isEmpty()
            ? lit(null).cast(DataTypes.createArrayType(CHOICE)).as("choices")
            : array(choices.stream().map(Prompts::chosen).toArray(Column[]::new)).as("choices"));
    return grouped.select(columns.toArray(Column[]::new));
  }

  private static Column chosen(Selectors.Choice choice) {
    var at = choice.pick().getField("position");
    return struct(
            lit(choice.name()).as("selector"),
            get(col("samples.sample_index"), at).as("sample_index"),
            get(col("samples.answer"), at).as("answer"),
            get(choice.scores(), at).as("score"),
            choice.pick().getField("credit").as("credit"),
            choice.pick().getField("tied").as("tied"))
        .cast(CHOICE);
  }

  /**
   * A field of the samples as an array, filled up to {@code total} with {@code filler}.
   *
   * @param total samples that the prompt should have; 0 for as many as there are
   */
  static Column field(String name, int total, Column filler) {
    var values = col("samples." + name);
    return total == 0 ? values : concat(values, array_repeat(filler, lit(total).minus(col("n"))));
  }

  /** The lengths, or their negatives, as scores. */
  static Column lengths(double sign, int total) {
    var values = transform(col("samples.size"), size -> size.multiply(sign));
    return total == 0
        ? values
        : concat(values, array_repeat(lit(Double.NEGATIVE_INFINITY), lit(total).minus(col("n"))));
  }
}
