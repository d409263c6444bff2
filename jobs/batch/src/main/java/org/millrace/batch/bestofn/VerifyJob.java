package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.batch.job.BatchJob;
import org.millrace.batch.job.Run;
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
    var samples =
        hasDuplicates(given.rows()) ? given.with(Run.markDuplicates(given.rows())) : given;
    var verification = Verification.of(verifier, verifierOptions);
    verification.needs().forEach(oneOf -> require(samples, oneOf));
    var counted = run.counting(verification.scores(run, samples), counts());
    run.phase(
        "verified",
        () -> {
          run.write(counted, "");
          return null;
        });
  }

  private static Map<String, Column> counts() {
    var counts = new LinkedHashMap<String, Column>();
    counts.put("samples", count(lit(1)));
    for (var verdict : Verdict.values()) {
      counts.put(verdict.label(), count(when(col("verdict").equalTo(verdict.label()), lit(1))));
    }
    counts.put("without_verdict", count(when(col("verdict").isNull(), lit(1))));
    return counts;
  }

  private void require(Run.Samples samples, List<String> oneOf) {
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
