package org.millrace.kernel.strategy.cluster;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A pass over all epochs, by which every point's label can be told again: the centres that an epoch
 * began with are the first of those that the pass ended with, and of points that were proposed the
 * master's labels are kept. So no label has to be stored while a pass runs. Immutable.
 */
public final class OccPass implements Serializable {

  private static final long serialVersionUID = 1;

  private final Centres centres;
  private final double lambda;
  private final int[] begun;
  private final long[][] proposed;
  private final int[][] judged;

  private OccPass(Centres centres, double lambda, int[] begun, long[][] proposed, int[][] judged) {
    this.centres = centres;
    this.lambda = lambda;
    this.begun = begun;
    this.proposed = proposed;
    this.judged = judged;
  }

  /**
   * Runs a pass: a call of {@link Epochs#propose} and the master's part an epoch.
   *
   * @param epochs of points
   * @param start centres to begin with, at least one
   * @param lambda in squared distance, from 0
   */
  static OccPass of(Epochs epochs, Centres start, double lambda) {
    int count = epochs.count();
    var begun = new int[count];
    var proposed = new long[count][];
    var judged = new int[count][];
    var centres = start;
    for (int e = 0; e < count; e++) {
      begun[e] = centres.count();
      var verdict = OccEpoch.validate(epochs.propose(e, centres, lambda), centres, lambda);
      centres = verdict.centres();
      proposed[e] = verdict.ids();
      judged[e] = verdict.labels();
    }
    return new OccPass(centres, lambda, begun, proposed, judged);
  }

  /** The centres that the pass ended with, those that it began with first. */
  public Centres centres() {
    return centres;
  }

  /**
   * Labels of a block: places among {@link #centres}.
   *
   * @param epoch that the block is of
   * @param points the block
   */
  public int[] labels(int epoch, Points points) {
    var labels = new int[points.size()];
    OccEpoch.propose(points, centres.first(begun[epoch]), lambda, labels);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == OccEpoch.PROPOSED) {
        labels[i] = judged[epoch][Arrays.binarySearch(proposed[epoch], points.id(i))];
      }
    }
    return labels;
  }
}
