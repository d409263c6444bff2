package org.millrace.kernel.bestofn;

import java.util.Arrays;

/**
 * The vote of a subset of a prompt's samples, to which samples are added and from which they are
 * taken away: going from one subset to the next costs only the difference. The credit of an answer
 * is the mean credit of all of the prompt's samples that give it.
 */
abstract class SubsetVote {

  final int[] answers;
  final long[] sums;
  final int[] votes;
  private final double[] credits;

  private SubsetVote(Ballot ballot) {
    this.answers = ballot.answers();
    this.credits = Answers.meanCredits(answers, ballot.credits());
    this.sums = new long[credits.length];
    this.votes = new int[credits.length];
  }

  abstract void add(int sample);

  abstract void remove(int sample);

  /** Takes all samples away. */
  abstract void clear();

  /** Brings sums and votes up to date; must not change what is added. */
  abstract void count();

  /** Expected credit of the winner, tied answers sharing; 0 where nobody voted. */
  final double credit() {
    count();
    long most = Long.MIN_VALUE;
    double credit = 0;
    int tied = 0;
    for (int g = 0; g < sums.length; g++) {
      if (votes[g] == 0 || sums[g] < most) {
        continue;
      }
      if (tied == 0 || sums[g] > most) {
        most = sums[g];
        credit = credits[g];
        tied = 1;
      } else {
        credit += credits[g];
        tied++;
      }
    }
    return tied == 0 ? 0 : credit / tied;
  }

  /** Each sample has the same weight in all subsets. */
  static final class Fixed extends SubsetVote {

    private final long[] weights;
    private final boolean[] voter;

    Fixed(Ballot ballot, double[] weights) {
      super(ballot);
      int n = weights.length;
      var whole = WholeWeights.of(answers, weights);
      this.weights = new long[n];
      this.voter = new boolean[n];
      for (int i = 0; i < n; i++) {
        voter[i] = answers[i] != Answers.NONE && !Double.isNaN(weights[i]);
        this.weights[i] = voter[i] ? whole.whole(weights[i]) : 0;
      }
    }

    @Override
    void add(int sample) {
      if (voter[sample]) {
        sums[answers[sample]] += weights[sample];
        votes[answers[sample]]++;
      }
    }

    @Override
    void remove(int sample) {
      if (voter[sample]) {
        sums[answers[sample]] -= weights[sample];
        votes[answers[sample]]--;
      }
    }

    @Override
    void clear() {
      Arrays.fill(sums, 0);
      Arrays.fill(votes, 0);
    }

    @Override
    void count() {}
  }

  /** Weights depend on the rest of the subset: the members are counted at each vote. */
  abstract static class Counted extends SubsetVote {

    /** Where each sample stands in the order of counting; -1 for one that is left out. */
    private final int[] place;

    private final int[] order;
    private final long[] members;

    Counted(Ballot ballot, int[] order) {
      super(ballot);
      this.order = order;
      this.place = new int[ballot.size()];
      Arrays.fill(place, -1);
      for (int i = 0; i < order.length; i++) {
        place[order[i]] = i;
      }
      this.members = new long[(order.length + Long.SIZE - 1) / Long.SIZE];
    }

    @Override
    final void add(int sample) {
      int at = place[sample];
      if (at >= 0) {
        members[at / Long.SIZE] |= 1L << at;
      }
    }

    @Override
    final void remove(int sample) {
      int at = place[sample];
      if (at >= 0) {
        members[at / Long.SIZE] &= ~(1L << at);
      }
    }

    @Override
    final void clear() {
      Arrays.fill(members, 0);
    }

    /** Members that are in the order. */
    final int size() {
      int size = 0;
      for (long word : members) {
        size += Long.bitCount(word);
      }
      return size;
    }

    /** Called before a vote. */
    abstract void begin();

    /** Whole weight of a member; from 0 by the order. */
    abstract long weight(int rank, int sample);

    /** How many of the first members vote. */
    int voters() {
      return Integer.MAX_VALUE;
    }

    /** The member that follows, by its place; -1 after the last. */
    final int next(int from) {
      int word = from / Long.SIZE;
      if (word >= members.length) {
        return -1;
      }
      long rest = members[word] & (-1L << from);
      while (rest == 0) {
        if (++word == members.length) {
          return -1;
        }
        rest = members[word];
      }
      return word * Long.SIZE + Long.numberOfTrailingZeros(rest);
    }

    /** The last member up to a place; -1 where there is none. */
    final int previous(int from) {
      for (int at = Math.min(from, order.length - 1); at >= 0; at--) {
        if ((members[at / Long.SIZE] >>> at & 1) == 1) {
          return at;
        }
      }
      return -1;
    }

    final int sample(int place) {
      return order[place];
    }

    @Override
    final void count() {
      Arrays.fill(sums, 0);
      Arrays.fill(votes, 0);
      begin();
      int voters = voters();
      int rank = 0;
      for (int word = 0; word < members.length; word++) {
        for (long rest = members[word]; rest != 0 && rank < voters; rest &= rest - 1) {
          int sample = order[word * Long.SIZE + Long.numberOfTrailingZeros(rest)];
          int answer = answers[sample];
          if (answer != Answers.NONE) {
            sums[answer] += weight(rank, sample);
            votes[answer]++;
          }
          rank++;
        }
      }
    }
  }

  /** Weight (size - rank + 1)^power by the rank of the score within the subset. */
  static final class Borda extends Counted {

    private final long[] weights;
    private int size;

    Borda(Ballot ballot, double power) {
      super(ballot, BestOfK.descending(ballot.scores()));
      var powers = Rule.Borda.powers(ballot.size(), power);
      double total = 0;
      for (double weight : powers) {
        total += weight;
      }
      var whole = new WholeWeights(total, powers.length);
      this.weights = new long[powers.length];
      Arrays.setAll(weights, i -> whole.whole(powers[i]));
    }

    @Override
    void begin() {
      size = size();
    }

    @Override
    long weight(int rank, int sample) {
      return weights[size - rank - 1];
    }
  }

  /** One vote each of the m shortest. */
  static final class Shortest extends Counted {

    private final int m;

    Shortest(Ballot ballot, int m) {
      super(ballot, Rule.ShortM.ascending(ballot.sizes()));
      this.m = m;
    }

    @Override
    void begin() {}

    @Override
    int voters() {
      return m;
    }

    @Override
    long weight(int rank, int sample) {
      return 1;
    }
  }

  /** Scores brought between 0 and 1 within the subset. */
  static final class MinMax extends Counted {

    private final double[] scores;
    private final WholeWeights whole;
    private double min;
    private double width;

    MinMax(Ballot ballot) {
      super(ballot, BestOfK.descending(ballot.scores()));
      this.scores = ballot.scores();
      this.whole = new WholeWeights(scores.length, scores.length);
    }

    @Override
    void begin() {
      int first = next(0);
      while (first >= 0 && Double.isInfinite(scores[sample(first)])) {
        first = next(first + 1);
      }
      int last = previous(scores.length - 1);
      while (last >= 0 && Double.isInfinite(scores[sample(last)])) {
        last = previous(last - 1);
      }
      double max = first < 0 ? 0 : scores[sample(first)];
      min = last < 0 ? 0 : scores[sample(last)];
      width = max - min + Normalization.MARGIN;
    }

    @Override
    long weight(int rank, int sample) {
      double score = scores[sample];
      return whole.whole(Double.isFinite(score) ? (score - min) / width : score);
    }
  }
}
