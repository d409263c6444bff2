package org.millrace.streaming.placement.contend;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes way for a gang: places it as if what can be moved were not there, and moves what is in its
 * way elsewhere. All or nothing.
 */
final class Moves {

  private final Policy policy;
  private final double share;

  /** With a share of a gang's GPU seconds that moves may cost. */
  Moves(Policy policy, double share) {
    this.policy = policy;
    this.share = share;
  }

  /** Whether anything could ever be moved. */
  boolean possible(Map<String, GangQueue.Running> running) {
    return running.values().stream().anyMatch(other -> other.job().movable());
  }

  /**
   * A place with moves, which are made in the cluster; the gang's own part is not yet taken.
   *
   * @param mixed groups that the gang would have without moves; absent: it would have no place
   */
  Optional<GangQueue.Started> place(
      Cluster cluster,
      Map<String, GangQueue.Running> running,
      QueuedJob job,
      Optional<Integer> mixed) {
    var movable = running.values().stream().filter(other -> mayMove(other, job)).toList();
    if (movable.isEmpty()) {
      return Optional.empty();
    }
    movable.forEach(other -> other.spot().parts().forEach(cluster::give));
    var spot = policy.place(cluster, job.demand());
    var used = new BitSet();
    spot.ifPresent(found -> found.parts().forEach(part -> used.set(part.node())));
    var inTheWay = new ArrayList<GangQueue.Running>();
    for (var other : movable) {
      if (other.spot().parts().stream().anyMatch(part -> used.get(part.node()))) {
        inTheWay.add(other);
      } else {
        other.spot().parts().forEach(cluster::take);
      }
    }
    boolean better =
        spot.isPresent()
            && (mixed.isEmpty() || GangQueue.mixed(spot.get()) < mixed.get())
            && cost(inTheWay) <= share * job.seconds() * job.demand().gpus();
    var moved =
        better ? moved(cluster, inTheWay, spot.get()) : Optional.<List<GangQueue.Running>>empty();
    if (moved.isEmpty()) {
      inTheWay.forEach(other -> other.spot().parts().forEach(cluster::take));
      return Optional.empty();
    }
    return Optional.of(new GangQueue.Started(job, spot.get(), moved.get()));
  }

  /** None of a higher priority is moved. */
  private static boolean mayMove(GangQueue.Running other, QueuedJob job) {
    return other.job().movable() && other.job().priority() <= job.priority();
  }

  private static double cost(List<GangQueue.Running> moved) {
    return moved.stream()
        .mapToDouble(other -> other.job().moveSeconds() * other.job().demand().gpus())
        .sum();
  }

  /**
   * Places jobs beside a new one, large ones first; takes nothing if one has no place, or would mix
   * more groups than before.
   */
  private Optional<List<GangQueue.Running>> moved(
      Cluster cluster, List<GangQueue.Running> jobs, Spot beside) {
    var moved = new ArrayList<GangQueue.Running>();
    var ordered = new ArrayList<>(jobs);
    ordered.sort(
        Comparator.comparingDouble((GangQueue.Running other) -> -other.job().demand().gpus())
            .thenComparing(other -> other.job().name()));
    beside.parts().forEach(cluster::take);
    for (var other : ordered) {
      var spot = policy.place(cluster, other.job().demand());
      if (spot.isPresent() && GangQueue.mixed(spot.get()) <= GangQueue.mixed(other.spot())) {
        spot.get().parts().forEach(cluster::take);
        moved.add(new GangQueue.Running(other.job(), spot.get()));
      } else {
        break;
      }
    }
    beside.parts().forEach(cluster::give);
    if (moved.size() < ordered.size()) {
      moved.forEach(done -> done.spot().parts().forEach(cluster::give));
      return Optional.empty();
    }
    return Optional.of(moved);
  }
}
