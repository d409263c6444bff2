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
 * @param seconds that it will run, positive; {@link #A_DAY} where none is told
 * @param moveSeconds that it loses when it is moved, at least 0; {@link #FIXED}: it stays
 */
public record JobRequest(
    Request request, int priority, long ts, long position, double seconds, double moveSeconds)
    implements Comparable<JobRequest> {

  /** What jobs run that do not tell. DECIDED. */
  public static final double A_DAY = 86_400;

  /** Of jobs that are not to be moved. */
  public static final double FIXED = Double.POSITIVE_INFINITY;

  private static final Comparator<JobRequest> ORDER =
      Comparator.comparingInt((JobRequest job) -> -job.priority)
          .thenComparingLong(JobRequest::ts)
          .thenComparingLong(JobRequest::position)
          .thenComparing(JobRequest::job);

  public JobRequest {
    requireNonNull(request, "request is null");
    if (!(seconds > 0) || seconds == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("seconds is " + seconds + "; give a positive number");
    }
    if (!(moveSeconds >= 0)) {
      throw new IllegalArgumentException(
          "moveSeconds is " + moveSeconds + "; give 0 or more, or leave it out");
    }
  }

  /** Of a job that runs for a day and is not to be moved. */
  public static JobRequest fixed(Request request, int priority, long ts, long position) {
    return new JobRequest(request, priority, ts, position, A_DAY, FIXED);
  }

  /** Name of the job. */
  public String job() {
    return request.job();
  }

  /** Whether it can be moved while it runs. */
  public boolean movable() {
    return moveSeconds != FIXED;
  }

  /** In order of service: priority, then time, then position, then name. */
  @Override
  public int compareTo(JobRequest other) {
    return ORDER.compare(this, other);
  }
}
