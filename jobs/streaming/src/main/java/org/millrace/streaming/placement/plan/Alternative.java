package org.millrace.streaming.placement.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Another place that a job could have had.
 *
 * @param what it is, for people
 * @param hosts in order
 * @param score never better than the plan's
 * @param iterationSeconds predicted
 */
public record Alternative(String what, List<String> hosts, Score score, double iterationSeconds) {

  public Alternative {
    requireNonNull(what, "what is null");
    requireNonNull(score, "score is null");
    hosts = List.copyOf(hosts);
  }
}
