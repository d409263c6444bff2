package org.millrace.kernel.strategy.cluster;

import java.io.Serializable;

/**
 * The point that is farthest from its nearest centre, of equals the one of the smallest id.
 *
 * @param squaredDistance to its nearest centre, from 0
 * @param id of the point
 * @param vector of the point; not to be changed
 */
public record Farthest(double squaredDistance, long id, double[] vector) implements Serializable {

  /**
   * The farther of two: associative and commutative.
   *
   * @param first or null, of no points
   * @param second or null
   */
  public static Farthest of(Farthest first, Farthest second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return second.beyond(first.squaredDistance, first.id) ? second : first;
  }

  private boolean beyond(double otherDistance, long otherId) {
    return beyond(squaredDistance, id, otherDistance, otherId);
  }

  static boolean beyond(double distance, long id, double otherDistance, long otherId) {
    return distance > otherDistance || (distance == otherDistance && id < otherId);
  }
}
