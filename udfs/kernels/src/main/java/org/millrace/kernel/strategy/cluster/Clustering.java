package org.millrace.kernel.strategy.cluster;

/**
 * A finished clustering.
 *
 * @param centres of the clusters
 * @param labels each point's centre, block after block
 * @param objectives of each round, in order: of DP-means cost and λ a centre, of k-means the cost
 * @param settled whether it ended because nothing changed, rather than by the cap on rounds
 */
public record Clustering(Centres centres, int[] labels, double[] objectives, boolean settled) {

  /** How many rounds it took. */
  public int rounds() {
    return objectives.length;
  }

  /** Objective of the last round. */
  public double objective() {
    return objectives[objectives.length - 1];
  }
}
