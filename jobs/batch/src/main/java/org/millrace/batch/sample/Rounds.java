package org.millrace.batch.sample;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.millrace.batch.job.Run;
import org.millrace.batch.sample.engine.FinishReason;
import org.millrace.batch.sample.engine.Price;
import org.millrace.command.UserError;

/** Samples round by round, writes each, and counts. */
final class Rounds {

  /** The class of the reason for which a rejected prompt is in the quarantine. */
  static final String REJECTED = "prompt rejected";

  /** What was stopped and what it took, beside the output. */
  static final String CANCELLED = "_cancelled";

  private static final Column FAILED = is(FinishReason.ERROR);
  private static final Column IS_REJECTED = is(FinishReason.REJECTED);
  private static final Column IS_CANCELLED = is(FinishReason.CANCELLED);

  private final Run run;
  private final Journal journal;
  private final AnswerTable output;
  private final LongAccumulator calls;
  private Spent spent = Spent.NOTHING;
  private long failed;
  private long rejected;
  private long unasked;
  private long cancelled;
  private String why;

  Rounds(Run run, Journal journal, AnswerTable output) {
    this.run = run;
    this.journal = journal;
    this.output = output;
    this.calls = run.spark().sparkContext().longAccumulator("calls");
  }

  private static Column is(FinishReason reason) {
    return col("finish_reason").equalTo(reason.code());
  }

  /** Counts the calls of the tasks. */
  LongAccumulator calls() {
    return calls;
  }

  /** What the rounds so far took. */
  Spent spent() {
    return spent;
  }

  /** Answers for which a call failed. */
  long failed() {
    return failed;
  }

  /** Answers that the budget did not allow. */
  long unasked() {
    return unasked;
  }

  /** Samples prompts, and writes their answers; then the journal is not needed any more. */
  void run(String name, Dataset<Row> prompts, SampleTask task) throws Exception {
    var answers =
        prompts
            .repartition(run.spark().sparkContext().defaultParallelism(), col("prompt_id"))
            .mapPartitions(task, Encoders.row(SampleTask.TYPE))
            .persist(StorageLevel.MEMORY_AND_DISK());
    var counts =
        run.phase(
            name,
            () -> {
              output.add(answers.where(col("error").isNull()));
              return answers
                  .agg(
                      count(when(col("error").isNull(), lit(1))),
                      count(when(FAILED, lit(1))),
                      count(when(IS_REJECTED, lit(1))),
                      count(when(is(FinishReason.UNASKED), lit(1))),
                      coalesce(sum("prompt_tokens"), lit(0L)),
                      coalesce(sum("completion_tokens"), lit(0L)),
                      count(when(IS_CANCELLED, lit(1))),
                      min(when(FAILED.or(IS_REJECTED), col("error"))))
                  .head();
            });
    if (counts.getLong(1) > 0) {
      run.quarantine()
          .add(without(answers.where(FAILED), "no answer", "prompt_id", "sample_index", "prompt"));
    }
    if (counts.getLong(2) > 0) {
      var once = answers.where(IS_REJECTED).dropDuplicates("prompt_id");
      run.quarantine().add(without(once, REJECTED, "prompt_id", "prompt"));
    }
    if (counts.getLong(6) > 0) {
      cancelled(answers.where(IS_CANCELLED));
    }
    failed += counts.getLong(1);
    rejected += counts.getLong(2);
    unasked += counts.getLong(3);
    cancelled += counts.getLong(6);
    why = why == null ? counts.getString(7) : why;
    spent =
        new Spent(
            spent.answers() + counts.getLong(0),
            spent.promptTokens() + counts.getLong(4),
            spent.completionTokens() + counts.getLong(5),
            calls.value());
    answers.unpersist();
    journal.clear();
  }

  private void cancelled(Dataset<Row> answers) {
    answers
        .select("prompt_id", "sample_index", "prompt_tokens", "completion_tokens")
        .write()
        .mode(SaveMode.Append)
        .parquet(new Path(run.folder(), CANCELLED).toString());
  }

  /** What the answers that earlier runs of a folder have stopped took, as far as it is known. */
  static Spent spentOnCancelled(Run run) throws IOException {
    var path = new Path(run.folder(), CANCELLED);
    var files = path.getFileSystem(run.spark().sparkContext().hadoopConfiguration());
    return files.exists(path)
        ? Spent.onNothing(run.spark().read().parquet(path.toString()))
        : Spent.NOTHING;
  }

  /** What there is no answer to, as records of the quarantine. */
  private static Dataset<Row> without(Dataset<Row> answers, String kind, String... columns) {
    var record = Stream.of(columns).map(name -> col(name)).toArray(Column[]::new);
    return answers.select(
        concat(lit(kind + ": "), col("error")).as("reason"),
        lit(null).cast("string").as("file"),
        lit(null).cast("long").as("line"),
        to_json(struct(record)).as("record"));
  }

  /**
   * Records what there is in the manifest.
   *
   * @param before what earlier runs of the folder have spent
   */
  void record(long prompts, Spent before, Price price) {
    var all = before.plus(spent);
    run.record("prompts", prompts);
    run.record("answers", spent.answers());
    run.record("answers_in_all", all.answers());
    run.record("failed", failed);
    run.record("unasked", unasked);
    run.record("cancelled", cancelled);
    run.record("calls", spent.calls());
    run.record("prompt_tokens", all.promptTokens());
    run.record("completion_tokens", all.completionTokens());
    run.log(
        "%,d answers to %,d prompts; %,d tokens read and %,d written in all%s",
        spent.answers(),
        prompts,
        all.promptTokens(),
        all.completionTokens(),
        price.equals(new Price(0, 0))
            ? ""
            : ", for %.2f".formatted(price.of(all.promptTokens(), all.completionTokens())));
  }

  /**
   * Ends a run in which answers lack.
   *
   * @param before what earlier runs of the folder have spent
   */
  void end(Spent before) throws Exception {
    boolean none = before.plus(spent).answers() == 0;
    if (failed > 0) {
      run.settle();
      throw none
          ? new UserError("no answer could be had: %s; --mode resume asks again", why)
          : new UserError(
              "%,d answers failed (%s), see _quarantine; --mode resume asks for them again",
              failed, why);
    }
    if (none && rejected > 0) {
      run.settle();
      throw new UserError("no answer could be had, every prompt was rejected: %s", why);
    }
    if (unasked > 0) {
      run.settle();
      throw new UserError(
          "the budget ends here, %,d answers were not asked for; --mode resume with a larger one"
              + " goes on",
          unasked);
    }
  }
}
