package org.millrace.kernel.bestofn;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Weighted majority@k, tied answers sharing the credit. There is no closed form: the mean over all
 * k-subsets where they are few, else over seeded draws, with its standard error.
 */
public final class WeightedMajorityAtK {

  /** All subsets are gone through up to this many. */
  public static final int ENUMERATED = 10_000;

  /** Subsets drawn where there are more. */
  public static final int DRAWS = 256;

  /**
   * A curve with the standard error of its drawing.
   *
   * @param values expected credit for each k, NaN where k is more than the samples
   * @param errors standard error for each k, 0 where all subsets were gone through
   */
  public record Estimate(double[] values, double[] errors) {}

  private final Rule rule;
  private final Ballot ballot;
  private final int n;

  private WeightedMajorityAtK(Rule rule, Ballot ballot) {
    this.rule = rule;
    this.ballot = ballot;
    this.n = ballot.size();
  }

  /**
   * The curve of one prompt.
   *
   * @param rule that chooses within a subset; it sees the subset in file order
   * @param ks numbers of samples, each at least 1
   * @param seed of the draws; the prompt's key makes it the same on every machine
   */
  public static Estimate curve(Rule rule, Ballot ballot, int[] ks, String seed) {
    var at = new WeightedMajorityAtK(rule, ballot);
    var values = new double[ks.length];
    var errors = new double[ks.length];
    for (int i = 0; i < ks.length; i++) {
      if (ks[i] > at.n) {
        values[i] = Double.NaN;
        errors[i] = Double.NaN;
      } else if (Binomials.logChoose(at.n, ks[i]) <= Math.log(ENUMERATED) + 1e-9) {
        values[i] = at.enumerate(ks[i]);
      } else {
        at.draw(ks[i], new SplittableRandom(hash(seed) + ks[i]), i, values, errors);
      }
    }
    return new Estimate(values, errors);
  }

  private double enumerate(int k) {
    var chosen = new int[k];
    Arrays.setAll(chosen, i -> i);
    double sum = 0;
    long subsets = 0;
    while (true) {
      sum += credit(chosen);
      subsets++;
      int i = k - 1;
      while (i >= 0 && chosen[i] == n - k + i) {
        i--;
      }
      if (i < 0) {
        return sum / subsets;
      }
      chosen[i]++;
      for (int j = i + 1; j < k; j++) {
        chosen[j] = chosen[j - 1] + 1;
      }
    }
  }

  private void draw(int k, SplittableRandom random, int at, double[] values, double[] errors) {
    var pool = new int[n];
    Arrays.setAll(pool, i -> i);
    double sum = 0;
    double squares = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int i = 0; i < k; i++) {
        int j = i + random.nextInt(n - i);
        int swapped = pool[i];
        pool[i] = pool[j];
        pool[j] = swapped;
      }
      var chosen = Arrays.copyOf(pool, k);
      Arrays.sort(chosen);
      double credit = credit(chosen);
      sum += credit;
      squares += credit * credit;
    }
    values[at] = sum / DRAWS;
    double variance = Math.max(0, squares - sum * sum / DRAWS) / (DRAWS - 1);
    errors[at] = Math.sqrt(variance / DRAWS);
  }

  private double credit(int[] chosen) {
    int k = chosen.length;
    var texts = new String[k];
    var answers = new int[k];
    var scores = new double[k];
    var sizes = new double[k];
    var credits = new double[k];
    for (int i = 0; i < k; i++) {
      texts[i] = ballot.texts()[chosen[i]];
      answers[i] = ballot.answers()[chosen[i]];
      scores[i] = ballot.scores()[chosen[i]];
      sizes[i] = ballot.sizes()[chosen[i]];
      credits[i] = ballot.credits()[chosen[i]];
    }
    return rule.choose(new Ballot(texts, answers, scores, sizes, credits), k, Ties.SHARED).credit();
  }

  /** FNV-1a, 64 bits, over the UTF-16 units. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
