package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.millrace.batch.inference.Embeddings;
import org.millrace.batch.inference.model.BundledModel;
import org.millrace.batch.job.Run;
import org.millrace.batch.strategies.cluster.DpMeansSettings;
import org.millrace.batch.strategies.cluster.LambdaChoice;
import org.millrace.batch.strategies.cluster.SparkDpMeans;
import org.millrace.command.UserError;
import org.millrace.kernel.strategy.answers.ThoughtSteps;
import org.millrace.kernel.strategy.cluster.DpMeans;

/**
 * Sampled answers as a table of steps, so that they go the way of learners: an answer is a learner
 * that meets one problem, its prompt; a step's skill is the cluster of the step's meaning, named
 * after the text that is nearest to its centre. Numbers in steps count as one and the same: the
 * same way with other numbers is no other strategy.
 *
 * @param answers {@code prompt_id, sample_index, answer, verdict} of all that could be read
 * @param steps as of {@link StepTable}
 */
record AnswerTable(Dataset<Row> answers, Dataset<Row> steps) {

  /** Stands between a prompt's id and an answer's number in the name of the answer. */
  static final String NUMBER = "#";

  /** Clusters of steps that are tried as a start; DP-means opens more where λ asks for them. */
  private static final int START = 2;

  private static final String ANY_NUMBER = "[0-9]+([.,][0-9]+)*";
  private static final String NOT_HAN = "[^\\u4e00-\\u9fff]";
  private static final double CHINESE = .2;
  private static final int NAME = 120;

  /**
   * Reads answers, cuts them into steps and clusters the steps.
   *
   * @param language en, zh, or null to tell by the texts
   * @param lambda what a cluster of steps costs: the squared distance of unit vectors beyond which
   *     a step is another one
   * @param seed of all draws
   */
  static AnswerTable read(Run run, String language, double lambda, long seed) throws Exception {
    var samples = run.samples();
    if (!samples.has("text")) {
      throw new UserError("--format answers needs the column text; name it with --columns text=…");
    }
    var split =
        udf(
                (UDF1<String, String[]>) text -> ThoughtSteps.split(text).toArray(String[]::new),
                DataTypes.createArrayType(DataTypes.StringType))
            .withName("thought_steps");
    var answers =
        run.quarantine()
            .accept(samples)
            .select("prompt_id", "sample_index", "answer", "verdict", "text")
            .persist(StorageLevel.MEMORY_AND_DISK());
    var steps =
        answers
            .where(col("text").isNotNull())
            .select(
                col("prompt_id"),
                col("sample_index"),
                outcome().as("outcome"),
                posexplode(split.apply(col("text"))).as(new String[] {"pos", "step"}))
            .withColumn("step", regexp_replace(col("step"), ANY_NUMBER, "#"))
            .persist(StorageLevel.MEMORY_AND_DISK());
    long count = steps.count();
    run.settle();
    if (count == 0) {
      throw new UserError("--input %s: no answer has a step", run.inputName());
    }
    run.record("steps", count);
    long without = answers.count() - steps.select("prompt_id", "sample_index").distinct().count();
    run.dropped("answers_without_steps", without);
    var skills = skills(run, steps, language, lambda, seed);
    var table =
        steps
            .join(skills, "step")
            .select(
                concat(col("prompt_id"), lit(NUMBER), col("sample_index")).as("student"),
                lit("").as("hierarchy"),
                col("prompt_id").as("problem"),
                lit(1).as("view"),
                col("pos").cast("long").as("ord"),
                col("pos").cast("long").as("line"),
                array(col("skill")).as("skills"),
                col("outcome"));
    return new AnswerTable(answers.drop("text"), table);
  }

  private static Column outcome() {
    return when(col("verdict").equalTo("correct"), 1).when(col("verdict").isNotNull(), 0);
  }

  /** {@code step, skill} of each different step. */
  private static Dataset<Row> skills(
      Run run, Dataset<Row> steps, String language, double lambda, long seed) throws Exception {
    var texts = steps.select(col("step").as("id")).distinct();
    var model = model(steps, language);
    var vectors =
        Embeddings.of(texts, "id", model)
            .withColumnRenamed(Embeddings.COLUMN, "vector")
            .persist(StorageLevel.MEMORY_AND_DISK());
    long different = run.phase("steps embedded", vectors::count);
    var settings =
        new DpMeansSettings(
            LambdaChoice.squared(lambda),
            DpMeansSettings.Variant.OCC,
            1,
            DpMeans.ROUNDS,
            START,
            DpMeansSettings.EPOCH,
            seed);
    var found = run.phase("steps clustered", () -> SparkDpMeans.of(vectors, settings));
    run.record("different_steps", different);
    run.record("step_clusters", found.fit().centres().count());
    run.log("%,d different steps in %,d clusters", different, found.fit().centres().count());
    var labels = found.labels().persist(StorageLevel.MEMORY_AND_DISK());
    var names =
        labels
            .groupBy("cluster")
            .agg(min_by(col("id"), struct("d2", "id")).as("nearest"))
            .select(
                col("cluster"),
                // The number keeps names apart whose beginnings are the same.
                when(length(col("nearest")).leq(NAME), col("nearest"))
                    .otherwise(
                        concat(
                            col("nearest").substr(1, NAME), lit("… ("), col("cluster"), lit(")")))
                    .as("skill"));
    return labels.join(names, "cluster").select(col("id").as("step"), col("skill"));
  }

  private static BundledModel model(Dataset<Row> steps, String language) {
    if (language != null) {
      return language.equals("zh") ? BundledModel.BGE_ZH : BundledModel.MINI_LM_EN;
    }
    var sizes =
        steps
            .limit(10_000)
            .agg(
                coalesce(sum(length(regexp_replace(col("step"), NOT_HAN, ""))), lit(0L)),
                sum(length(col("step"))))
            .head();
    return sizes.getLong(0) > CHINESE * sizes.getLong(1)
        ? BundledModel.BGE_ZH
        : BundledModel.MINI_LM_EN;
  }

  /** Prompt and number of an answer from what it is called as a learner. */
  static Column[] key() {
    return new Column[] {
      col("problem").as("prompt_id"),
      substring_index(col("student"), NUMBER, -1).cast("int").as("sample_index")
    };
  }
}
