package org.millrace.batch.sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.batch.job.Run;
import org.millrace.command.UserError;
import org.millrace.kernel.bestofn.Calibration;
import org.millrace.kernel.bestofn.Calibration.Strategy;
import org.millrace.kernel.bestofn.ComputeOptimal;
import org.millrace.kernel.bestofn.StopRule;
import org.millrace.kernel.verify.Verifier;

/**
 * The policy that spends a mean number of answers where a calibration split says that they help.
 *
 * @param calibration verified answers to prompts of the same kind, as {@code verify} writes them
 * @param budget mean answers a prompt
 * @param difficulty how a prompt's bin is known
 * @param probe answers whose agreement is looked at
 */
record Optimal(String calibration, double budget, Difficulty difficulty, int probe) {

  /** The name that users choose the policy by. */
  static final String NAME = "compute-optimal";

  private static final int PROBE = 4;
  private static final String NO_LEVEL = "none";

  /** How the difficulty of a prompt is estimated, before or while it is sampled. */
  enum Difficulty {
    /** By how many of its first answers agree. */
    AGREEMENT,
    /** By the label that it carries. */
    LEVEL
  }

  /**
   * Reads options.
   *
   * @param n answers a prompt at most
   * @throws IllegalArgumentException naming the one that is wrong
   */
  static Optimal of(Map<String, String> options, int n) {
    var left = new HashMap<>(options);
    var calibration = left.remove("calibration");
    if (calibration == null) {
      throw new IllegalArgumentException(
          NAME + " needs --policy-option calibration=PATH, what verify made of similar prompts");
    }
    var difficulty =
        switch (left.getOrDefault("difficulty", "agreement")) {
          case "agreement" -> Difficulty.AGREEMENT;
          case "level" -> Difficulty.LEVEL;
          default ->
              throw new IllegalArgumentException(
                  "difficulty is agreement or level, not '" + left.get("difficulty") + "'");
        };
    left.remove("difficulty");
    double budget = Policy.number(left.remove("budget"), Double.NaN);
    double probe = Policy.number(left.remove("probe"), PROBE);
    if (!(budget >= 1)) {
      throw new IllegalArgumentException(
          NAME + " needs --policy-option budget=B, the mean number of answers, at least 1");
    }
    if (!(probe >= 1 && probe == Math.rint(probe))) {
      throw new IllegalArgumentException("probe is a whole number of at least 1");
    }
    if (difficulty == Difficulty.AGREEMENT && budget < probe) {
      throw new IllegalArgumentException(
          "budget=%s is less than the probe=%d answers that each prompt has"
              .formatted(budget, (int) probe));
    }
    if (difficulty == Difficulty.AGREEMENT && n < probe) {
      throw new IllegalArgumentException(
          "probe=%d answers are more than --n %d".formatted((int) probe, n));
    }
    Policy.refuse(NAME, left);
    return new Optimal(calibration, budget, difficulty, (int) probe);
  }

  /** The numbers of answers to choose among: doubled from the least to the most. */
  int[] numbers(int most) {
    var numbers = new ArrayList<Integer>();
    int least = difficulty == Difficulty.AGREEMENT ? probe : 1;
    for (long number = least; number < most; number *= 2) {
      numbers.add((int) number);
    }
    numbers.add(most);
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Reads the calibration split, and learns a plan of it.
   *
   * @param n answers a prompt at most
   * @param verifier reads the votes of a probe; null where the level decides
   * @throws UserError if there is nothing to learn from
   */
  OptimalPlan learn(Run run, int n, Verifier verifier) throws IOException {
    var prompts = CalibrationTable.read(run, calibration, n);
    try {
      return learn(prompts, n, verifier);
    } catch (IllegalArgumentException e) {
      throw new UserError("--policy-option calibration=%s: %s", calibration, e.getMessage());
    }
  }

  /**
   * Learns a plan.
   *
   * @param prompts of the calibration split, each with as many answers as the largest number
   * @param most answers a prompt
   * @param verifier reads the votes of a probe; null where the level decides
   * @throws IllegalArgumentException if there is nothing to learn from
   */
  OptimalPlan learn(List<Calibration.Prompt> prompts, int most, Verifier verifier) {
    var strategies = new ArrayList<>(List.of(Strategy.MAJORITY));
    if (prompts.stream().anyMatch(Optimal::isScored)) {
      strategies.add(Strategy.BEST_SCORE);
    }
    var known = new Calibration(prompts, numbers(most), strategies);
    var levels = levels(prompts);
    var measured =
        difficulty == Difficulty.AGREEMENT
            ? known.byAgreement(probe)
            : known.by(prompt -> levels.get(level(prompt.level())));
    var choices = ComputeOptimal.learn(measured, budget);
    int alike = ComputeOptimal.alike(measured, budget);
    var bins = new ArrayList<OptimalPlan.Bin>();
    for (int b = 0; b < choices.length; b++) {
      bins.add(
          new OptimalPlan.Bin(
              difficulty == Difficulty.AGREEMENT ? b + " of " + probe + " agree" : name(levels, b),
              ComputeOptimal.share(measured, b),
              known.number(choices[b]),
              known.strategy(choices[b]).label(),
              ComputeOptimal.value(measured, b, choices[b])));
    }
    return new OptimalPlan(
        policy(known, choices, alike, levels, verifier),
        prompts.size(),
        bins,
        ComputeOptimal.of(measured, choices),
        ComputeOptimal.twoFold(measured, budget),
        ComputeOptimal.twoFoldAlike(measured, budget),
        knownDifficulty(known, strategies));
  }

  private Policy policy(
      Calibration known, int[] choices, int alike, Map<String, Integer> levels, Verifier verifier) {
    if (difficulty == Difficulty.AGREEMENT) {
      var answers = new ArrayList<>(Collections.nCopies(probe + 1, known.number(alike)));
      for (int b = 0; b < choices.length; b++) {
        answers.set(b, known.number(choices[b]));
      }
      return new Policy(new StopRule.ByAgreement(probe, answers), verifier, Map.of());
    }
    var byLevel = new HashMap<String, StopRule>();
    levels.forEach((level, b) -> byLevel.put(level, new StopRule.UpTo(known.number(choices[b]))));
    return new Policy(new StopRule.UpTo(known.number(alike)), null, byLevel);
  }

  /** What knowing the difficulty would be worth: Snell's bins, which no new prompt comes with. */
  private Map<String, ComputeOptimal.Outcome> knownDifficulty(
      Calibration known, List<Strategy> strategies) {
    var outcomes = new TreeMap<String, ComputeOptimal.Outcome>();
    outcomes.put(
        "pass rate, quantiles",
        ComputeOptimal.twoFold(known.byQuantile(Calibration.Prompt::passRate), budget));
    outcomes.put(
        "pass rate, absolute",
        ComputeOptimal.twoFold(known.byAbsolute(Calibration.Prompt::passRate), budget));
    if (strategies.contains(Strategy.BEST_SCORE)
        && known.prompts().stream().noneMatch(prompt -> Double.isNaN(prompt.meanScore()))) {
      outcomes.put(
          "mean score, quantiles",
          ComputeOptimal.twoFold(known.byQuantile(Calibration.Prompt::meanScore), budget));
    }
    return outcomes;
  }

  /** Whether scores are more than the verdict that a rule gives as a score. */
  private static boolean isScored(Calibration.Prompt prompt) {
    for (int i = 0; i < prompt.size(); i++) {
      if (!Double.isNaN(prompt.scores()[i]) && prompt.scores()[i] != prompt.credits()[i]) {
        return true;
      }
    }
    return false;
  }

  private static String level(String level) {
    return level == null ? NO_LEVEL : level;
  }

  private static Map<String, Integer> levels(List<Calibration.Prompt> prompts) {
    var levels = new TreeMap<String, Integer>();
    prompts.forEach(prompt -> levels.put(level(prompt.level()), 0));
    int number = 0;
    for (var level : levels.entrySet()) {
      level.setValue(number++);
    }
    return levels;
  }

  private static String name(Map<String, Integer> levels, int bin) {
    return levels.entrySet().stream()
        .filter(level -> level.getValue() == bin)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  @Override
  public String toString() {
    return "%s within %s answers, by %s"
        .formatted(NAME, budget, difficulty.name().toLowerCase(Locale.ROOT));
  }
}
