package org.millrace.streaming.placement.contend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.Planner;

/**
 * How a gang could start if running jobs moved.
 *
 * @param plan of the gang
 * @param moves that it needs, by name of the job
 */
public record Way(Plan plan, List<Move> moves) {

  /**
   * A job that would move.
   *
   * @param job its name
   * @param plan where it would be
   * @param seconds that it loses by that
   */
  public record Move(String job, Plan plan, double seconds) {}

  public Way {
    moves = List.copyOf(moves);
  }

  /**
   * Asks the queue without moving anything: whether a gang that has no place would have one if jobs
   * of no higher priority moved, all of them to a place no worse mixed, at a cost of no more than
   * {@link GangQueue#MOVE_SHARE} of the gang's GPU seconds.
   *
   * @param running jobs and where they are
   * @param gang that waits
   */
  public static Optional<Way> of(
      Estate estate, Planner planner, Map<QueuedJob, Plan> running, QueuedJob gang) {
    if (running.keySet().stream().noneMatch(QueuedJob::movable)) {
      return Optional.empty();
    }
    var queue = GangQueue.fabricAware(estate, planner, Fragmentation.of(List.of()));
    running.forEach(queue::adopt);
    queue.submit(gang);
    return queue.schedule().stream()
        .findFirst()
        .map(
            started ->
                new Way(
                    started.spot().plan().orElseThrow(),
                    started.moved().stream()
                        .map(
                            moved ->
                                new Move(
                                    moved.job().name(),
                                    moved.spot().plan().orElseThrow(),
                                    moved.job().moveSeconds()))
                        .sorted((one, other) -> one.job().compareTo(other.job()))
                        .toList()));
  }
}
