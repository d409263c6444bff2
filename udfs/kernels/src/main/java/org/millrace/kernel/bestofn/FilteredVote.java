package org.millrace.kernel.bestofn;

import java.util.Arrays;

/** The vote of those of a subset whose score reaches the subset's own threshold. */
final class FilteredVote extends SubsetVote.Counted {

  private final double[] scores;
  private final double top;
  private final WholeWeights whole;
  private int voters;

  /**
   * @param top share that votes, above 0 to 1
   */
  FilteredVote(Ballot ballot, double top) {
    super(ballot, finite(ballot.scores()));
    this.scores = ballot.scores();
    this.top = top;
    this.whole = WholeWeights.of(ballot.answers(), scores);
  }

  private static int[] finite(double[] scores) {
    return Arrays.stream(BestOfK.descending(scores))
        .filter(i -> Double.isFinite(scores[i]))
        .toArray();
  }

  @Override
  void begin() {
    var members = new double[size()];
    int at = -1;
    for (int rank = 0; rank < members.length; rank++) {
      at = next(at + 1);
      members[rank] = scores[sample(at)];
    }
    if (members.length > 0) {
      double threshold = TraceConfidence.threshold(members, top);
      voters = (int) Arrays.stream(members).filter(score -> score >= threshold).count();
    }
  }

  @Override
  int voters() {
    return voters;
  }

  @Override
  long weight(int rank, int sample) {
    return whole.whole(scores[sample]);
  }
}
