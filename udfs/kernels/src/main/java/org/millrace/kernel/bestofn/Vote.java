package org.millrace.kernel.bestofn;

import java.util.Arrays;

/**
 * Counts a weighted vote of the first samples of a prompt. Sums of weights are compared on a grid
 * of 1e-9, so that ties don't depend on the order of addition. The credit of an answer is the mean
 * credit of the samples that give it among those that take part.
 */
public final class Vote {

  private Vote() {}

  /**
   * The winning answer.
   *
   * @param weights of the first samples; their number says how many of the ballot's samples take
   *     part; NaN for a sample that has no vote
   * @param ties who wins a tie
   * @return the choice; {@link Pick#NOTHING} where nobody voted
   */
  public static Pick winner(Ballot ballot, double[] weights, Ties ties) {
    var answers = ballot.answers();
    int n = weights.length;
    int distinct = Answers.distinct(answers);
    var sums = new long[distinct];
    var voted = new boolean[distinct];
    var whole = WholeWeights.of(answers, weights);
    for (int i = 0; i < n; i++) {
      if (answers[i] != Answers.NONE && !Double.isNaN(weights[i])) {
        voted[answers[i]] = true;
        sums[answers[i]] += whole.whole(weights[i]);
      }
    }
    long most = Long.MIN_VALUE;
    int tied = 0;
    for (int g = 0; g < distinct; g++) {
      if (voted[g]) {
        tied = sums[g] > most ? 1 : sums[g] == most ? tied + 1 : tied;
        most = Math.max(most, sums[g]);
      }
    }
    if (tied == 0) {
      return Pick.NONE;
    }
    for (int g = 0; g < distinct; g++) {
      voted[g] &= sums[g] == most;
    }
    return decide(ballot, weights, voted, tied, ties);
  }

  private static Pick decide(
      Ballot ballot, double[] weights, boolean[] winners, int tied, Ties ties) {
    // The answers in the order in which they appear, each by its first sample.
    var shortest = new double[winners.length];
    Arrays.fill(shortest, Double.POSITIVE_INFINITY);
    for (int i = 0; i < weights.length; i++) {
      if (wins(ballot, weights, winners, i) && !Double.isNaN(ballot.sizes()[i])) {
        int answer = ballot.answers()[i];
        shortest[answer] = Math.min(shortest[answer], ballot.sizes()[i]);
      }
    }
    var seen = new boolean[winners.length];
    int position = Pick.NOTHING;
    for (int i = 0; i < weights.length; i++) {
      if (wins(ballot, weights, winners, i) && !seen[ballot.answers()[i]]) {
        seen[ballot.answers()[i]] = true;
        if (position == Pick.NOTHING || before(ballot, shortest, i, position, ties)) {
          position = i;
        }
      }
    }
    double credit =
        switch (ties) {
          case SHARED, MEAN -> meanCredit(ballot, weights.length, winners, tied);
          case STRICT -> tied > 1 ? 0 : credit(ballot, weights.length, position);
          default -> credit(ballot, weights.length, position);
        };
    return new Pick(position, tied, credit);
  }

  private static boolean wins(Ballot ballot, double[] weights, boolean[] winners, int i) {
    int answer = ballot.answers()[i];
    return answer != Answers.NONE && winners[answer] && !Double.isNaN(weights[i]);
  }

  /** Whether the answer of sample i is better than that of the earlier sample j, by tie policy. */
  private static boolean before(Ballot ballot, double[] shortest, int i, int j, Ties ties) {
    return switch (ties) {
      case SMALLEST, MEAN -> ballot.texts()[i].compareTo(ballot.texts()[j]) < 0;
      case SHORTEST -> shortest[ballot.answers()[i]] < shortest[ballot.answers()[j]];
      default -> false;
    };
  }

  /** Mean credit of the samples that give the answer of the one at a position. */
  private static double credit(Ballot ballot, int n, int position) {
    int answer = ballot.answers()[position];
    double credit = 0;
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (ballot.answers()[i] == answer) {
        credit += ballot.credits()[i];
        count++;
      }
    }
    return credit / count;
  }

  private static double meanCredit(Ballot ballot, int n, boolean[] winners, int tied) {
    var credits = new double[winners.length];
    var counts = new int[winners.length];
    for (int i = 0; i < n; i++) {
      int answer = ballot.answers()[i];
      if (answer != Answers.NONE && winners[answer]) {
        credits[answer] += ballot.credits()[i];
        counts[answer]++;
      }
    }
    double sum = 0;
    for (int g = 0; g < winners.length; g++) {
      sum += winners[g] ? credits[g] / counts[g] : 0;
    }
    return sum / tied;
  }
}
