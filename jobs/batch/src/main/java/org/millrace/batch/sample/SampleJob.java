package org.millrace.batch.sample;

import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.storage.StorageLevel;
import org.millrace.batch.job.BatchJob;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;
import org.millrace.batch.sample.engine.Engines;
import org.millrace.batch.sample.engine.FinishReason;
import org.millrace.batch.sample.engine.Parameters;
import org.millrace.batch.sample.engine.ReplayEngine;
import org.millrace.command.UserError;
import org.millrace.command.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prompts to N answers each: {@code Dataset<Prompt> -> Dataset<Sample>}. Works in rounds of some
 * thousand prompts; a resumed run asks only for the answers that lack.
 */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Samples N answers a prompt through an engine: prompts in, answers out.",
    footer = {
      "",
      "Example:",
      "  millrace sample --engine search --n 16 --input prompts.jsonl --output samples/"
    })
public final class SampleJob extends BatchJob {

  private static final String REJECTED = "prompt rejected";

  @Option(
      names = "--engine",
      defaultValue = "search",
      paramLabel = "NAME",
      description =
          "search: a small solver of Game of 24 and Countdown prompts, needs nothing; replay:"
              + " answers that the input carries as text. Default: ${DEFAULT-VALUE}.")
  String engine;

  @Option(
      names = "--engine-option",
      paramLabel = "KEY=VALUE",
      description = "An option of the engine, may be repeated: search takes effort=3.")
  Map<String, String> engineOptions = new LinkedHashMap<>();

  @Option(
      names = "--n",
      defaultValue = "16",
      paramLabel = "N",
      description = "Answers a prompt. Default: ${DEFAULT-VALUE}.")
  int n;

  @Option(
      names = "--n-per-call",
      defaultValue = "8",
      paramLabel = "N",
      description = "Most answers to ask for in one call. Default: ${DEFAULT-VALUE}.")
  int perCall;

  @Option(
      names = "--temperature",
      defaultValue = "0.8",
      description = "Sampling temperature, at least 0. Default: ${DEFAULT-VALUE}.")
  double temperature;

  @Option(
      names = "--top-p",
      defaultValue = "1.0",
      description = "Share of the probability to sample from, 0 to 1. Default: ${DEFAULT-VALUE}.")
  double topP;

  @Option(
      names = "--max-tokens",
      defaultValue = "2048",
      description = "Longest answer in tokens. Default: ${DEFAULT-VALUE}.")
  int maxTokens;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Seed of the randomness. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--prompts-per-round",
      defaultValue = "2000",
      paramLabel = "PROMPTS",
      description =
          "Prompts between two writes: what a killed run loses at most."
              + " Default: ${DEFAULT-VALUE}.")
  int perRound;

  /** Runs the job, by spark-submit or by itself. */
  public static void main(String[] args) {
    main(new SampleJob(), args);
  }

  @Override
  protected Run.Resume resume() {
    return Run.Resume.CONTINUE;
  }

  @Override
  protected void check() {
    if (n < 1 || perCall < 1 || perRound < 1) {
      throw UserError.usage("--n, --n-per-call and --prompts-per-round must be at least 1");
    }
    try {
      parameters();
      Engines.create(engine, engineOptions, id -> List.of()).close();
    } catch (IllegalArgumentException e) {
      throw UserError.usage("--engine %s: %s", engine, e.getMessage());
    }
  }

  private Parameters parameters() {
    return new Parameters(temperature, topP, maxTokens, seed);
  }

  @Override
  protected void run(Run run) throws Exception {
    var samples = run.samples();
    boolean replays = engine.equals(ReplayEngine.NAME);
    var needed = replays ? "text" : "prompt";
    if (!samples.has(needed)) {
      throw new UserError(
          "--engine %s needs the column %s; name it with --columns %s=…", engine, needed, needed);
    }
    var prompts =
        (replays ? recorded(run.quarantine().accept(samples)) : asked(run, samples))
            .persist(StorageLevel.MEMORY_AND_DISK());
    long total = prompts.count();
    long rounds = Math.max(1, (total + perRound - 1) / perRound);
    var todo = lacking(run, prompts);
    var task = new SampleTask(engine, Map.copyOf(engineOptions), parameters(), perCall, replays);
    var failing = col("finish_reason").equalTo(FinishReason.ERROR.code());
    var rejected = col("finish_reason").equalTo(FinishReason.REJECTED.code());
    long answered = 0;
    long failed = 0;
    for (long round = 0; round < rounds; round++) {
      var part = todo.where(pmod(xxhash64(col("prompt_id")), lit(rounds)).equalTo(round));
      var answers =
          part.repartition(run.spark().sparkContext().defaultParallelism(), col("prompt_id"))
              .mapPartitions(task, Encoders.row(SampleTask.TYPE))
              .persist(StorageLevel.MEMORY_AND_DISK());
      var name = rounds == 1 ? "sampled" : "round " + (round + 1) + " of " + rounds;
      var counts =
          run.phase(
              name,
              () -> {
                run.write(answers.where(col("error").isNull()), "");
                return answers
                    .agg(
                        count(when(col("error").isNull(), lit(1))),
                        count(when(failing, lit(1))),
                        count(when(rejected, lit(1))),
                        coalesce(sum("prompt_tokens"), lit(0L)),
                        coalesce(sum("completion_tokens"), lit(0L)))
                    .head();
              });
      if (counts.getLong(1) > 0) {
        run.quarantine()
            .add(
                without(
                    answers.where(failing), "no answer", "prompt_id", "sample_index", "prompt"));
      }
      if (counts.getLong(2) > 0) {
        run.quarantine()
            .add(
                without(
                    answers.where(rejected).dropDuplicates("prompt_id"),
                    REJECTED,
                    "prompt_id",
                    "prompt"));
      }
      answered += counts.getLong(0);
      failed += counts.getLong(1);
      run.record("prompt_tokens", run.counted("prompt_tokens") + counts.getLong(3));
      run.record("completion_tokens", run.counted("completion_tokens") + counts.getLong(4));
      answers.unpersist();
    }
    run.record("prompts", total);
    run.record("answers", answered);
    run.record("failed", failed);
    run.log("%,d answers to %,d prompts", answered, total);
    if (failed > 0) {
      run.settle();
      throw new UserError(
          "%,d answers failed, see _quarantine; --mode resume asks for them again", failed);
    }
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
   * Adds {@code lacking}, the sample indices that are not yet answered. Prompts that lack none, or
   * that the engine has rejected, are left out.
   */
  private Dataset<Row> lacking(Run run, Dataset<Row> given) throws Exception {
    var rejected = run.quarantine().keep(REJECTED);
    var prompts =
        rejected.isEmpty()
            ? given
            : given.join(
                rejected
                    .get()
                    .select(get_json_object(col("record"), "$.prompt_id").as("prompt_id")),
                new String[] {"prompt_id"},
                "left_anti");
    var all = sequence(lit(0), lit(n - 1));
    var written = run.written();
    if (written.isEmpty()) {
      return prompts.withColumn("lacking", all);
    }
    var answered =
        written
            .get()
            .groupBy("prompt_id")
            .agg(collect_set(col("sample_index").cast("int")).as("answered"));
    return prompts
        .join(answered, new String[] {"prompt_id"}, "left")
        .withColumn(
            "lacking",
            when(col("answered").isNull(), all)
                .otherwise(sort_array(array_except(all, col("answered")))))
        .drop("answered")
        .where(size(col("lacking")).gt(0));
  }
}
