package org.millrace.batch.sample;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.storage.StorageLevel;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;
import org.millrace.command.UserError;

/** The prompts of a run, one row each, and which of their answers lack. */
final class SamplePrompts {

  private static final Column NO_TEXTS = array().cast("array<struct<index:int,text:string>>");

  private final Run run;
  private final Dataset<Row> prompts;

  private SamplePrompts(Run run, Dataset<Row> prompts) {
    this.run = run;
    this.prompts = prompts.persist(StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * Prompts that a job has made.
   *
   * @param prompts with prompt_id, prompt, target, level and recorded, each key once
   */
  static SamplePrompts of(Run run, Dataset<Row> prompts) {
    return new SamplePrompts(run, prompts);
  }

  /**
   * Those of the input.
   *
   * @param recorded whether the input has samples, whose texts are to be replayed
   */
  static SamplePrompts of(Run run, boolean recorded) throws IOException {
    var samples = run.samples();
    var needed = recorded ? "text" : "prompt";
    if (!samples.has(needed)) {
      throw new UserError(
          "the engine needs the column %s; name it with --columns %s=…", needed, needed);
    }
    return new SamplePrompts(
        run, recorded ? recorded(run.quarantine().accept(samples)) : asked(run, samples));
  }

  long count() {
    return prompts.count();
  }

  /** Lets go of what is kept of them. */
  void forget() {
    prompts.unpersist();
  }

  /** One row a prompt. */
  private static Dataset<Row> asked(Run run, Samples samples) {
    var copy =
        row_number().over(Window.partitionBy("prompt_id").orderBy("_file", "_block", "_row"));
    var rows =
        samples
            .rows()
            .withColumn("_copy", copy)
            .withColumn(
                "_reason",
                when(col("_reason").isNotNull(), col("_reason"))
                    .when(col("prompt").isNull(), "no prompt")
                    .when(col("_copy").gt(1), "duplicate key prompt_id"))
            .drop("_copy");
    return run.quarantine()
        .accept(samples.with(rows))
        .select(
            col("prompt_id"),
            col("prompt"),
            col("target"),
            col("level"),
            lit(null).cast("array<string>").as("recorded"));
  }

  /** One row a prompt with its recorded answers in order. */
  private static Dataset<Row> recorded(Dataset<Row> samples) {
    return samples
        .groupBy("prompt_id")
        .agg(
            first("prompt", true).as("prompt"),
            first("target", true).as("target"),
            first("level", true).as("level"),
            sort_array(collect_list(struct(col("sample_index"), col("text"))))
                .getField("text")
                .as("recorded"));
  }

  /**
   * Writes what a run that was cut short has taken down and not written.
   *
   * @param output where that is to be
   */
  void adopt(Journal journal, AnswerTable output) throws IOException {
    var written = output.rows();
    var noted = journal.all(run.spark());
    if (noted == null) {
      return;
    }
    var fresh =
        written.isEmpty()
            ? noted
            : noted.join(
                written
                    .get()
                    .select(col("prompt_id"), col("sample_index").cast("int").as("sample_index")),
                new String[] {"prompt_id", "sample_index"},
                "left_anti");
    var columns = new Column[SampleTask.TYPE.length()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = col(SampleTask.TYPE.fieldNames()[i]);
    }
    var rows =
        fresh
            .join(prompts.drop("recorded"), "prompt_id")
            .withColumn("error", lit(null).cast("string"))
            .select(columns);
    output.add(rows);
    journal.clear();
  }

  /**
   * Adds {@code lacking}, the sample indices that are not yet answered; for a policy that counts
   * votes {@code given} too, the others with their texts. Prompts that lack none, or that the
   * engine has rejected, are left out.
   *
   * @param rejected as an earlier run has set them apart
   */
  Dataset<Row> lacking(
      int n, Policy policy, Optional<Dataset<Row>> written, Optional<Dataset<Row>> rejected) {
    var left =
        rejected.isEmpty()
            ? prompts
            : prompts.join(
                rejected
                    .get()
                    .select(get_json_object(col("record"), "$.prompt_id").as("prompt_id")),
                new String[] {"prompt_id"},
                "left_anti");
    var all = sequence(lit(0), lit(n - 1));
    if (written.isEmpty()) {
      var nothing = left.withColumn("lacking", all);
      return policy.isFixed() ? nothing : nothing.withColumn("given", NO_TEXTS);
    }
    var index = col("sample_index").cast("int").as("index");
    var texts = sort_array(collect_list(struct(index, col("text"))));
    var groups = written.get().groupBy("prompt_id");
    var indices = collect_set(index).as("answered");
    var answered = policy.isFixed() ? groups.agg(indices) : groups.agg(indices, texts.as("given"));
    var lacking =
        left.join(answered, new String[] {"prompt_id"}, "left")
            .withColumn(
                "lacking",
                when(col("answered").isNull(), all)
                    .otherwise(sort_array(array_except(all, col("answered")))))
            .drop("answered")
            .where(size(col("lacking")).gt(0));
    if (!policy.isFixed()) {
      lacking = lacking.withColumn("given", coalesce(col("given"), NO_TEXTS));
    }
    if (policy.isRace()) {
      lacking = lacking.where(size(col("given")).lt(policy.rule().firstOf()));
    }
    // As an RDD it is no reading of the output folder for Spark, which would else make all that is
    // cached of it anew with every write there: and buy all answers again.
    return run.spark().createDataFrame(lacking.javaRDD(), lacking.schema());
  }
}
