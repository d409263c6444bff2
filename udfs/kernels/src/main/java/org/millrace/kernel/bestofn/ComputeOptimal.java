package org.millrace.kernel.bestofn;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Compute-optimal sampling by difficulty (Snell et al. 2024, arXiv 2408.03314, section 3.2): each
 * bin of prompts has the choice of a strategy and a number of answers that together are right most
 * often on a calibration split, within a mean number of answers a prompt. Two-fold
 * cross-validation, which learns on one half and measures on the other, says what that is worth.
 */
public final class ComputeOptimal {

  /** Of solutions whose costs are so near each other, only the best is followed up. */
  private static final double RESOLUTION = 1e-5;

  private static final double ROUNDING = 1e-9;

  /** Less mean credit than this is an error of summation, for which nothing is spent. */
  private static final double NO_GAIN = 1e-12;

  private ComputeOptimal() {}

  /**
   * What was measured on a calibration split. An observation is a prompt, or a prompt in one order
   * of its answers.
   *
   * @param bins difficulty of each observation, at least 0
   * @param folds 0 or 1 of each; all those of a prompt have the same
   * @param weights of each, above 0
   * @param values the expected credit of each under each choice, all rows of one length
   * @param costs answers that each choice takes, above 0
   */
  public record Measured(
      int[] bins, int[] folds, double[] weights, double[][] values, double[] costs) {

    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if they differ, or there is nothing
     */
    public Measured {
      int n = requireNonNull(bins, "bins is null").length;
      if (n == 0 || folds.length != n || weights.length != n || values.length != n) {
        throw new IllegalArgumentException(
            "bins, folds, weights and values are of as many observations, at least one: %d, %d, %d, %d"
                .formatted(n, folds.length, weights.length, values.length));
      }
      for (var value : values) {
        if (value.length != costs.length || costs.length == 0) {
          throw new IllegalArgumentException(
              "a value for each of the %d choices, not %d".formatted(costs.length, value.length));
        }
      }
    }

    private int binCount() {
      return Arrays.stream(bins).max().orElseThrow() + 1;
    }

    private Sums sums(IntPredicate fold) {
      var sums = new Sums(new double[binCount()], new double[binCount()][costs.length]);
      for (int i = 0; i < bins.length; i++) {
        if (fold.test(folds[i])) {
          sums.weights[bins[i]] += weights[i];
          for (int c = 0; c < costs.length; c++) {
            sums.values[bins[i]][c] += weights[i] * values[i][c];
          }
        }
      }
      return sums;
    }
  }

  /** Weights and weighted values by bin. */
  private record Sums(double[] weights, double[][] values) {

    double weight() {
      return Arrays.stream(weights).sum();
    }

    Outcome of(int[] choices, double[] costs) {
      double value = 0;
      double cost = 0;
      for (int b = 0; b < weights.length; b++) {
        value += values[b][choices[b]];
        cost += weights[b] * costs[choices[b]];
      }
      return new Outcome(value / weight(), cost / weight());
    }
  }

  /**
   * What a plan comes to.
   *
   * @param value mean credit of a prompt
   * @param cost mean answers of a prompt
   */
  public record Outcome(double value, double cost) {}

  /** The choices of the bins so far, and their sums. */
  private record Partial(double value, double cost, int[] choices) {

    Partial and(double value, double cost, int choice) {
      var longer = Arrays.copyOf(choices, choices.length + 1);
      longer[choices.length] = choice;
      return new Partial(this.value + value, this.cost + cost, longer);
    }
  }

  /**
   * The best choice of each bin.
   *
   * @param budget mean answers a prompt at most
   * @return a choice a bin; one without an observation has what is best for all alike
   * @throws IllegalArgumentException if no choice is so cheap
   */
  public static int[] learn(Measured measured, double budget) {
    return learn(measured, measured.sums(fold -> true), budget);
  }

  /**
   * The one choice for all bins that is best on a calibration split.
   *
   * @param budget answers a prompt at most
   * @throws IllegalArgumentException if no choice is so cheap
   */
  public static int alike(Measured measured, double budget) {
    return alike(measured, measured.sums(fold -> true), budget);
  }

  /** What choices come to on the observations that they were learned on, or others. */
  public static Outcome of(Measured measured, int[] choices) {
    return measured.sums(fold -> true).of(choices, measured.costs());
  }

  /** The share of a bin's weight in all, 0 to 1. */
  public static double share(Measured measured, int bin) {
    var sums = measured.sums(fold -> true);
    return sums.weights()[bin] / sums.weight();
  }

  /** The mean credit of a bin's prompts under a choice; NaN without prompts. */
  public static double value(Measured measured, int bin, int choice) {
    var sums = measured.sums(fold -> true);
    return sums.values()[bin][choice] / sums.weights()[bin];
  }

  /**
   * What learning is worth on prompts that it has not seen: choices of either fold, measured on the
   * other one.
   */
  public static Outcome twoFold(Measured measured, double budget) {
    return twoFold(measured, sums -> learn(measured, sums, budget));
  }

  /** The same of one choice for all bins. */
  public static Outcome twoFoldAlike(Measured measured, double budget) {
    return twoFold(
        measured,
        sums -> {
          var choices = new int[measured.binCount()];
          Arrays.fill(choices, alike(measured, sums, budget));
          return choices;
        });
  }

  private interface Learner {
    int[] learn(Sums sums);
  }

  private static Outcome twoFold(Measured measured, Learner learner) {
    double value = 0;
    double cost = 0;
    double weight = 0;
    for (int f = 0; f < 2; f++) {
      int fold = f;
      var learned = measured.sums(other -> other != fold);
      var held = measured.sums(own -> own == fold);
      if (learned.weight() == 0 || held.weight() == 0) {
        throw new IllegalArgumentException("two folds need prompts in both");
      }
      var outcome = held.of(learner.learn(learned), measured.costs());
      value += outcome.value() * held.weight();
      cost += outcome.cost() * held.weight();
      weight += held.weight();
    }
    return new Outcome(value / weight, cost / weight);
  }

  private static int alike(Measured measured, Sums sums, double budget) {
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < measured.costs().length; c++) {
      double value = 0;
      for (var values : sums.values()) {
        value += values[c];
      }
      if (value > most + NO_GAIN * sums.weight()
          && measured.costs()[c] <= budget * (1 + ROUNDING)) {
        most = value;
        best = c;
      }
    }
    if (best < 0) {
      throw new IllegalArgumentException("no choice costs as little as " + budget);
    }
    return best;
  }

  private static int[] learn(Measured measured, Sums sums, double budget) {
    int fallback = alike(measured, sums, budget);
    double most = budget * sums.weight() * (1 + ROUNDING);
    var front = List.of(new Partial(0, 0, new int[0]));
    for (int b = 0; b < sums.weights().length; b++) {
      var extended = new ArrayList<Partial>();
      for (var partial : front) {
        for (int c = 0; c < measured.costs().length; c++) {
          double cost = sums.weights()[b] * measured.costs()[c];
          if (sums.weights()[b] == 0 ? c == fallback : partial.cost() + cost <= most) {
            extended.add(partial.and(sums.values()[b][c], cost, c));
          }
        }
      }
      front = best(extended, most * RESOLUTION, NO_GAIN * sums.weight());
    }
    return front.get(front.size() - 1).choices();
  }

  /** Those than which none is both cheaper and better, by rising cost and value. */
  private static List<Partial> best(List<Partial> all, double step, double noGain) {
    all.sort(
        Comparator.comparingDouble(Partial::cost)
            .thenComparing(Comparator.comparingDouble(Partial::value).reversed()));
    var best = new ArrayList<Partial>();
    double reached = Double.NEGATIVE_INFINITY;
    double from = Double.NEGATIVE_INFINITY;
    for (var partial : all) {
      if (partial.value() > reached + noGain) {
        reached = partial.value();
        if (partial.cost() - from < step) {
          best.set(best.size() - 1, partial);
        } else {
          best.add(partial);
          from = partial.cost();
        }
      }
    }
    return best;
  }
}
