package org.millrace.kernel.bestofn;

import java.util.Arrays;

/**
 * The curve of a rule over k-subsets, tied answers sharing the credit, above all weighted majority,
 * for which there is no closed form: the mean over all k-subsets where they are few, else over
 * seeded draws, with its standard error. Rules that have a closed form (majority, the best score,
 * the shortest sample, two voters of unequal weight) get its exact value.
 *
 * <p>The credit of an answer is the mean credit of all of the prompt's samples that give it. A draw
 * is the beginning of one random order of the samples for all k, so the values of a curve vary
 * together; the value for a k doesn't depend on the other k asked for.
 */
public final class WeightedMajorityAtK {

  /** All subsets are gone through up to this many. */
  public static final int ENUMERATED = 10_000;

  /** Subsets drawn where there are more. */
  public static final int DRAWS = 256;

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /**
   * A curve with the standard error of its drawing.
   *
   * @param values expected credit for each k, NaN where k is more than the samples
   * @param errors standard error for each k, 0 where the value is exact, NaN where the value is
   */
  public record Estimate(double[] values, double[] errors) {}

  private final SubsetVote vote;
  private final int n;
  private final int[] ks;
  private final Estimate estimate;

  private WeightedMajorityAtK(SubsetVote vote, int n, int[] ks, Estimate estimate) {
    this.vote = vote;
    this.n = n;
    this.ks = ks;
    this.estimate = estimate;
  }

  /** As {@link #curve(Rule, Ballot, int[], String, int)} with {@link #DRAWS} draws. */
  public static Estimate curve(Rule rule, Ballot ballot, int[] ks, String seed) {
    return curve(rule, ballot, ks, seed, DRAWS);
  }

  /**
   * The curve of one prompt.
   *
   * @param rule that chooses within a subset; it sees the subset in file order
   * @param ks numbers of samples, each at least 1
   * @param seed of the draws; the prompt's key makes it the same on every machine
   * @param draws how many subsets are drawn where there are more than {@link #ENUMERATED}, at least
   *     2
   * @throws IllegalArgumentException if there are too few draws
   */
  public static Estimate curve(Rule rule, Ballot ballot, int[] ks, String seed, int draws) {
    if (draws < 2) {
      throw new IllegalArgumentException("a standard error wants 2 draws or more, not " + draws);
    }
    int n = ballot.size();
    var estimate = new Estimate(new double[ks.length], new double[ks.length]);
    var drawn = new boolean[ks.length];
    var closed = ClosedForm.of(rule, ballot, ks);
    WeightedMajorityAtK at = null;
    int largest = 0;
    for (int i = 0; i < ks.length; i++) {
      if (ks[i] > n || ks[i] < 1) {
        estimate.values[i] = Double.NaN;
        estimate.errors[i] = Double.NaN;
      } else if (!Double.isNaN(closed[i])) {
        estimate.values[i] = closed[i];
      } else {
        at = at == null ? new WeightedMajorityAtK(vote(rule, ballot), n, ks, estimate) : at;
        drawn[i] = Binomials.logChoose(n, ks[i]) > Math.log(ENUMERATED) + 1e-9;
        if (drawn[i]) {
          largest = Math.max(largest, ks[i]);
        } else {
          estimate.values[i] = at.enumerate(ks[i]);
        }
      }
    }
    if (largest > 0) {
      at.draw(drawn, largest, hash(seed), draws);
    }
    return estimate;
  }

  private static SubsetVote vote(Rule rule, Ballot ballot) {
    if (rule instanceof Rule.Borda borda) {
      return new SubsetVote.Borda(ballot, borda.power());
    } else if (rule instanceof Rule.ShortM shortest) {
      return new SubsetVote.Shortest(ballot, shortest.m());
    } else if (rule instanceof Rule.FilteredMajority filtered) {
      return new FilteredVote(ballot, filtered.top());
    } else if (rule instanceof Rule.WeightedMajority weighted) {
      return weighted.normalization() == Normalization.MIN_MAX
          ? new SubsetVote.MinMax(ballot)
          : new SubsetVote.Fixed(ballot, weighted.normalization().apply(ballot.scores()));
    }
    throw new IllegalArgumentException("no subsets to go through for " + rule);
  }

  private double enumerate(int k) {
    var chosen = new int[k];
    for (int i = 0; i < k; i++) {
      chosen[i] = i;
      vote.add(i);
    }
    double sum = 0;
    long subsets = 0;
    while (true) {
      sum += vote.credit();
      subsets++;
      int i = k - 1;
      while (i >= 0 && chosen[i] == n - k + i) {
        vote.remove(chosen[i--]);
      }
      if (i < 0) {
        return sum / subsets;
      }
      vote.remove(chosen[i]);
      int next = chosen[i] + 1;
      for (; i < k; i++) {
        chosen[i] = next++;
        vote.add(chosen[i]);
      }
    }
  }

  private void draw(boolean[] drawn, int largest, long seed, int draws) {
    var order = new int[n];
    Arrays.setAll(order, i -> i);
    var swapped = new int[largest];
    var votes = new boolean[largest + 1];
    for (int at = 0; at < ks.length; at++) {
      if (drawn[at]) {
        votes[ks[at]] = true;
      }
    }
    var sums = new double[largest + 1];
    var squares = new double[largest + 1];
    for (int draw = 0; draw < draws; draw++) {
      long state = mix(seed + draw * GOLDEN_GAMMA);
      for (int k = 1; k <= largest; k++) {
        state += GOLDEN_GAMMA;
        int i = k - 1;
        // The high half of the product is below n - i, even to some 1e-9 of it.
        int j = i + (int) ((mix(state) >>> 32) * (n - i) >>> 32);
        swap(order, i, j);
        swapped[i] = j;
        vote.add(order[i]);
        if (votes[k]) {
          double credit = vote.credit();
          sums[k] += credit;
          squares[k] += credit * credit;
        }
      }
      vote.clear();
      // Back to file order, so that no draw depends on how far another one went.
      for (int i = largest - 1; i >= 0; i--) {
        swap(order, i, swapped[i]);
      }
    }
    for (int at = 0; at < ks.length; at++) {
      if (drawn[at]) {
        double mean = sums[ks[at]] / draws;
        double variance = Math.max(0, squares[ks[at]] - draws * mean * mean) / (draws - 1);
        estimate.values[at] = mean;
        estimate.errors[at] = Math.sqrt(variance / draws);
      }
    }
  }

  private static void swap(int[] order, int i, int j) {
    int swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }

  /** The finaliser of SplitMix64 (Steele et al. 2014). */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
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
