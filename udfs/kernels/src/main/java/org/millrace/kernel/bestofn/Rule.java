package org.millrace.kernel.bestofn;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;

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

    @Override
    public double[] firstK(Ballot ballot, int[] ks, Ties ties) {
      var tally = new Tally(ballot, ties);
      var values = new double[ks.length];
      for (int i = 0; i < ks.length; i++) {
        values[i] = ks[i] > ballot.size() ? Double.NaN : tally.credit(ks[i]);
      }
      return values;
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

  /**
   * Weights by rank of the score: (k - rank + 1)^power, k counting the samples that have a score;
   * equal scores rank in file order (self-certainty with Borda voting, arXiv 2502.18581).
   */
  record Borda(double power) implements Rule {
    @Override
    public Pick choose(Ballot ballot, int k, Ties ties) {
      return Vote.winner(ballot, weights(Arrays.copyOf(ballot.scores(), k), power), ties);
    }

    @Override
    public double[] firstK(Ballot ballot, int[] ks, Ties ties) {
      var order = BestOfK.descending(ballot.scores());
      var powers = powers(ballot.size(), power);
      return prefixes(ballot, ks, k -> Vote.winner(ballot, weights(order, k, powers), ties));
    }

    /** Weight of each sample; NaN without a score. */
    static double[] weights(double[] scores, double power) {
      return weights(BestOfK.descending(scores), scores.length, powers(scores.length, power));
    }

    private static double[] weights(int[] order, int k, double[] powers) {
      var weights = new double[k];
      Arrays.fill(weights, Double.NaN);
      int behind = 0;
      for (int place = order.length - 1; place >= 0; place--) {
        if (order[place] < k) {
          weights[order[place]] = powers[behind++];
        }
      }
      return weights;
    }

    /** 1^power to n^power. */
    static double[] powers(int n, double power) {
      var powers = new double[n];
      Arrays.setAll(powers, i -> Math.pow(i + 1.0, power));
      return powers;
    }
  }

  /**
   * The answer with the largest sum of scores over the samples whose score is among the best, in
   * DeepConf's filtered majority (arXiv 2508.15260): those that reach the {@link
   * TraceConfidence#threshold} of the scores at hand. Infinite scores bound nothing and don't vote.
   *
   * @param top share of the samples that is to vote, above 0 to 1
   */
  record FilteredMajority(double top) implements Rule {

    /** The paper's smaller share. */
    public static final double DEFAULT_TOP = .1;

    /**
     * @throws IllegalArgumentException if the share is out of range
     */
    public FilteredMajority {
      if (!(top > 0 && top <= 1)) {
        throw new IllegalArgumentException("the share that votes is above 0 to 1, not " + top);
      }
    }

    @Override
    public Pick choose(Ballot ballot, int k, Ties ties) {
      var weights = Arrays.copyOf(ballot.scores(), k);
      var known = Arrays.stream(weights).filter(Double::isFinite).toArray();
      if (known.length == 0) {
        return Pick.NONE;
      }
      double threshold = TraceConfidence.threshold(known, top);
      for (int i = 0; i < k; i++) {
        boolean votes = Double.isFinite(weights[i]) && weights[i] >= threshold;
        weights[i] = votes ? weights[i] : Double.NaN;
      }
      return Vote.winner(ballot, weights, ties);
    }
  }

  /**
   * The most frequent answer of the m shortest samples (short-m@k, arXiv 2505.17813); equal sizes
   * count in file order, samples of unknown size not at all.
   */
  record ShortM(int m) implements Rule {
    @Override
    public Pick choose(Ballot ballot, int k, Ties ties) {
      return choose(ballot, ascending(Arrays.copyOf(ballot.sizes(), k)), k, ties);
    }

    @Override
    public double[] firstK(Ballot ballot, int[] ks, Ties ties) {
      var order = ascending(ballot.sizes());
      return prefixes(ballot, ks, k -> choose(ballot, order, k, ties));
    }

    private Pick choose(Ballot ballot, int[] order, int k, Ties ties) {
      var weights = new double[k];
      Arrays.fill(weights, Double.NaN);
      int voters = 0;
      for (int i = 0; i < order.length && voters < m; i++) {
        if (order[i] < k) {
          weights[order[i]] = 1;
          voters++;
        }
      }
      return Vote.winner(ballot, weights, ties);
    }

    /** Indices of the samples whose size is known, shortest first; equal sizes in file order. */
    static int[] ascending(double[] sizes) {
      var keys = new double[sizes.length];
      Arrays.setAll(keys, i -> -sizes[i]);
      return BestOfK.descending(keys);
    }
  }

  /**
   * The expected credit of the rule's choice among the first k samples, NaN where there aren't k.
   */
  default double[] firstK(Ballot ballot, int[] ks, Ties ties) {
    return prefixes(ballot, ks, k -> choose(ballot, k, ties));
  }

  /**
   * A rule by name: pass, best-score (also shortest and longest, whose scores are lengths),
   * majority, weighted-majority:sigmoid, filtered-majority:0.1, borda:0.5, short-3.
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
      case "filtered-majority" ->
          new FilteredMajority(
              parameter.isEmpty() ? FilteredMajority.DEFAULT_TOP : Double.parseDouble(parameter));
      case "borda" -> new Borda(parameter.isEmpty() ? 0.5 : Double.parseDouble(parameter));
      default -> {
        if (base.matches("short-[1-9][0-9]{0,8}")) {
          yield new ShortM(Integer.parseInt(base.substring("short-".length())));
        }
        throw new IllegalArgumentException("no rule '" + name + "'");
      }
    };
  }

  private static double[] prefixes(Ballot ballot, int[] ks, IntFunction<Pick> choose) {
    var values = new double[ks.length];
    for (int i = 0; i < ks.length; i++) {
      values[i] = ks[i] > ballot.size() ? Double.NaN : choose.apply(ks[i]).credit();
    }
    return values;
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
