package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.batch.job.BatchJob;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;
import org.millrace.batch.sample.EngineOptions;
import org.millrace.command.UserError;
import org.millrace.command.Version;
import org.millrace.kernel.verify.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  /** How the manifest names an option of the verifier. */
  private static final String OPTION = "verifier-option.";

  @Option(
      names = "--verifier",
      required = true,
      paramLabel = "NAME",
      description =
          "exact, regex, choice, number: compare with the target; game24, countdown, sudoku: check"
              + " against the prompt; nash: a set of cells; column: keep the verdicts or scores"
              + " that the input carries; reward-model: score by a model; generative: an engine says"
              + " Yes or No of each answer, some times; critique: an engine rates all answers to a"
              + " prompt from 1 to 10, some times; confidence: how sure the model was, by the log"
              + " probabilities that sample has kept.")
  String verifier;

  @Option(
      names = "--verifier-option",
      paramLabel = "KEY=VALUE",
      description =
          "An option of the verifier, may be repeated: regex needs pattern=…; choice takes"
              + " letters=ABCD; countdown takes use=all. reward-model needs model=… (a folder with an"
              + " .onnx file and tokenizer.json) and takes max-tokens=512, batch-tokens=4096,"
              + " template='{prompt}\\n{text}' (else a pair), too-long=cut (else quarantined); of a"
              + " process reward model also step-tag=…, step-separator='\\n\\n', labels=+,-."
              + " generative takes votes=8, template='… {prompt} … {text} … {target}',"
              + " reference=true (shows the target), style=chain|direct, missing=left-out|no|half,"
              + " score=verdict|probability. critique takes critiques=8, template='… {prompt} …"
              + " {responses}', missing=drop|mean, meta=none|engine|model, k-meta=N,"
              + " meta-template='… {request} … {critique}', meta-model=…, meta-max-tokens=2048."
              + " confidence takes window=2048, top-logprobs=N (as sample had it),"
              + " score=lowest-group|bottom10|tail|mean|self-certainty.")
  Map<String, String> verifierOptions = new LinkedHashMap<>();

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "Whom generative and critique ask: openai, any OpenAI-compatible server; llama, a GGUF file"
              + " in the process; replay, texts that the input carries as critiques. Its options,"
              + " budgets and limits are those of sample.")
  String engine;

  @Mixin EngineOptions engineOptions;

  /** Runs the job, by spark-submit or by itself. */
  public static void main(String[] args) {
    main(new VerifyJob(), args);
  }

  @Override
  protected void check() {
    if (verification().asks()) {
      return;
    }
    if (engine != null) {
      throw UserError.usage("--engine goes with --verifier generative or critique");
    }
    if (engineOptions.dryRun()) {
      throw UserError.usage("--dry-run goes with --verifier generative or critique");
    }
  }

  private Verification verification() {
    return Verification.of(verifier, verifierOptions, new Judge(engine, engineOptions));
  }

  @Override
  protected Run.Resume resume() {
    return verification().asks() ? Run.Resume.CONTINUE : Run.Resume.START_OVER;
  }

  /** What changes nothing about what an engine is asked, but for how often. */
  @Override
  protected Set<String> outsideFingerprint() {
    return Stream.concat(
            EngineOptions.outsideFingerprint().stream(), reading().map(name -> OPTION + name))
        .collect(Collectors.toSet());
  }

  /** Options about how often an engine is asked, and how what it wrote is read. */
  private Stream<String> reading() {
    return switch (verifier) {
      case GenerativeVerification.NAME -> GenerativeOptions.READING.stream();
      case CritiqueVerification.NAME -> CritiqueOptions.READING.stream();
      default -> Stream.of();
    };
  }

  @Override
  protected boolean wantsMoreThan(Map<String, String> before) {
    var now = manifestOptions();
    return reading()
        .map(name -> OPTION + name)
        .anyMatch(name -> !Objects.equals(now.get(name), before.get(name)));
  }

  @Override
  protected boolean estimates() {
    return engineOptions.dryRun();
  }

  @Override
  protected void estimate(Run run) throws Exception {
    verification().estimate(run, samples(run, verification()));
  }

  @Override
  protected void run(Run run) throws Exception {
    var verification = verification();
    var scores = verification.scores(run, samples(run, verification));
    run.phase(
        "verified",
        () -> {
          run.rewrite(scores);
          return null;
        });
    record(run);
    verification.end();
  }

  private Samples samples(Run run, Verification verification) throws IOException {
    var given = run.samples();
    var samples = hasDuplicates(given.bare()) ? given.withDuplicatesMarked() : given;
    verification.needs().forEach(oneOf -> require(samples, oneOf));
    return samples;
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
