package org.millrace.kernel.strategy.cluster;

import java.io.Serializable;
import org.millrace.kernel.strategy.Draws;

/**
 * A point that a draw fell on: the one of the least time, of equals of the smallest id, so that
 * blocks can draw on their own and be reduced.
 *
 * @param time of the draw, from 0
 * @param id of the point
 * @param vector of the point; not to be changed
 */
public record Drawn(double time, long id, double[] vector) implements Serializable {

  /**
   * The earlier of two: associative and commutative.
   *
   * @param first or null, of no points
   * @param second or null
   */
  public static Drawn of(Drawn first, Drawn second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return before(second.time, second.id, first.time, first.id) ? second : first;
  }

  private static boolean before(double time, long id, double otherTime, long otherId) {
    return time < otherTime || (time == otherTime && id < otherId);
  }

  /**
   * Draws with the same chance each.
   *
   * @param points a block
   * @param key of the draw
   * @return null of an empty block
   */
  public static Drawn uniform(Points points, long key) {
    int drawn = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < points.size(); i++) {
      double time = Draws.uniform(Draws.key(key, points.id(i)));
      if (drawn < 0 || before(time, points.id(i), least, points.id(drawn))) {
        least = time;
        drawn = i;
      }
    }
    return drawn < 0 ? null : new Drawn(least, points.id(drawn), points.vector(drawn));
  }

  /**
   * Draws with chances proportional to squared distances.
   *
   * @param points a block
   * @param squaredDistances of the points, from 0; not changed
   * @param key of the draw
   * @return null if no distance is above 0
   */
  public static Drawn weighted(Points points, double[] squaredDistances, long key) {
    int drawn = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < points.size(); i++) {
      double time = Draws.exponential(Draws.key(key, points.id(i))) / squaredDistances[i];
      if (time < least || (drawn >= 0 && before(time, points.id(i), least, points.id(drawn)))) {
        least = time;
        drawn = i;
      }
    }
    return drawn < 0 ? null : new Drawn(least, points.id(drawn), points.vector(drawn));
  }
}
