package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.batch.job.BatchJob;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;
import org.millrace.command.UserError;
import org.millrace.command.Version;
import org.millrace.kernel.verify.Verdict;
import org.millrace.kernel.verify.Verifier;
import org.millrace.kernel.verify.Verifiers;
import org.millrace.udf.VerifyFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Answers to verdicts and scores: {@code Dataset<Sample> -> Dataset<Score>}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Judges sampled answers by rule: answers in, verdicts and scores out.",
    footer = {
      "",
      "Example:",
      "  millrace verify --verifier game24 --input answers.jsonl \\",
      "    --columns prompt_id=idx,prompt=puzzle,text=ys --output scores/"
    })
public final class VerifyJob extends BatchJob {

  private static final String COLUMN = "column";

  @Option(
      names = "--verifier",
      required = true,
      paramLabel = "NAME",
      description =
          "exact, regex, choice, number: compare with the target; game24, countdown, sudoku: check"
              + " against the prompt; nash: a set of cells; column: keep the verdicts or scores"
              + " that the input carries.")
  String verifier;

  @Option(
      names = "--verifier-option",
      paramLabel = "KEY=VALUE",
      description =
          "An option of the verifier, may be repeated: regex needs pattern=…; choice takes"
              + " letters=ABCD; countdown takes use=all.")
  Map<String, String> verifierOptions = new LinkedHashMap<>();

  /** Runs the job, by spark-submit or by itself. */
  public static void main(String[] args) {
    main(new VerifyJob(), args);
  }

  @Override
  protected void check() {
    if (!verifier.equals(COLUMN)) {
      rule();
    }
  }

  private Verifier rule() {
    try {
      return Verifiers.of(verifier, verifierOptions);
    } catch (IllegalArgumentException e) {
      throw UserError.usage("--verifier %s: %s", verifier, e.getMessage());
    }
  }

  @Override
  protected void run(Run run) throws Exception {
    var given = run.samples();
    var samples = hasDuplicates(given.bare()) ? given.withDuplicatesMarked() : given;
    Dataset<Row> scores;
    if (verifier.equals(COLUMN)) {
      require(samples, List.of("verdict", "score", "step_scores", "votes"));
      scores = carried(run.quarantine().accept(samples), samples);
    } else {
      needed().forEach(column -> require(samples, List.of(column)));
      scores =
          scores(
              run.quarantine().accept(samples.map(rows -> judged(rows, rule()))),
              samples::has,
              rule());
    }
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

  private List<String> needed() {
    return switch (verifier) {
      case "game24", "sudoku" -> List.of("prompt", "text");
      case "countdown" -> List.of("prompt", "target", "text");
      default -> List.of("target", "text");
    };
  }

  private static boolean hasDuplicates(Dataset<Row> samples) {
    return !samples
        .where(col("_reason").isNull())
        .groupBy("prompt_id", "sample_index")
        .agg(count(lit(1)).as("copies"))
        .where(col("copies").gt(1))
        .isEmpty();
  }

  /**
   * Adds {@code _judged}, the verifier's struct, null where the call that sampled failed; a prompt
   * or target that can't be verified against is a {@code _reason}.
   */
  static Dataset<Row> judged(Dataset<Row> samples, Verifier verifier) {
    var judge = udf(new VerifyFunction(verifier), VerifyFunction.TYPE).withName("verify");
    var usable =
        col("_reason")
            .isNull()
            .and(not(coalesce(col("finish_reason").equalTo("error"), lit(false))));
    return samples
        .withColumn("_judged", when(usable, judge.apply(col("prompt"), col("target"), col("text"))))
        .withColumn("_reason", coalesce(col("_reason"), col("_judged.error")));
  }

  /**
   * Rows of {@link #judged} as Score rows. The verdict is the score too, unless the input carries
   * scores: a learned verifier's opinion must not be mixed with the truth.
   */
  static Dataset<Row> scores(Dataset<Row> judged, Predicate<String> has, Verifier verifier) {
    var verdict = col("_judged.verdict");
    boolean scored = has.test("score") || has.test("step_scores") || has.test("votes");
    return score(
        judged,
        col("_judged.answer"),
        verdict,
        scored
            ? col("score")
            : when(verdict.isNotNull(), verdict.equalTo("correct").cast("double")),
        verifier.name(),
        verifier.version());
  }

  /** Samples that carry their verdicts or scores as Score rows. */
  static Dataset<Row> carried(Dataset<Row> rows, Samples samples) {
    var answer = samples.has("answer") ? col("answer") : col("text");
    return score(rows, answer, col("verdict"), col("score"), COLUMN, "1");
  }

  private static Dataset<Row> score(
      Dataset<Row> rows,
      Column answer,
      Column verdict,
      Column score,
      String verifier,
      String version) {
    return rows.select(
        col("prompt_id"),
        col("sample_index"),
        col("prompt"),
        col("target"),
        col("level"),
        col("text"),
        answer.as("answer"),
        verdict.as("verdict"),
        score.as("score"),
        col("step_scores"),
        col("votes"),
        coalesce(col("length"), length(col("text")).cast("long")).as("length"),
        col("prompt_tokens"),
        col("completion_tokens"),
        col("latency_ms"),
        lit(verifier).as("verifier"),
        lit(version).as("verifier_version"));
  }
}
