package org.millrace.kernel.bestofn;

import java.util.Arrays;
import java.util.Locale;

/** A rule that chooses one sample of a prompt, or of its first k. */
public sealed interface Rule {

  /** Chooses among the first k samples. */
  Pick choose(Ballot ballot, int k, Ties ties);

  /** Any right sample will do: the ceiling of all rules. */
  record Pass() implements Rule {
    @Override
    public Pick choose(Ballot ballot, int k, Ties ties) {
      return best(ballot.credits(), ballot, k);
    }
  }

  /** The best score, the first on ties. */
  record Best() implements Rule {
    @Override
    public Pick choose(Ballot ballot, int k, Ties ties) {
      return best(ballot.scores(), ballot, k);
    }
  }

  /** The most frequent answer. */
  record Majority() implements Rule {
    @Override
    public Pick choose(Ballot ballot, int k, Ties ties) {
      var weights = new double[k];
      Arrays.fill(weights, 1);
      return Vote.winner(ballot, weights, ties);
    }
  }

  /** The answer with the largest sum of scores. */
  record WeightedMajority(Normalization normalization) implements Rule {
    @Override
    public Pick choose(Ballot ballot, int k, Ties ties) {
      var scores = Arrays.copyOf(ballot.scores(), k);
      return Vote.winner(ballot, normalization.apply(scores), ties);
    }
  }

  /** Weights by rank of the score: (k - rank + 1)^power. */
  record Borda(double power) implements Rule {
    @Override
    public Pick choose(Ballot ballot, int k, Ties ties) {
      return Vote.winner(ballot, weights(Arrays.copyOf(ballot.scores(), k), power), ties);
    }

    /** Weight of each sample; NaN without a score; equal scores rank in file order. */
    static double[] weights(double[] scores, double power) {
      var order = BestOfK.descending(scores);
      var weights = new double[scores.length];
      Arrays.fill(weights, Double.NaN);
      for (int rank = 0; rank < order.length; rank++) {
        weights[order[rank]] = Math.pow(order.length - rank, power);
      }
      return weights;
    }
  }

  /** The most frequent answer of the m shortest samples (short-m@k, arXiv 2505.17813). */
  record ShortM(int m) implements Rule {
    @Override
    public Pick choose(Ballot ballot, int k, Ties ties) {
      var lengths = Arrays.copyOf(ballot.sizes(), k);
      for (int i = 0; i < k; i++) {
        lengths[i] = -lengths[i];
      }
      var weights = new double[k];
      Arrays.fill(weights, Double.NaN);
      var order = BestOfK.descending(lengths);
      for (int i = 0; i < Math.min(m, order.length); i++) {
        weights[order[i]] = 1;
      }
      return Vote.winner(ballot, weights, ties);
    }
  }

  /**
   * The expected credit of the rule's choice among the first k samples, NaN where there aren't k.
   */
  default double[] firstK(Ballot ballot, int[] ks, Ties ties) {
    var values = new double[ks.length];
    for (int i = 0; i < ks.length; i++) {
      values[i] = ks[i] > ballot.size() ? Double.NaN : choose(ballot, ks[i], ties).credit();
    }
    return values;
  }

  /**
   * A rule by name: pass, best-score (also shortest and longest, whose scores are lengths),
   * majority, weighted-majority:sigmoid, borda:0.5, short-3.
   *
   * @throws IllegalArgumentException if there is no such rule
   */
  static Rule parse(String name) {
    int colon = name.indexOf(':');
    var base = colon < 0 ? name : name.substring(0, colon);
    var parameter = colon < 0 ? "" : name.substring(colon + 1);
    return switch (base) {
      case "pass" -> new Pass();
      case "best-score", "shortest", "longest" -> new Best();
      case "majority" -> new Majority();
      case "weighted-majority" ->
          new WeightedMajority(
              parameter.isEmpty()
                  ? Normalization.NONE
                  : Normalization.valueOf(parameter.toUpperCase(Locale.ROOT).replace('-', '_')));
      case "borda" -> new Borda(parameter.isEmpty() ? 0.5 : Double.parseDouble(parameter));
      default -> {
        if (base.matches("short-[1-9][0-9]{0,8}")) {
          yield new ShortM(Integer.parseInt(base.substring("short-".length())));
        }
        throw new IllegalArgumentException("no rule '" + name + "'");
      }
    };
  }

  private static Pick best(double[] keys, Ballot ballot, int k) {
    int best = Pick.NOTHING;
    int tied = 0;
    for (int i = 0; i < k; i++) {
      if (Double.isNaN(keys[i])) {
        continue;
      }
      if (best == Pick.NOTHING || keys[i] > keys[best]) {
        best = i;
        tied = 1;
      } else if (keys[i] == keys[best]) {
        tied++;
      }
    }
    return best == Pick.NOTHING ? Pick.NONE : new Pick(best, tied, ballot.credits()[best]);
  }
}
