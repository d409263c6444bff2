package org.millrace.batch.sample;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.millrace.batch.job.BatchJob;
import org.millrace.batch.job.Run;
import org.millrace.batch.sample.engine.Ceiling;
import org.millrace.batch.sample.engine.Parameters;
import org.millrace.batch.sample.engine.ReplayEngine;
import org.millrace.batch.sample.engine.openai.OpenAiEngine;
import org.millrace.command.UserError;
import org.millrace.command.Version;
import org.millrace.kernel.verify.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Option(
      names = "--engine",
      defaultValue = "search",
      paramLabel = "NAME",
      description =
          "openai: any OpenAI-compatible server (vLLM, SGLang, llama-server); llama: a GGUF file in"
              + " the process; search: a small solver of Game of 24 and Countdown prompts, needs nothing; replay: answers that the input"
              + " carries as text. Default: ${DEFAULT-VALUE}.")
  String engine;

  @Option(
      names = "--engine-option",
      paramLabel = "KEY=VALUE",
      description =
          "An option of the engine, may be repeated. search: effort=3. openai: model=NAME, url=…,"
              + " api=chat|completions, system=…, stream=true, top-logprobs=N, body=JSON,"
              + " concurrency=N a core, timeout-seconds=S, requests-per-minute=N,"
              + " tokens-per-minute=N, revision=…, key-env=NAME or key-file=PATH. llama: model=FILE,"
              + " sequences=N, context=N, threads=N, gpu-layers=N.")
  Map<String, String> engineOptions = new LinkedHashMap<>();

  @Option(
      names = "--n",
      defaultValue = "16",
      paramLabel = "N",
      description =
          "Answers a prompt; --mode resume with a larger one buys the new ones only."
              + " Default: ${DEFAULT-VALUE}.")
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
      names = "--policy",
      defaultValue = "fixed",
      paramLabel = "NAME",
      description =
          "fixed: N answers a prompt; adaptive (Adaptive-Consistency) and esc (early stopping): N at"
              + " most, fewer once they agree; short-m: N at once, of which the first m to end are"
              + " kept and the others stopped; compute-optimal: up to N where a calibration split"
              + " says that they help. Default: ${DEFAULT-VALUE}.")
  String policyName;

  @Option(
      names = "--policy-option",
      paramLabel = "KEY=VALUE",
      description =
          "An option of the policy: adaptive takes threshold=0.95, esc window=4, short-m"
              + " m=1 (First Finish Search); compute-optimal calibration=PATH (what verify wrote),"
              + " budget=B (mean answers), difficulty=agreement|level, probe=4.")
  Map<String, String> policyOptions = new LinkedHashMap<>();

  @Option(
      names = "--verifier",
      paramLabel = "NAME",
      description = "How a policy reads the answers that it counts: a rule of verify, as number.")
  String verifier;

  @Option(
      names = "--verifier-option",
      paramLabel = "KEY=VALUE",
      description = "An option of that verifier.")
  Map<String, String> verifierOptions = new LinkedHashMap<>();

  @Mixin Spending spending;

  @Option(
      names = "--prompts-per-round",
      defaultValue = "10000",
      paramLabel = "PROMPTS",
      description = "Prompts between two writes of the output. Default: ${DEFAULT-VALUE}.")
  int perRound;

  private int atOnce;
  private Optimal optimal;
  private Verifier verifiedBy;
  private Policy policy;

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
    spending.check();
    try {
      parameters();
      var made = Engines.create(engine, engineOptions, id -> List.of(), 1);
      atOnce = made.maxConcurrency();
      made.close();
    } catch (IllegalArgumentException e) {
      throw UserError.usage("--engine %s: %s", engine, e.getMessage());
    }
    try {
      if (policyName.equals(Optimal.NAME)) {
        optimal = Optimal.of(policyOptions, n);
        if (optimal.difficulty() == Optimal.Difficulty.AGREEMENT) {
          verifiedBy = Policy.reader(policyName, verifier, verifierOptions);
        }
      } else {
        policy = Policy.of(policyName, policyOptions, verifier, verifierOptions);
      }
    } catch (IllegalArgumentException e) {
      throw UserError.usage("--policy: %s", e.getMessage());
    }
    if (optimal == null && policy.isRace() && policy.rule().firstOf() > n) {
      throw UserError.usage("--policy-option m=%d is more than --n %d", policy.rule().firstOf(), n);
    }
  }

  /** What neither changes an answer nor which of them are wanted, but for how many. */
  @Override
  protected Set<String> outsideFingerprint() {
    return Stream.concat(
            Stream.of("n", "n-per-call", "prompts-per-round"),
            Stream.concat(
                Spending.NAMES.stream(),
                OpenAiEngine.TRANSPORT.stream().map(name -> "engine-option." + name)))
        .collect(Collectors.toSet());
  }

  @Override
  protected boolean wantsMoreThan(Map<String, String> before) {
    return n > Integer.parseInt(before.getOrDefault("n", "0"));
  }

  private Parameters parameters() {
    return new Parameters(temperature, topP, maxTokens, seed);
  }

  /** Learns the policy, if it is one that is learned; the plan is then told. */
  private Optional<OptimalPlan> learn(Run run) throws Exception {
    if (optimal == null) {
      return Optional.empty();
    }
    var plan = run.phase("learned", () -> optimal.learn(run, n, verifiedBy));
    run.log("%s, learned of %,d prompts%n%s", optimal, plan.prompts(), plan.table());
    policy = plan.policy();
    return Optional.of(plan);
  }

  @Override
  protected boolean estimates() {
    return spending.dryRun;
  }

  @Override
  protected void estimate(Run run) throws Exception {
    learn(run);
    var prompts = SamplePrompts.of(run, engine.equals(ReplayEngine.NAME));
    var written = run.written();
    var lacking = prompts.lacking(n, policy, written, Optional.empty());
    var estimate =
        Estimate.of(lacking, policy.isRace() ? 1 : perCall, maxTokens, Spent.of(written));
    run.log("%s", estimate.text(spending.price()));
  }

  private Journal journal(Run run) {
    return new Journal(
        new Path(run.folder(), Journal.FOLDER).toString(),
        new SerializableConfiguration(run.spark().sparkContext().hadoopConfiguration()));
  }

  @Override
  protected void run(Run run) throws Exception {
    var plan = learn(run);
    if (plan.isPresent()) {
      run.writeText(OptimalPlan.FILE, plan.get().csv());
    }
    var journal = journal(run);
    var prompts = SamplePrompts.of(run, engine.equals(ReplayEngine.NAME));
    var output = new AnswerTable(run, "");
    prompts.adopt(journal, output);
    if (policy.isRace() && atOnce < n) {
      run.log(
          "only %d of %d answers of a prompt are under way at once, the later ones begin late;"
              + " --engine-option concurrency=%d (openai) or sequences=%d (llama) is fair to all",
          atOnce, n, n, n);
    }
    long total = prompts.count();
    long rounds = Math.max(1, (total + perRound - 1) / perRound);
    var rejected = run.quarantine().keep(Rounds.REJECTED);
    var todo = prompts.lacking(n, policy, run.written(), rejected);
    var before = Spent.of(run.written()).plus(Rounds.spentOnCancelled(run));
    var sampled = new Rounds(run, journal, output);
    for (long round = 0; round < rounds; round++) {
      var name = rounds == 1 ? "sampled" : "round " + (round + 1) + " of " + rounds;
      var part = todo.where(pmod(xxhash64(col("prompt_id")), lit(rounds)).equalTo(round));
      var left = before.plus(sampled.spent()).leftOf(spending.ceiling(), spending.price());
      sampled.run(name, part, task(run, journal, round, left, sampled.calls()));
    }
    sampled.record(total, before, spending.price());
    sampled.end(before);
  }

  private SampleTask task(
      Run run, Journal journal, long round, Ceiling left, LongAccumulator calls) {
    return new SampleTask(
        engine,
        Map.copyOf(engineOptions),
        parameters(),
        policy,
        n,
        perCall,
        engine.equals(ReplayEngine.NAME),
        1.0 / run.spark().sparkContext().defaultParallelism(),
        left,
        spending.price(),
        journal,
        round,
        calls);
  }
}
