package org.millrace.kernel.strategy.answers;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.millrace.kernel.bestofn.PassAtK;

/**
 * How many ways of solving a prompt its sampled answers show, each answer labelled with the
 * strategy (cluster) that it follows. Immutable, thread-safe.
 */
public final class AnswerDiversity {

  /** Label of an answer that follows no known strategy: it counts as drawn, not as a strategy. */
  public static final int NONE = -1;

  private final long answers;
  private final long[] counts;

  private AnswerDiversity(long answers, long[] counts) {
    this.answers = answers;
    this.counts = counts;
  }

  /**
   * The answers of one prompt.
   *
   * @param strategies each answer's, from 0, or {@link #NONE}
   */
  public static AnswerDiversity of(int[] strategies) {
    Map<Integer, Long> counts = new HashMap<>();
    for (int strategy : strategies) {
      if (strategy != NONE) {
        counts.merge(strategy, 1L, Long::sum);
      }
    }
    var sorted = counts.values().stream().mapToLong(Long::longValue).sorted().toArray();
    return new AnswerDiversity(strategies.length, sorted);
  }

  /** Answers, those without a strategy among them. */
  public long answers() {
    return answers;
  }

  /** Different strategies. */
  public int distinct() {
    return counts.length;
  }

  /**
   * Expected number of different strategies among k answers drawn without repetition: the sum over
   * strategies of the chance that one of the k follows it, {@code 1 - C(n - c, k) / C(n, k)}.
   *
   * @param k 0 to the number of answers
   */
  public double expectedDistinct(long k) {
    if (k < 0 || k > answers) {
      throw new IllegalArgumentException("of %d answers not %d are drawn".formatted(answers, k));
    }
    return k == 0 ? 0 : Arrays.stream(counts).mapToDouble(c -> PassAtK.at(answers, c, k)).sum();
  }

  /**
   * Coverage by k: {@link #expectedDistinct} over {@link #distinct}.
   *
   * @param k 0 to the number of answers
   * @return 0 to 1; NaN where no answer has a strategy
   */
  public double coverage(long k) {
    return expectedDistinct(k) / counts.length;
  }

  /**
   * Strategies that, all equally frequent, would be as mixed: the exponential of the entropy (Hill
   * number of order 1). From 1 to {@link #distinct}; 0 where no answer has a strategy.
   */
  public double effective() {
    double total = Arrays.stream(counts).sum();
    double entropy = Arrays.stream(counts).mapToDouble(c -> -c / total * Math.log(c / total)).sum();
    return counts.length == 0 ? 0 : Math.exp(entropy);
  }
}
