package org.millrace.kernel.bestofn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** When a prompt has been sampled enough, by the votes of its answers so far. Immutable. */
public sealed interface StopRule extends Serializable {

  /**
   * How many answers to ask for next, all at once; 0 to stop.
   *
   * @param votes of the answers so far, in their order, as of {@link Answers#number}
   * @param cap answers at most
   */
  int more(int[] votes, int cap);

  /**
   * Of the answers under way at once, how many are waited for; the others are stopped then.
   *
   * @return {@link Integer#MAX_VALUE} where all are
   */
  default int firstOf() {
    return Integer.MAX_VALUE;
  }

  /** All answers that there may be. */
  record Fixed() implements StopRule {
    @Override
    public int more(int[] votes, int cap) {
      return Math.max(0, cap - votes.length);
    }
  }

  /**
   * So many answers, of those that there may be.
   *
   * @param answers at least 1
   */
  record UpTo(int answers) implements StopRule {

    /** Checks the range. */
    public UpTo {
      if (answers < 1) {
        throw new IllegalArgumentException("answers is 1 or more, not " + answers);
      }
    }

    @Override
    public int more(int[] votes, int cap) {
      return Math.max(0, Math.min(answers, cap) - votes.length);
    }
  }

  /**
   * As many answers as the agreement of the first ones says: a plan of {@link ComputeOptimal}.
   *
   * @param probe answers that are looked at, at least 1
   * @param answers by how many of them give the leading answer, from 0 to {@code probe}
   */
  record ByAgreement(int probe, List<Integer> answers) implements StopRule {

    /** Checks the ranges. */
    public ByAgreement {
      answers = List.copyOf(answers);
      if (probe < 1 || answers.size() != probe + 1) {
        throw new IllegalArgumentException(
            "answers for an agreement of 0 to %d, not %s".formatted(probe, answers));
      }
    }

    @Override
    public int more(int[] votes, int cap) {
      int wanted = votes.length < probe ? probe : answers.get(leading(votes, probe));
      return Math.max(0, Math.min(wanted, cap) - votes.length);
    }

    /** How many of the first votes are for the one that leads among them; 0 if none has a vote. */
    static int leading(int[] votes, int probe) {
      var counts = new int[Answers.distinct(votes)];
      int leading = 0;
      for (int i = 0; i < probe; i++) {
        if (votes[i] != Answers.NONE) {
          leading = Math.max(leading, ++counts[votes[i]]);
        }
      }
      return leading;
    }
  }

  /**
   * Adaptive-Consistency (Aggarwal et al., arXiv 2305.11860): stops once the leading answer is the
   * more frequent of the leading two with a probability, under a uniform prior. As many are asked
   * for as it takes if all agree, so that none is sampled that one at a time would not have been.
   *
   * @param threshold that probability, 0.5 to below 1; 0.95 as published
   */
  record AdaptiveConsistency(double threshold) implements StopRule {

    /** Checks the range. */
    public AdaptiveConsistency {
      if (!(threshold >= 0.5 && threshold < 1)) {
        throw new IllegalArgumentException("threshold is 0.5 to below 1, not " + threshold);
      }
    }

    @Override
    public int more(int[] votes, int cap) {
      var counts = new int[Answers.distinct(votes)];
      for (int vote : votes) {
        if (vote != Answers.NONE) {
          counts[vote]++;
        }
      }
      Arrays.sort(counts);
      int first = counts.length > 0 ? counts[counts.length - 1] : 0;
      int second = counts.length > 1 ? counts[counts.length - 2] : 0;
      int most = Math.max(0, cap - votes.length);
      int more = first == 0 ? Math.min(1, most) : 0;
      while (more < most && confidence(first + more, second) < threshold) {
        more++;
      }
      return more;
    }

    /**
     * The probability that the answer with more votes is the more frequent one: the share above one
     * half of a Beta distribution with parameters a + 1 and b + 1.
     *
     * @param a votes, at least {@code b}
     * @param b votes of the next one, at least 0
     */
    public static double confidence(int a, int b) {
      int n = a + b + 1;
      // Of n throws of a coin at most b are heads; the terms fall from the last on.
      double logarithm = -n * Math.log(2);
      for (int i = 1; i <= b; i++) {
        logarithm += Math.log((double) (n - i + 1) / i);
      }
      double term = Math.exp(logarithm);
      double tail = 0;
      for (int i = b; i >= 0; i--) {
        tail += term;
        term *= (double) i / (n - i + 1);
      }
      return 1 - tail;
    }
  }

  /**
   * short-m@k (Hassid et al., arXiv 2505.17813), with m = 1 First Finish Search (arXiv 2505.18149):
   * all k at once, of which the first m that end are kept.
   *
   * @param m answers, at least 1
   */
  record FirstFinished(int m) implements StopRule {

    /** Checks the range. */
    public FirstFinished {
      if (m < 1) {
        throw new IllegalArgumentException("m is 1 or more, not " + m);
      }
    }

    @Override
    public int more(int[] votes, int cap) {
      return votes.length >= m ? 0 : Math.max(0, cap - votes.length);
    }

    @Override
    public int firstOf() {
      return m;
    }
  }

  /**
   * Early-stopping self-consistency (Li et al., arXiv 2401.10480): samples in windows, and stops
   * after one whose votes are all the same; an answer without a vote breaks a window.
   *
   * @param window answers, at least 2
   */
  record EarlyStopping(int window) implements StopRule {

    /** Checks the range. */
    public EarlyStopping {
      if (window < 2) {
        throw new IllegalArgumentException("window is 2 or more, not " + window);
      }
    }

    @Override
    public int more(int[] votes, int cap) {
      int begun = votes.length % window;
      boolean agreed = begun == 0 && votes.length > 0 && agree(votes);
      return agreed ? 0 : Math.min(window - begun, Math.max(0, cap - votes.length));
    }

    private boolean agree(int[] votes) {
      int last = votes[votes.length - 1];
      return last != Answers.NONE
          && Arrays.stream(votes, votes.length - window, votes.length).allMatch(v -> v == last);
    }
  }
}
