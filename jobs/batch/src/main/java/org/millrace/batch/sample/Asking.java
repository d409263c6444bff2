package org.millrace.batch.sample;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.millrace.batch.job.Run;
import org.millrace.batch.sample.engine.ReplayEngine;
import org.millrace.command.UserError;

/**
 * Asks an engine the prompts that another job makes, as {@code sample} asks those of a user: within
 * the same budgets and limits, with the same retries and the same journal. What is bought is kept
 * in folders of the output; a resumed run asks for what lacks.
 */
public final class Asking {

  /**
   * What is asked: a key, the text that the engine reads, and texts that {@code replay} gives
   * instead, in order; null without that engine.
   */
  public static final StructType PROMPTS =
      new StructType()
          .add("prompt_id", DataTypes.StringType)
          .add("prompt", DataTypes.StringType)
          .add("recorded", DataTypes.createArrayType(DataTypes.StringType));

  private static final Policy ALL = Policy.of("fixed", Map.of(), null, Map.of());

  private final Run run;
  private final String engine;
  private final EngineOptions options;
  private final List<AnswerTable> tables;
  private Optional<Dataset<Row>> rejected;
  private Spent before = Spent.NOTHING;
  private Spent spent = Spent.NOTHING;
  private long failed;
  private long unasked;

  /**
   * @param folders of the output that this run asks into; what is in them counts as spent
   */
  public Asking(Run run, String engine, EngineOptions options, List<String> folders)
      throws IOException {
    this.run = run;
    this.engine = engine;
    this.options = options;
    this.tables = folders.stream().map(name -> new AnswerTable(run, name)).toList();
    for (var table : tables) {
      before = before.plus(Spent.of(table.rows()));
    }
  }

  /** Whether answers are recorded ones. */
  public boolean replays() {
    return engine.equals(ReplayEngine.NAME);
  }

  /**
   * Says what the answers that lack would take and cost.
   *
   * @param prompts of {@link #PROMPTS}
   * @param n answers a prompt
   */
  public void estimate(String folder, Dataset<Row> prompts, int n) throws IOException {
    var written = table(folder).rows();
    var lacking = asked(prompts).lacking(n, ALL, written, Optional.empty());
    var estimate = Estimate.of(lacking, options.perCall, options.maxTokens, Spent.of(written));
    run.log("%s: %s", folder, estimate.text(options.spending.price()));
  }

  /**
   * Buys the answers that lack.
   *
   * @param folder one of this run's
   * @param prompts of {@link #PROMPTS}; a key is never asked in two folders
   * @param n answers a prompt, of the sample indices 0 to n - 1
   * @return all answers that there are, rows of the Sample contract. Where a call failed there is
   *     none: {@link #end} tells of those
   */
  public Dataset<Row> answers(String folder, Dataset<Row> prompts, int n) throws Exception {
    if (rejected == null) {
      rejected = run.quarantine().keep(Rounds.REJECTED);
    }
    var table = table(folder);
    var journal =
        new Journal(
            table.journal().toString(),
            new SerializableConfiguration(run.spark().sparkContext().hadoopConfiguration()));
    var wanted = asked(prompts);
    wanted.adopt(journal, table);
    long rounds = Math.max(1, (wanted.count() + options.perRound - 1) / options.perRound);
    var todo = wanted.lacking(n, ALL, table.rows(), rejected);
    var sampled = new Rounds(run, journal, table);
    for (long round = 0; round < rounds; round++) {
      var name = rounds == 1 ? folder : folder + " " + (round + 1) + " of " + rounds;
      var part = todo.where(pmod(xxhash64(col("prompt_id")), lit(rounds)).equalTo(round));
      sampled.run(name, part, task(journal, round, n, sampled));
    }
    wanted.forget();
    spent = spent.plus(sampled.spent());
    failed += sampled.failed();
    unasked += sampled.unasked();
    return table
        .rows()
        .map(rows -> rows.where(col("sample_index").lt(n)))
        .orElseGet(() -> run.spark().createDataFrame(List.of(), SampleTask.TYPE));
  }

  private AnswerTable table(String folder) {
    return tables.stream().filter(table -> table.name().equals(folder)).findFirst().orElseThrow();
  }

  private SamplePrompts asked(Dataset<Row> prompts) {
    var text = lit(null).cast(DataTypes.StringType);
    return SamplePrompts.of(run, prompts.withColumn("target", text).withColumn("level", text));
  }

  private SampleTask task(Journal journal, long round, int n, Rounds sampled) {
    return new SampleTask(
        engine,
        Map.copyOf(options.engineOptions),
        options.parameters(),
        ALL,
        n,
        options.perCall,
        replays(),
        1.0 / run.spark().sparkContext().defaultParallelism(),
        before
            .plus(spent)
            .plus(sampled.spent())
            .leftOf(options.spending.ceiling(), options.spending.price()),
        options.spending.price(),
        journal,
        round,
        sampled.calls());
  }

  /** Records in the manifest what was asked for and what it took, earlier runs included. */
  public void record() {
    var all = before.plus(spent);
    run.record("critiques", spent.answers());
    run.record("critiques_in_all", all.answers());
    run.record("critiques_failed", failed);
    run.record("critiques_unasked", unasked);
    run.record("calls", spent.calls());
    run.record("prompt_tokens", all.promptTokens());
    run.record("completion_tokens", all.completionTokens());
    run.log(
        "%,d critiques; %,d tokens read and %,d written in all",
        spent.answers(), all.promptTokens(), all.completionTokens());
  }

  /**
   * Ends a run in which answers lack; to be called when all that there are have been used.
   *
   * @throws UserError if any does
   */
  public void end() throws Exception {
    if (failed > 0) {
      run.settle();
      throw new UserError(
          "%,d critiques failed, see _quarantine; --mode resume asks for them again", failed);
    }
    if (unasked > 0) {
      run.settle();
      throw new UserError(
          "the budget ends here, %,d critiques were not asked for; --mode resume with a larger one"
              + " goes on",
          unasked);
    }
  }
}
