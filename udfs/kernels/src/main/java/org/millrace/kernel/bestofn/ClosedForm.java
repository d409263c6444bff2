package org.millrace.kernel.bestofn;

import java.util.Arrays;

/** The rules whose mean over all k-subsets needs no subsets. */
final class ClosedForm {

  private ClosedForm() {}

  /** The exact value for each k; NaN where there is no closed form, or no k-subset. */
  static double[] of(Rule rule, Ballot ballot, int[] ks) {
    if (rule instanceof Rule.Majority) {
      return MajorityAtK.curve(ballot.answers(), ballot.credits(), ks);
    } else if (rule instanceof Rule.Pass) {
      return best(ballot.credits(), ballot.credits(), ks);
    } else if (rule instanceof Rule.Best) {
      return best(ballot.scores(), ballot.credits(), ks);
    }
    var curve = new double[ks.length];
    Arrays.fill(curve, Double.NaN);
    if (rule instanceof Rule.ShortM shortest) {
      var order = Rule.ShortM.ascending(ballot.sizes());
      if (shortest.m() == 1) {
        return credited(byPlace(order, ballot), ballot, ks);
      } else if (order.length == ballot.size()) {
        allVote(curve, shortest.m(), ballot, ks);
      }
    } else if (rule instanceof Rule.Borda borda) {
      if (borda.power() > 0) {
        pairs(curve, byPlace(BestOfK.descending(ballot.scores()), ballot), ballot, ks);
      }
    } else if (rule instanceof Rule.WeightedMajority weighted) {
      pairs(curve, keys(weighted.normalization(), ballot), ballot, ks);
    }
    return curve;
  }

  /** Up to m samples all vote. */
  private static void allVote(double[] curve, int m, Ballot ballot, int[] ks) {
    var small = Arrays.stream(ks).map(k -> k <= m ? k : Integer.MAX_VALUE).toArray();
    var values = MajorityAtK.curve(ballot.answers(), ballot.credits(), small);
    System.arraycopy(values, 0, curve, 0, values.length);
  }

  /** Of one or two voters the heavier wins, be their answers the same or not. */
  private static void pairs(double[] curve, double[] keys, Ballot ballot, int[] ks) {
    if (Arrays.stream(ks).anyMatch(k -> k <= 2)) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] = ballot.answers()[i] == Answers.NONE ? Double.NaN : keys[i];
      }
      var values = credited(keys, ballot, ks);
      for (int i = 0; i < ks.length; i++) {
        curve[i] = ks[i] <= 2 ? values[i] : Double.NaN;
      }
    }
  }

  /** Keys in whose order the weights are, equal where they are equal. */
  private static double[] keys(Normalization normalization, Ballot ballot) {
    // Within a pair, min-max keeps the order of the scores.
    var weights =
        normalization == Normalization.MIN_MAX
            ? ballot.scores()
            : normalization.apply(ballot.scores());
    var whole = WholeWeights.of(ballot.answers(), weights);
    var keys = new double[weights.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Double.isNaN(weights[i]) ? Double.NaN : whole.whole(weights[i]);
    }
    return keys;
  }

  /** The later in the order, the lower the key; NaN for what is not in it. */
  private static double[] byPlace(int[] order, Ballot ballot) {
    var keys = new double[ballot.size()];
    Arrays.fill(keys, Double.NaN);
    for (int place = 0; place < order.length; place++) {
      keys[order[place]] = -place;
    }
    return keys;
  }

  /** Best of k by key, with the credit of the answer. */
  private static double[] credited(double[] keys, Ballot ballot, int[] ks) {
    var means = Answers.meanCredits(ballot.answers(), ballot.credits());
    var credits = new double[keys.length];
    for (int i = 0; i < keys.length; i++) {
      int answer = ballot.answers()[i];
      credits[i] = answer == Answers.NONE ? 0 : means[answer];
    }
    return best(keys, credits, ks);
  }

  /** Best of k samples, those without a key being drawn too: they lose, and alone have credit 0. */
  private static double[] best(double[] keys, double[] credits, int[] ks) {
    var all = keys.clone();
    var earned = credits.clone();
    for (int i = 0; i < all.length; i++) {
      if (Double.isNaN(all[i])) {
        all[i] = Double.NEGATIVE_INFINITY;
        earned[i] = 0;
      } else {
        all[i] = Math.max(all[i], -Double.MAX_VALUE);
      }
    }
    return BestOfK.curve(all, earned, ks);
  }
}
