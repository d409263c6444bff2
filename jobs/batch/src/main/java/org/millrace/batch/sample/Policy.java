package org.millrace.batch.sample;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.millrace.kernel.bestofn.StopRule;
import org.millrace.kernel.verify.Verifier;
import org.millrace.kernel.verify.Verifiers;

/**
 * When a prompt has enough answers.
 *
 * @param rule by the votes of the answers
 * @param verifier reads the answers' votes; null where the rule needs none
 * @param byLevel the rules of prompts with a label; {@code rule} is for all others
 */
record Policy(StopRule rule, Verifier verifier, Map<String, StopRule> byLevel)
    implements Serializable {

  private static final double THRESHOLD = .95;
  private static final int WINDOW = 4;
  private static final int FIRST = 1;
  private static final List<String> ANY_TARGETS = List.of("0", "A");

  /**
   * A policy by name.
   *
   * @param name fixed, adaptive, esc or short-m
   * @param options threshold of adaptive, window of esc, m of short-m
   * @param verifier a name of {@link Verifiers}; null for none
   * @throws IllegalArgumentException saying what is wrong
   */
  static Policy of(
      String name,
      Map<String, String> options,
      String verifier,
      Map<String, String> verifierOptions) {
    var left = new HashMap<>(options);
    var rule =
        switch (name) {
          case "fixed" -> new StopRule.Fixed();
          case "adaptive" ->
              new StopRule.AdaptiveConsistency(number(left.remove("threshold"), THRESHOLD));
          case "esc" -> new StopRule.EarlyStopping((int) number(left.remove("window"), WINDOW));
          case "short-m" -> new StopRule.FirstFinished((int) number(left.remove("m"), FIRST));
          default ->
              throw new IllegalArgumentException(
                  "no policy '"
                      + name
                      + "'; there are fixed, adaptive, esc, short-m, "
                      + Optimal.NAME);
        };
    refuse(name, left);
    if (rule instanceof StopRule.Fixed || rule instanceof StopRule.FirstFinished) {
      return new Policy(rule, null, Map.of());
    }
    return new Policy(rule, reader(name, verifier, verifierOptions), Map.of());
  }

  /** What reads the answers of a policy that counts them. */
  static Verifier reader(String policy, String verifier, Map<String, String> options) {
    if (verifier == null) {
      throw new IllegalArgumentException(
          "policy %s counts answers: name how they are read, --verifier number for one"
              .formatted(policy));
    }
    return Verifiers.of(verifier, options);
  }

  /** Refuses options that a policy hasn't. */
  static void refuse(String policy, Map<String, String> left) {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "policy %s has no option '%s'".formatted(policy, left.keySet().iterator().next()));
    }
  }

  /** The rule of a prompt. */
  StopRule rule(String level) {
    return level == null ? rule : byLevel.getOrDefault(level, rule);
  }

  static double number(String text, double usual) {
    try {
      return text == null ? usual : Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no number", e);
    }
  }

  /** Whether all answers are asked for at once. */
  boolean isFixed() {
    return rule instanceof StopRule.Fixed;
  }

  /** Whether the answers of a prompt are under way at once, and the last of them are stopped. */
  boolean isRace() {
    return rule.firstOf() < Integer.MAX_VALUE;
  }

  /**
   * The vote of an answer; null if it has none, or the rule counts none.
   *
   * @param target may be null: votes are read of answers alone, and any will do
   */
  String vote(String prompt, String target, String text) {
    if (text == null || verifier == null) {
      return null;
    }
    for (var any : target == null ? ANY_TARGETS : List.of(target)) {
      try {
        return verifier.judge(prompt, any, text).answer();
      } catch (IllegalArgumentException e) {
        // The next may be of the form that it asks for.
      }
    }
    return null;
  }
}
