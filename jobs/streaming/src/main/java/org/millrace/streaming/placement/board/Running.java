package org.millrace.streaming.placement.board;

import org.millrace.streaming.placement.contend.Demand;
import org.millrace.streaming.placement.contend.QueuedJob;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.request.JobRequest;

/**
 * A job with a place.
 *
 * @param source of its request
 */
record Running(String source, JobRequest request, Plan plan) {

  private static final double MILLIS = 1000;

  /** The job as the queue has it. */
  QueuedJob queued() {
    return queued(request);
  }

  static QueuedJob queued(JobRequest job) {
    return new QueuedJob(
        job.job(),
        job.priority(),
        job.ts() / MILLIS,
        job.seconds(),
        new Demand.Gang(job.request()),
        job.moveSeconds());
  }
}
