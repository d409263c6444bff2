package org.millrace.streaming.placement.plan;

import java.util.Comparator;

/**
 * How good a plan is: the first difference decides, less is better. Times count in whole
 * nanoseconds, so that plans that differ by rounding only are equal.
 *
 * @param mixedTensorGroups tensor-parallel groups whose nodes share no RDMA fabric; always 0, as
 *     such a group never leaves its node
 * @param mixedDataGroups data-parallel groups whose nodes share no RDMA fabric
 * @param iterationNanos predicted time of an iteration
 * @param ringCrossings places where the ring of a data-parallel, pipeline or embedding group goes
 *     from one domain to another, summed over tiers
 * @param lostWholeDomains domains, of all tiers, that were free and healthy as a whole and are so
 *     no longer
 */
public record Score(
    int mixedTensorGroups,
    int mixedDataGroups,
    long iterationNanos,
    long ringCrossings,
    int lostWholeDomains)
    implements Comparable<Score> {

  private static final Comparator<Score> ORDER =
      Comparator.comparingInt(Score::mixedTensorGroups)
          .thenComparingInt(Score::mixedDataGroups)
          .thenComparingLong(Score::iterationNanos)
          .thenComparingLong(Score::ringCrossings)
          .thenComparingInt(Score::lostWholeDomains);

  /** Less is better. */
  @Override
  public int compareTo(Score other) {
    return ORDER.compare(this, other);
  }
}
