package org.millrace.batch.bestofn;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.millrace.kernel.bestofn.MissingVotes;

/**
 * What {@code --verifier generative} is told.
 *
 * @param votes chains of thought of an answer, at least 1
 * @param direct whether the judge says Yes or No at once, rather than after a chain of thought
 * @param template what the judge reads
 * @param missing what a chain without a verdict counts
 * @param probability whether a vote is the probability of a Yes, rather than 1 or 0
 */
record GenerativeOptions(
    int votes, boolean direct, JudgeTemplate template, MissingVotes missing, boolean probability) {

  /** Options that only say how chains are read, or how many: they change none that is bought. */
  static final List<String> READING = List.of("votes", "missing", "score");

  static final int DEFAULT_VOTES = 8;

  private static final Set<String> KNOWN =
      Set.of("votes", "template", "reference", "style", "missing", "score");

  private static final String BEGIN =
      """
      You check the answer to a problem.

      Problem:
      {prompt}

      Answer to check:
      {text}
      """;
  private static final String REFERENCE =
      """

      The right result, for comparison:
      {target}
      """;
  private static final String ASK =
      """

      Is the answer correct (Yes/No)?\
      """;
  private static final String END =
      """

      Go through the answer step by step and check each step. If you find a mistake, say what it is. \
      Then end with this line, and Yes or No behind it:
      Is the answer correct (Yes/No)?\
      """;

  /**
   * Reads options.
   *
   * @throws IllegalArgumentException if one is unknown or wrong
   */
  static GenerativeOptions parse(Map<String, String> given) {
    var options = new VerifierOptions(GenerativeVerification.NAME, given).only(KNOWN);
    boolean reference = options.oneOf("reference", "false", "true").equals("true");
    if (reference && options.has("template")) {
      throw new IllegalArgumentException(
          "reference is for the usual template; yours has {target} where it wants the reference");
    }
    boolean direct = options.oneOf("style", "chain", "direct").equals("direct");
    var usual = BEGIN + (reference ? REFERENCE : "") + (direct ? ASK : END);
    return new GenerativeOptions(
        options.number("votes", DEFAULT_VOTES),
        direct,
        JudgeTemplate.of(
            options.text("template", usual), List.of("text"), List.of("prompt", "target")),
        MissingVotes.valueOf(
            options
                .oneOf("missing", "left-out", "no", "half")
                .toUpperCase(Locale.ROOT)
                .replace('-', '_')),
        options.oneOf("score", "verdict", "probability").equals("probability"));
  }
}
