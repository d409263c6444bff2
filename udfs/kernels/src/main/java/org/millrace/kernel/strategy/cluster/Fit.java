package org.millrace.kernel.strategy.cluster;

/**
 * What the rounds of a clustering came to, wherever the points are.
 *
 * @param centres of the clusters; every point's label is the place of its nearest
 * @param objectives of each round, in order: of DP-means cost and λ a centre, of k-means the cost
 * @param settled whether it ended because nothing changed, rather than by the cap on rounds
 */
public record Fit(Centres centres, double[] objectives, boolean settled) {

  /** How many rounds it took. */
  public int rounds() {
    return objectives.length;
  }

  /** Objective of the last round. */
  public double objective() {
    return objectives[objectives.length - 1];
  }

  Clustering labelled(int[] labels) {
    return new Clustering(centres, labels, objectives, settled);
  }
}
