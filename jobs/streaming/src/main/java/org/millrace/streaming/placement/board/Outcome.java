package org.millrace.streaming.placement.board;

import java.util.Optional;
import org.millrace.streaming.placement.contend.Way;
import org.millrace.streaming.placement.health.Advice;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.request.JobRequest;

/** What follows from events. */
public sealed interface Outcome {

  /** Event time, milliseconds since 1970 UTC. */
  long ts();

  /** A job has a place. */
  record Placed(long ts, JobRequest request, Plan plan) implements Outcome {}

  /** A job has no place until others end. */
  record Waits(long ts, JobRequest request, String reason) implements Outcome {}

  /** A job has no place on this estate, whoever ends. */
  record Refused(long ts, String source, JobRequest request, String reason) implements Outcome {}

  /** A job gave back what it had. */
  record Ended(long ts, String job, String reason) implements Outcome {}

  /**
   * A job that has a place is asked to move for another, or no longer.
   *
   * @param plan of the job, where it is
   * @param waits the job that could start then
   * @param move where it would be; none: it need not move any more
   */
  record MakesWay(long ts, Plan plan, String waits, Optional<Way.Move> move, String reason)
      implements Outcome {}

  /** What to do with a job that has a place. */
  record Advised(long ts, Advice<Plan> advice) implements Outcome {}
}
