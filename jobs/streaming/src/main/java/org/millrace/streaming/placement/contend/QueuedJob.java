package org.millrace.streaming.placement.contend;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A job in the queue.
 *
 * @param name unlike any other's
 * @param priority greater ones are served first
 * @param submitted seconds since the beginning of the trace
 * @param seconds that it runs, at least 0; a gang with the best plan on an idle estate
 * @param demand what it takes
 * @param moveSeconds that it loses when it is moved while it runs; {@link #FIXED}: it cannot be
 */
public record QueuedJob(
    String name, int priority, double submitted, double seconds, Demand demand, double moveSeconds)
    implements Comparable<QueuedJob> {

  /** Of jobs that stay where they are. */
  public static final double FIXED = Double.POSITIVE_INFINITY;

  private static final Comparator<QueuedJob> ORDER =
      Comparator.comparingInt((QueuedJob job) -> -job.priority)
          .thenComparingDouble(QueuedJob::submitted)
          .thenComparing(QueuedJob::name);

  public QueuedJob {
    requireNonNull(name, "name is null");
    requireNonNull(demand, "demand is null");
    if (!(seconds >= 0) || !(moveSeconds >= 0)) {
      throw new IllegalArgumentException("job " + name + " has negative seconds");
    }
  }

  boolean movable() {
    return moveSeconds != FIXED;
  }

  /** In order of service: priority, then time of submission, then name. */
  @Override
  public int compareTo(QueuedJob other) {
    return ORDER.compare(this, other);
  }
}
