package org.millrace.streaming.placement.board;

import java.util.Optional;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.request.JobRequest;

/**
 * A job without a place.
 *
 * @param source of its request
 * @param told whether it was said that it waits
 * @param before where it was, if it had a place
 */
record Waiting(String source, JobRequest request, boolean told, Optional<Plan> before) {

  /** The same, told or not. */
  Waiting told(boolean told) {
    return new Waiting(source, request, told, before);
  }
}
