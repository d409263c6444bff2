package org.millrace.streaming.placement.plan;

import java.util.Arrays;

/**
 * An order of a site's nodes and what it is worth.
 *
 * @param order nodes by number, only those that run ranks
 * @param score compared first; then order, which is that of the names
 * @param cost in detail
 */
record Candidate(int[] order, Score score, Cost cost) implements Comparable<Candidate> {

  @Override
  public int compareTo(Candidate other) {
    int byScore = score.compareTo(other.score);
    return byScore != 0 ? byScore : Arrays.compare(order, other.order);
  }

  Candidate better(Candidate other) {
    return other == null || compareTo(other) <= 0 ? this : other;
  }
}
