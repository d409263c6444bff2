package org.millrace.kernel.critique;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The verdict that a generative verifier's chain of thought ends with (GenRM, arXiv 2408.15240):
 * the last {@code Is the answer correct (Yes/No)? Yes} or the same of the solution; where there is
 * none, {@code Solution status: incorrect} anywhere, then {@code Solution status: correct}. Case
 * and asterisks don't matter. A chain without any has no verdict, which is not a No.
 *
 * @param right whether it holds the answer for right
 * @param start where the word that says so begins in the chain, in UTF-16 units
 * @param end behind its last unit
 */
public record ChainVerdict(boolean right, int start, int end) {

  // Possessive, so that a hostile text costs no more than its length.
  private static final Pattern ANSWER =
      Pattern.compile(
          "is the (?:answer|solution) correct[\\s*]*+(?:\\(yes/no\\))?+[\\s*]*+\\??+[\\s*:]*+"
              + "(yes|no)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern FIRST =
      Pattern.compile("[\\s*]*+(yes|no)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern INCORRECT = status("incorrect");
  private static final Pattern CORRECT = status("correct");

  private static Pattern status(String word) {
    return Pattern.compile(
        "solution status[\\s*]*+:[\\s*]*+(" + word + ")\\b", Pattern.CASE_INSENSITIVE);
  }

  /** The verdict of a chain; empty where it gives none. */
  public static Optional<ChainVerdict> of(String chain) {
    requireNonNull(chain, "chain is null");
    for (var pattern : new Pattern[] {ANSWER, INCORRECT, CORRECT}) {
      var matcher = pattern.matcher(chain);
      ChainVerdict last = null;
      while (matcher.find()) {
        last = read(matcher);
      }
      if (last != null) {
        return Optional.of(last);
      }
    }
    return Optional.empty();
  }

  /**
   * The verdict of a reply to a prompt that ends with the question: its first word. What a model
   * goes on to write doesn't count. Empty where that is another word.
   */
  public static Optional<ChainVerdict> first(String reply) {
    requireNonNull(reply, "reply is null");
    var matcher = FIRST.matcher(reply);
    return matcher.lookingAt() ? Optional.of(read(matcher)) : Optional.empty();
  }

  private static ChainVerdict read(Matcher matcher) {
    var word = matcher.group(1).toLowerCase(Locale.ROOT);
    boolean right = word.equals("yes") || word.equals("correct");
    return new ChainVerdict(right, matcher.start(1), matcher.end(1));
  }

  /**
   * How probable the model held a Yes where it wrote its verdict: p(Yes) where it wrote that, else
   * 1 - p(No). A word of several tokens has the product of theirs.
   *
   * @param tokens the text that this was read of, cut as the model wrote it
   * @param logProbs natural logarithm of each token's probability, at most 0
   * @return 0 to 1
   * @throws IllegalArgumentException if there isn't a logarithm a token
   */
  public double probability(String[] tokens, double[] logProbs) {
    if (tokens.length != logProbs.length) {
      throw new IllegalArgumentException(
          "each token has its log probability, not %d and %d"
              .formatted(tokens.length, logProbs.length));
    }
    double sum = 0;
    int from = 0;
    for (int i = 0; i < tokens.length && from < end; i++) {
      int to = from + tokens[i].length();
      sum += to > start ? logProbs[i] : 0;
      from = to;
    }
    double written = Math.exp(Math.min(0, sum));
    return right ? written : 1 - written;
  }
}
