package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;

import java.util.ArrayList;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.strategy.answers.AnswerDiversity;

/** How many ways of solving it a prompt's answers show, and how rare the way of an answer is. */
final class AnswerStrategies {

  private static final StructType DIVERSITY =
      StructType.fromDDL(
          "prompt_id string, answers int, strategies int, effective double,"
              + " coverage array<struct<k: int, strategies: double>>");

  private AnswerStrategies() {}

  /**
   * Strategies of answers.
   *
   * @param keyed instances of {@link AnswerTable} with keys
   * @param answers as of {@link AnswerTable}
   * @return {@code prompt_id, sample_index, answer, verdict, strategy, score, skills}; the score is
   *     1 less the share of the prompt's answers that follow the same strategy, so that {@code
   *     select} and {@code curate} can prefer what is rare
   */
  static Dataset<Row> of(Dataset<Row> keyed, Dataset<Row> answers) {
    var prompt = Window.partitionBy("problem");
    var strategy = Window.partitionBy("problem", "student_cluster");
    var key = AnswerTable.key();
    return keyed
        .withColumn(
            "score",
            lit(1.0).minus(count(lit(1)).over(strategy).divide(count(lit(1)).over(prompt))))
        .select(key[0], key[1], col("student_cluster").as("strategy"), col("score"), col("skills"))
        .join(answers, new String[] {"prompt_id", "sample_index"})
        .select("prompt_id", "sample_index", "answer", "verdict", "strategy", "score", "skills");
  }

  /**
   * Diversity of prompts.
   *
   * @param answers of {@link #of}
   * @return {@code prompt_id, answers, strategies, effective, coverage}: how many there are of
   *     each, the number of equally frequent strategies that would be as mixed, and how many k
   *     answers are expected to show, for k in powers of two and all
   */
  static Dataset<Row> diversity(Dataset<Row> answers) {
    return answers
        .groupBy("prompt_id")
        .agg(sort_array(collect_list("strategy")).as("strategies"))
        .map((MapFunction<Row, Row>) AnswerStrategies::diversity, Encoders.row(DIVERSITY));
  }

  private static Row diversity(Row prompt) {
    var strategies = prompt.<Integer>getList(1).stream().mapToInt(i -> i).toArray();
    var diversity = AnswerDiversity.of(strategies);
    var coverage = new ArrayList<Row>();
    for (int k = 1; k < strategies.length; k *= 2) {
      coverage.add(RowFactory.create(k, diversity.expectedDistinct(k)));
    }
    coverage.add(RowFactory.create(strategies.length, (double) diversity.distinct()));
    return RowFactory.create(
        prompt.getString(0),
        strategies.length,
        diversity.distinct(),
        diversity.effective(),
        coverage.toArray(Row[]::new));
  }
}
