package org.millrace.streaming.placement.request;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import org.millrace.streaming.placement.plan.Request;

/**
 * A request of a place, as it waits for its turn.
 *
 * @param request what the job asks for
 * @param priority greater ones are served first
 * @param ts event time of asking, milliseconds since 1970 UTC; 0 where none is told
 * @param position in its file or topic; of requests of one time the lesser is served first
 */
public record JobRequest(Request request, int priority, long ts, long position)
    implements Comparable<JobRequest> {

  private static final Comparator<JobRequest> ORDER =
      Comparator.comparingInt((JobRequest job) -> -job.priority)
          .thenComparingLong(JobRequest::ts)
          .thenComparingLong(JobRequest::position)
          .thenComparing(JobRequest::job);

  public JobRequest {
    requireNonNull(request, "request is null");
  }

  /** Name of the job. */
  public String job() {
    return request.job();
  }

  /** In order of service: priority, then time, then position, then name. */
  @Override
  public int compareTo(JobRequest other) {
    return ORDER.compare(this, other);
  }
}
