package org.millrace.streaming.placement.contend;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes way for a gang: places it as if what can be moved were not there, and moves what is in its
 * way to nodes that it does not use. All or nothing.
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
    var movable = running.values().stream().filter(other -> cheap(other, job)).toList();
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
    var moved = better ? moved(cluster, inTheWay, used) : Optional.<List<GangQueue.Running>>empty();
    if (moved.isEmpty()) {
      inTheWay.forEach(other -> other.spot().parts().forEach(cluster::take));
      return Optional.empty();
    }
    return Optional.of(new GangQueue.Started(job, spot.get(), moved.get()));
  }

  /** Only pods are moved, and none of a higher priority. */
  private static boolean cheap(GangQueue.Running other, QueuedJob job) {
    return other.job().movable()
        && other.job().demand() instanceof Demand.Pod
        && other.job().priority() <= job.priority();
  }

  private static double cost(List<GangQueue.Running> moved) {
    return moved.stream()
        .mapToDouble(other -> other.job().moveSeconds() * other.job().demand().gpus())
        .sum();
  }

  /** Places jobs off some nodes, large ones first; takes nothing if one has no place. */
  private Optional<List<GangQueue.Running>> moved(
      Cluster cluster, List<GangQueue.Running> jobs, BitSet used) {
    var moved = new ArrayList<GangQueue.Running>();
    var ordered = new ArrayList<>(jobs);
    ordered.sort(
        Comparator.comparingDouble((GangQueue.Running other) -> -other.job().demand().gpus())
            .thenComparing(other -> other.job().name()));
    for (var other : ordered) {
      var spot = policy.place(cluster, (Demand.Pod) other.job().demand(), node -> !used.get(node));
      if (spot.isEmpty()) {
        moved.forEach(done -> done.spot().parts().forEach(cluster::give));
        return Optional.empty();
      }
      spot.get().parts().forEach(cluster::take);
      moved.add(new GangQueue.Running(other.job(), spot.get()));
    }
    return Optional.of(moved);
  }
}
