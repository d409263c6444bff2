package org.millrace.batch.strategies.cluster;

import org.millrace.kernel.strategy.cluster.FarthestFirst;

/** What DP-means takes as λ, which a cluster costs. */
public sealed interface LambdaChoice {

  /**
   * λ as a squared distance.
   *
   * @param value from 0
   */
  static LambdaChoice squared(double value) {
    return new Value(value);
  }

  /**
   * λ as a distance, as the published code has it; it is squared.
   *
   * @param value from 0
   */
  static LambdaChoice distance(double value) {
    return new Value(value * value);
  }

  /**
   * λ that wants a number of clusters, by a farthest-first traversal.
   *
   * @param k at least 1
   */
  static LambdaChoice clusters(int k) {
    return new Clusters(k, k);
  }

  /**
   * λ that wants as many clusters of a range as it falls most steeply after.
   *
   * @param fewest at least 1
   * @param most at least as many
   */
  static LambdaChoice clusters(int fewest, int most) {
    return new Clusters(fewest, most);
  }

  /**
   * λ itself.
   *
   * @param squared distance, from 0
   */
  record Value(double squared) implements LambdaChoice {
    /** Refuses what is no λ. */
    public Value {
      if (!(squared >= 0)) {
        throw new IllegalArgumentException("lambda is 0 or more, not " + squared);
      }
    }
  }

  /**
   * A range of numbers of clusters.
   *
   * @param fewest at least 1
   * @param most at least as many
   */
  record Clusters(int fewest, int most) implements LambdaChoice {
    /** Refuses an empty range. */
    public Clusters {
      if (fewest < 1 || most < fewest) {
        throw new IllegalArgumentException(
            "clusters from %d to %d: the first is 1 or more, the second no less"
                .formatted(fewest, most));
      }
    }

    double lambda(FarthestFirst traversal) {
      return traversal.lambda(fewest == most ? fewest : traversal.steepest(fewest, most));
    }
  }
}
