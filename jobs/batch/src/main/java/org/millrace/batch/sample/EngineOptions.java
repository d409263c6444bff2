package org.millrace.batch.sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.millrace.batch.sample.engine.Parameters;
import org.millrace.batch.sample.engine.openai.OpenAiEngine;
import org.millrace.command.UserError;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How an engine is asked: the options of every job that does. */
public final class EngineOptions {

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
      defaultValue = "10000",
      paramLabel = "PROMPTS",
      description = "Prompts between two writes of the output. Default: ${DEFAULT-VALUE}.")
  int perRound;

  @Mixin Spending spending;

  /**
   * Checks what picocli can't.
   *
   * @param engine its name
   * @return how many calls it has under way at once
   * @throws UserError naming the option that is wrong
   */
  public int check(String engine) {
    if (perCall < 1 || perRound < 1) {
      throw UserError.usage("--n-per-call and --prompts-per-round must be at least 1");
    }
    spending.check();
    try {
      parameters();
      try (var made = Engines.create(engine, engineOptions, id -> List.of(), 1)) {
        return made.maxConcurrency();
      }
    } catch (IllegalArgumentException e) {
      throw UserError.usage("--engine %s: %s", engine, e.getMessage());
    }
  }

  /** Their names, as far as they change nothing about an answer. */
  public static Set<String> outsideFingerprint() {
    return Stream.concat(
            Stream.of("n-per-call", "prompts-per-round"),
            Stream.concat(
                Spending.NAMES.stream(),
                OpenAiEngine.TRANSPORT.stream().map(name -> "engine-option." + name)))
        .collect(Collectors.toSet());
  }

  /** Whether the user wants to know the cost, and no answer. */
  public boolean dryRun() {
    return spending.dryRun;
  }

  /** Seed of the randomness. */
  public long seed() {
    return seed;
  }

  /** An option of the engine itself; null where it isn't given. */
  public String option(String name) {
    return engineOptions.get(name);
  }

  /** All that may change an answer, as a text. */
  public String identity() {
    var options = new TreeMap<>(engineOptions);
    options.keySet().removeAll(OpenAiEngine.TRANSPORT);
    return options + " " + parameters();
  }

  Parameters parameters() {
    return new Parameters(temperature, topP, maxTokens, seed);
  }
}
