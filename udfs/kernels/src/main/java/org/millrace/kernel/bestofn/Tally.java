package org.millrace.kernel.bestofn;

import java.util.Arrays;

/** Counts votes of equal weight sample by sample, so that all first k of a prompt cost one pass. */
final class Tally {

  private final Ballot ballot;
  private final Ties ties;
  private final int[] votes;
  private final double[] credits;
  private final double[] shortest;
  private final int[] first;
  private int counted;
  private int seen;

  Tally(Ballot ballot, Ties ties) {
    this.ballot = ballot;
    this.ties = ties;
    int distinct = Answers.distinct(ballot.answers());
    this.votes = new int[distinct];
    this.credits = new double[distinct];
    this.shortest = new double[distinct];
    this.first = new int[distinct];
  }

  /**
   * The credit of the majority of the first k.
   *
   * @param k no more than the samples; quick where it grows from call to call
   */
  double credit(int k) {
    if (k < counted) {
      Arrays.fill(votes, 0);
      Arrays.fill(credits, 0);
      counted = 0;
      seen = 0;
    }
    while (counted < k) {
      count(counted++);
    }
    int most = 0;
    for (int g = 0; g < seen; g++) {
      most = Math.max(most, votes[g]);
    }
    return most == 0 ? 0 : decide(most);
  }

  private void count(int i) {
    int answer = ballot.answers()[i];
    if (answer == Answers.NONE) {
      return;
    }
    if (votes[answer]++ == 0) {
      // Answers are numbered as they appear, so the seen ones are those below.
      seen = answer + 1;
      first[answer] = i;
      shortest[answer] = Double.POSITIVE_INFINITY;
    }
    credits[answer] += ballot.credits()[i];
    if (ballot.sizes()[i] < shortest[answer]) {
      shortest[answer] = ballot.sizes()[i];
    }
  }

  private double decide(int most) {
    int winner = Pick.NOTHING;
    int tied = 0;
    double shared = 0;
    for (int g = 0; g < seen; g++) {
      if (votes[g] == most) {
        tied++;
        shared += credits[g] / most;
        winner = winner == Pick.NOTHING || before(g, winner) ? g : winner;
      }
    }
    return switch (ties) {
      case SHARED, MEAN -> shared / tied;
      case STRICT -> tied > 1 ? 0 : shared;
      default -> credits[winner] / most;
    };
  }

  private boolean before(int g, int winner) {
    return switch (ties) {
      case SMALLEST -> ballot.texts()[first[g]].compareTo(ballot.texts()[first[winner]]) < 0;
      case SHORTEST -> shortest[g] < shortest[winner];
      default -> false;
    };
  }
}
