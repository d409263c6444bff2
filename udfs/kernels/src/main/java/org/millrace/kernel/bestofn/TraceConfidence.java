package org.millrace.kernel.bestofn;

import java.util.Arrays;

/**
 * One score of a reasoning trace from the confidence of its tokens (DeepConf, arXiv 2508.15260);
 * higher is surer. A group is a window of tokens that slides along the trace, its confidence the
 * mean of theirs; a trace shorter than the window is one group.
 */
public enum TraceConfidence {
  /** The least sure group. */
  LOWEST_GROUP,
  /** The mean of the tenth of the groups that are least sure, one of them at least. */
  BOTTOM_TENTH,
  /** The mean of the last tokens, a window of them. */
  TAIL,
  /** The mean of all tokens. */
  MEAN;

  /** The paper's window in tokens. */
  public static final int DEFAULT_WINDOW = 2048;

  /**
   * Confidence of a token: minus the mean of the logarithms of its most likely alternatives. It is
   * high where the rest of them is unlikely.
   *
   * @param topLogProbs natural logarithms of the k largest probabilities, each at most 0
   * @return at least 0; NaN where there is none
   */
  public static double ofToken(double[] topLogProbs) {
    double sum = 0;
    for (double logProb : topLogProbs) {
      sum += logProb;
    }
    return -sum / topLogProbs.length;
  }

  /**
   * The score of a trace.
   *
   * @param tokens confidences in order
   * @param window tokens of a group, at least 1
   * @return NaN for a trace without tokens
   */
  public double of(double[] tokens, int window) {
    if (tokens.length == 0) {
      return Double.NaN;
    }
    int size = Math.min(window, tokens.length);
    return switch (this) {
      case MEAN -> mean(tokens, 0, tokens.length);
      case TAIL -> mean(tokens, tokens.length - size, tokens.length);
      case LOWEST_GROUP -> Arrays.stream(groups(tokens, window)).min().orElseThrow();
      case BOTTOM_TENTH -> {
        var groups = groups(tokens, window);
        Arrays.sort(groups);
        yield mean(groups, 0, Math.max(1, groups.length / 10));
      }
    };
  }

  /**
   * Confidences of all groups of a trace.
   *
   * @param tokens confidences in order
   * @param window tokens of a group, at least 1
   * @return one for each place where a whole window fits; one for a shorter trace; none for an
   *     empty one
   */
  public static double[] groups(double[] tokens, int window) {
    if (window < 1) {
      throw new IllegalArgumentException("a window has at least 1 token, not " + window);
    }
    if (tokens.length == 0) {
      return new double[0];
    }
    int size = Math.min(window, tokens.length);
    var groups = new double[tokens.length - size + 1];
    var sums = new double[tokens.length + 1];
    for (int i = 0; i < tokens.length; i++) {
      sums[i + 1] = sums[i] + tokens[i];
    }
    for (int i = 0; i < groups.length; i++) {
      groups[i] = (sums[i + size] - sums[i]) / size;
    }
    return groups;
  }

  /**
   * How many tokens a trace has when it is stopped online: at the end of the first whole group that
   * is less sure than the threshold.
   *
   * @param tokens confidences in order
   * @param window tokens of a group, at least 1
   * @param threshold of {@link #threshold}
   * @return the trace's length where it runs to its end
   */
  public static int stopsAt(double[] tokens, int window, double threshold) {
    if (tokens.length < window) {
      return tokens.length;
    }
    var groups = groups(tokens, window);
    for (int i = 0; i < groups.length; i++) {
      if (groups[i] < threshold) {
        return i + window;
      }
    }
    return tokens.length;
  }

  /**
   * The score that the surest traces reach: of the warm-up traces it is what later ones are held
   * to, of all traces what those reach that have a vote.
   *
   * @param scores of the traces, one at least
   * @param top the share of traces that are to reach it, above 0 to 1: .1 or .9 in the paper
   * @return their quantile at 1 - top, linear between two scores
   */
  public static double threshold(double[] scores, double top) {
    if (scores.length == 0 || !(top > 0 && top <= 1)) {
      throw new IllegalArgumentException(
          "a threshold takes one score or more and a share above 0 to 1, not %d and %s"
              .formatted(scores.length, top));
    }
    var sorted = scores.clone();
    Arrays.sort(sorted);
    double at = (1 - top) * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum / (to - from);
  }
}
