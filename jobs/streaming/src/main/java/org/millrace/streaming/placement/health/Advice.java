package org.millrace.streaming.placement.health;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What to do with a job after a NIC of one of its nodes got worse or recovered.
 *
 * @param job its name
 * @param kind what is advised
 * @param event that it follows from
 * @param beforeSeconds predicted time of an iteration where the job is, the NIC not used; {@link
 *     #NEVER} if it can't run there any more, a GPU being lost
 * @param afterSeconds the same where it would be; equal to the other where it stays
 * @param placement where it would be; none where it stays
 * @param reason for people, in one line
 * @param <P> a placement
 */
public record Advice<P>(
    String job,
    Kind kind,
    HealthEvent event,
    double beforeSeconds,
    double afterSeconds,
    Optional<P> placement,
    String reason) {

  /** The time of an iteration that never ends. */
  public static final double NEVER = Double.POSITIVE_INFINITY;

  /** What is advised. */
  public enum Kind {
    /** Place the job anew. */
    MOVE,
    /** Leave it: no place is enough better. */
    STAY,
    /** What was advised on this episode no longer counts: the NIC recovered. */
    WITHDRAWN
  }

  /** The same with words at the end of its reason. */
  public Advice<P> with(String words) {
    return new Advice<>(job, kind, event, beforeSeconds, afterSeconds, placement, reason + words);
  }

  public Advice {
    requireNonNull(job, "job is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(event, "event is null");
    requireNonNull(placement, "placement is null");
    requireNonNull(reason, "reason is null");
  }
}
