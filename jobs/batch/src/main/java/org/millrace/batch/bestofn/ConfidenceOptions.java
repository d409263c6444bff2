package org.millrace.batch.bestofn;

import java.util.Map;
import java.util.Set;
import org.millrace.kernel.bestofn.TraceConfidence;

/**
 * What {@code --verifier confidence} is told.
 *
 * @param window tokens of a group
 * @param topLogprobs tokens whose log probabilities the confidences are of; 0 where not told
 * @param score the column that is the score; null for the lowest group, or self-certainty where
 *     that is all there is
 */
record ConfidenceOptions(int window, int topLogprobs, String score) {

  /** The scores by the names that users give them, which are those of their columns. */
  static final Map<String, String> COLUMNS =
      Map.of(
          "lowest-group", "confidence_lowest_group",
          "bottom10", "confidence_bottom10",
          "tail", "confidence_tail",
          "mean", "confidence_mean",
          "self-certainty", "self_certainty");

  private static final Set<String> KNOWN = Set.of("window", "top-logprobs", "score");

  /**
   * Reads options.
   *
   * @throws IllegalArgumentException if one is unknown or wrong
   */
  static ConfidenceOptions parse(Map<String, String> given) {
    var options = new VerifierOptions(ConfidenceVerification.NAME, given).only(KNOWN);
    var score =
        options.has("score")
            ? options.oneOf("score", "lowest-group", "bottom10", "tail", "mean", "self-certainty")
            : null;
    return new ConfidenceOptions(
        options.number("window", TraceConfidence.DEFAULT_WINDOW),
        options.has("top-logprobs") ? options.number("top-logprobs", 1) : 0,
        score);
  }
}
