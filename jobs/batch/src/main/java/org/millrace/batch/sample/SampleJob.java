package org.millrace.batch.sample;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.millrace.batch.job.BatchJob;
import org.millrace.batch.job.Run;
import org.millrace.batch.sample.engine.Ceiling;
import org.millrace.batch.sample.engine.ReplayEngine;
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
      names = "--n",
      defaultValue = "16",
      paramLabel = "N",
      description =
          "Answers a prompt; --mode resume with a larger one buys the new ones only."
              + " Default: ${DEFAULT-VALUE}.")
  int n;

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

  @Mixin EngineOptions asking;

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
    if (n < 1) {
      throw UserError.usage("--n must be at least 1");
    }
    atOnce = asking.check(engine);
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
    var names = new HashSet<>(EngineOptions.outsideFingerprint());
    names.add("n");
    return names;
  }

  @Override
  protected boolean wantsMoreThan(Map<String, String> before) {
    return n > Integer.parseInt(before.getOrDefault("n", "0"));
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
    return asking.dryRun();
  }

  @Override
  protected void estimate(Run run) throws Exception {
    learn(run);
    var prompts = SamplePrompts.of(run, engine.equals(ReplayEngine.NAME));
    var written = run.written();
    var lacking = prompts.lacking(n, policy, written, Optional.empty());
    var estimate =
        Estimate.of(
            lacking, policy.isRace() ? 1 : asking.perCall, asking.maxTokens, Spent.of(written));
    run.log("%s", estimate.text(asking.spending.price()));
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
    long rounds = Math.max(1, (total + asking.perRound - 1) / asking.perRound);
    var rejected = run.quarantine().keep(Rounds.REJECTED);
    var todo = prompts.lacking(n, policy, run.written(), rejected);
    var before = Spent.of(run.written()).plus(Rounds.spentOnCancelled(run));
    var sampled = new Rounds(run, journal, output);
    for (long round = 0; round < rounds; round++) {
      var name = rounds == 1 ? "sampled" : "round " + (round + 1) + " of " + rounds;
      var part = todo.where(pmod(xxhash64(col("prompt_id")), lit(rounds)).equalTo(round));
      var left =
          before.plus(sampled.spent()).leftOf(asking.spending.ceiling(), asking.spending.price());
      sampled.run(name, part, task(run, journal, round, left, sampled.calls()));
    }
    sampled.record(total, before, asking.spending.price());
    sampled.end(before);
  }

  private SampleTask task(
      Run run, Journal journal, long round, Ceiling left, LongAccumulator calls) {
    return new SampleTask(
        engine,
        Map.copyOf(asking.engineOptions),
        asking.parameters(),
        policy,
        n,
        asking.perCall,
        engine.equals(ReplayEngine.NAME),
        1.0 / run.spark().sparkContext().defaultParallelism(),
        left,
        asking.spending.price(),
        journal,
        round,
        calls);
  }
}
