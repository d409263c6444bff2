package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.batch.job.BatchJob;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;
import org.millrace.command.UserError;
import org.millrace.command.Version;
import org.millrace.kernel.verify.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Answers to verdicts and scores: {@code Dataset<Sample> -> Dataset<Score>}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Judges sampled answers by rule or by model: answers in, verdicts and scores out.",
    footer = {
      "",
      "Example:",
      "  millrace verify --verifier game24 --input answers.jsonl \\",
      "    --columns prompt_id=idx,prompt=puzzle,text=ys --output scores/"
    })
public final class VerifyJob extends BatchJob {

  @Option(
      names = "--verifier",
      required = true,
      paramLabel = "NAME",
      description =
          "exact, regex, choice, number: compare with the target; game24, countdown, sudoku: check"
              + " against the prompt; nash: a set of cells; column: keep the verdicts or scores"
              + " that the input carries; reward-model: score by a model.")
  String verifier;

  @Option(
      names = "--verifier-option",
      paramLabel = "KEY=VALUE",
      description =
          "An option of the verifier, may be repeated: regex needs pattern=…; choice takes"
              + " letters=ABCD; countdown takes use=all. reward-model needs model=… (a folder with an"
              + " .onnx file and tokenizer.json) and takes max-tokens=512, batch-tokens=4096,"
              + " template='{prompt}\\n{text}' (else a pair), too-long=cut (else quarantined); of a"
              + " process reward model also step-tag=…, step-separator='\\n\\n', labels=+,-.")
  Map<String, String> verifierOptions = new LinkedHashMap<>();

  /** Runs the job, by spark-submit or by itself. */
  public static void main(String[] args) {
    main(new VerifyJob(), args);
  }

  @Override
  protected void check() {
    Verification.of(verifier, verifierOptions);
  }

  @Override
  protected void run(Run run) throws Exception {
    var given = run.samples();
    var samples = hasDuplicates(given.bare()) ? given.withDuplicatesMarked() : given;
    var verification = Verification.of(verifier, verifierOptions);
    verification.needs().forEach(oneOf -> require(samples, oneOf));
    var scores = verification.scores(run, samples);
    run.phase(
        "verified",
        () -> {
          run.write(scores, "");
          return null;
        });
    record(run);
  }

  /** Counts for the manifest, of what was written: a task that ran twice has left one file. */
  private static void record(Run run) throws IOException {
    var left = new HashMap<String, Long>();
    var verdicts = run.written("verdict");
    if (verdicts.isPresent()) {
      for (var row : verdicts.get().groupBy("verdict").count().collectAsList()) {
        left.put(row.getString(0), row.getLong(1));
      }
    }
    run.record("samples", left.values().stream().mapToLong(Long::longValue).sum());
    for (var verdict : Verdict.values()) {
      run.record(verdict.label(), left.getOrDefault(verdict.label(), 0L));
    }
    run.record("without_verdict", left.getOrDefault(null, 0L));
  }

  private void require(Samples samples, List<String> oneOf) {
    if (oneOf.stream().noneMatch(samples::has)) {
      throw new UserError(
          "--verifier %s needs the column %s; name it with --columns %s=…",
          verifier, String.join(" or ", oneOf), oneOf.get(0));
    }
  }

  private static boolean hasDuplicates(Dataset<Row> samples) {
    return !samples
        .where(col("_reason").isNull())
        .groupBy("prompt_id", "sample_index")
        .agg(count(lit(1)).as("copies"))
        .where(col("copies").gt(1))
        .isEmpty();
  }
}
