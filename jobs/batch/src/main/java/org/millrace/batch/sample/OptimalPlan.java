package org.millrace.batch.sample;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.millrace.kernel.bestofn.ComputeOptimal.Outcome;

/**
 * How many answers prompts of each difficulty have, and what that is worth.
 *
 * @param policy to sample by
 * @param prompts that it was learned on
 * @param bins from the first
 * @param learned what it comes to on those prompts themselves
 * @param twoFold what such a plan comes to on prompts that it has not seen
 * @param alike what as many answers for all prompts come to there
 * @param known what plans come to there that know the difficulty beforehand, by its measure
 */
record OptimalPlan(
    Policy policy,
    int prompts,
    List<Bin> bins,
    Outcome learned,
    Outcome twoFold,
    Outcome alike,
    Map<String, Outcome> known) {

  /** Its file in the output folder. */
  static final String FILE = "_plan.csv";

  /**
   * Prompts of one difficulty.
   *
   * @param share of the prompts, 0 to 1
   * @param answers of each prompt
   * @param strategy by which one of them is chosen
   * @param value mean credit then, NaN without prompts
   */
  record Bin(String name, double share, int answers, String strategy, double value) {}

  /** A table for the user's eyes, a line a row. */
  String table() {
    var text = new StringBuilder(line("difficulty", "prompts", "answers", "choose by", "right"));
    for (var bin : bins) {
      text.append(
          line(
              bin.name(),
              percent(bin.share()),
              String.valueOf(bin.answers()),
              bin.strategy(),
              percent(bin.value())));
    }
    text.append(line("all", "100.0 %", answers(learned), "", percent(learned.value())));
    text.append(line("two-fold", "", answers(twoFold), "", percent(twoFold.value())));
    text.append(line("all alike, two-fold", "", answers(alike), "", percent(alike.value())));
    known.forEach(
        (measure, outcome) ->
            text.append(
                line("if known: " + measure, "", answers(outcome), "", percent(outcome.value()))));
    return text.toString().stripTrailing();
  }

  private static String line(String... cells) {
    return String.format("%-32s %8s %8s  %-10s %8s%n", (Object[]) cells);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String answers(Outcome outcome) {
    return String.format(Locale.ROOT, "%.2f", outcome.cost());
  }

  /** The bins as a file: difficulty, share, answers, strategy, value. */
  String csv() {
    var text = new StringBuilder("difficulty,share,answers,strategy,value\n");
    for (var bin : bins) {
      text.append(
          String.format(
              Locale.ROOT,
              "\"%s\",%.6f,%d,%s,%.6f%n",
              bin.name().replace("\"", "\"\""),
              bin.share(),
              bin.answers(),
              bin.strategy(),
              bin.value()));
    }
    return text.toString();
  }
}
