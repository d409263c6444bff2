package org.millrace.streaming.placement.contend;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.plan.GroupKind;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.Planner;

/**
 * Jobs that wait and jobs that run. Waiting jobs are served by priority, then time of submission; a
 * job starts as a whole or not at all; one that has no place lets others pass. A gang that would
 * wait, or mix fabrics, may move running jobs that can be moved, if that costs little against what
 * it runs.
 */
public final class GangQueue {

  /** What moving may cost, as a share of a gang's own GPU seconds. */
  public static final double MOVE_SHARE = 0.1;

  private final Policy policy;
  private final Moves moves;
  private final TreeSet<QueuedJob> waiting = new TreeSet<>();
  private final TreeMap<String, Running> running = new TreeMap<>();
  private Cluster cluster;

  /**
   * A job that runs.
   *
   * @param job that was submitted
   * @param spot where
   */
  public record Running(QueuedJob job, Spot spot) {}

  /**
   * A job that starts.
   *
   * @param job that was submitted
   * @param spot where
   * @param moved jobs that made way, where they run now
   */
  public record Started(QueuedJob job, Spot spot, List<Running> moved) {}

  GangQueue(Estate estate, Policy policy, double moveShare) {
    this.policy = policy;
    moves = new Moves(policy, moveShare);
    use(new Cluster(estate));
  }

  /**
   * With our own policy.
   *
   * @param mix of pods that fragmentation is measured for
   */
  public static GangQueue fabricAware(Estate estate, Planner planner, Fragmentation mix) {
    return new GangQueue(estate, new FabricAware(planner, mix), MOVE_SHARE);
  }

  private void use(Cluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    cluster.onChange(policy::changed);
    for (int node = 0; node < cluster.size(); node++) {
      policy.changed(node);
    }
  }

  Cluster cluster() {
    return cluster;
  }

  /**
   * Puts a job in the queue.
   *
   * @throws IllegalArgumentException if one of its name is there
   */
  public void submit(QueuedJob job) {
    boolean known =
        running.containsKey(job.name())
            || waiting.stream().anyMatch(other -> other.name().equals(job.name()));
    if (known) {
      throw new IllegalArgumentException(
          "the job %s is there already; give it another name".formatted(job.name()));
    }
    waiting.add(job);
  }

  /** Takes in a job that runs already where its plan says, on what is there of its GPUs. */
  void adopt(QueuedJob job, Plan plan) {
    var spot = Spot.of(plan, cluster);
    spot.parts().forEach(cluster::take);
    running.put(job.name(), new Running(job, spot));
  }

  /** Frees what a job has, or takes it out of the queue; nothing if it is in neither. */
  public void finish(String name) {
    var done = running.remove(name);
    if (done != null) {
      done.spot.parts().forEach(cluster::give);
    } else {
      waiting.removeIf(job -> job.name().equals(name));
    }
  }

  /** Jobs that wait, in order of service. */
  public List<QueuedJob> waiting() {
    return List.copyOf(waiting);
  }

  /** Jobs that run, by name. */
  public SortedMap<String, Running> running() {
    return Collections.unmodifiableSortedMap(running);
  }

  /** Starts what has a place, in order of service. */
  public List<Started> schedule() {
    var started = new ArrayList<Started>();
    var hopeless = new HashSet<Demand>();
    for (var job : List.copyOf(waiting)) {
      if (hopeless.contains(job.demand())) {
        continue;
      }
      var found = place(job);
      if (found.isEmpty()) {
        hopeless.add(job.demand());
        continue;
      }
      waiting.remove(job);
      var spot = found.get().spot;
      spot.parts().forEach(cluster::take);
      running.put(job.name(), new Running(job, spot));
      started.add(found.get());
    }
    return started;
  }

  private Optional<Started> place(QueuedJob job) {
    boolean room = moves.possible(running) || cluster.mayFit(job.demand());
    if (!room) {
      return Optional.empty();
    }
    var spot = policy.place(cluster, job.demand());
    boolean good = spot.isPresent() && mixed(spot.get()) == 0;
    if (!good && job.demand() instanceof Demand.Gang) {
      var withMoves = moves.place(cluster, running, job, spot.map(GangQueue::mixed));
      if (withMoves.isPresent()) {
        withMoves.get().moved().forEach(moved -> running.put(moved.job.name(), moved));
        return withMoves;
      }
    }
    return spot.map(found -> new Started(job, found, List.of()));
  }

  static int mixed(Spot spot) {
    return spot.plan().map(plan -> plan.mixedGroups(GroupKind.DP)).orElse(0);
  }

  /**
   * Goes on with a changed estate. Jobs on nodes that are gone, or have fewer GPUs, are taken off
   * and wait again.
   *
   * @return jobs that were taken off
   */
  public List<QueuedJob> change(Estate changed) {
    var before = cluster.estate();
    var after = new Cluster(changed);
    var lost = new ArrayList<QueuedJob>();
    for (var entry : new TreeMap<>(running).entrySet()) {
      var moved = moved(entry.getValue().spot, before, after);
      if (moved.isPresent()) {
        moved.get().parts().forEach(after::take);
        running.put(entry.getKey(), new Running(entry.getValue().job, moved.get()));
      } else {
        running.remove(entry.getKey());
        lost.add(entry.getValue().job);
      }
    }
    waiting.addAll(lost);
    use(after);
    return lost;
  }

  private static Optional<Spot> moved(Spot spot, Estate before, Cluster after) {
    var parts = new ArrayList<Spot.Part>();
    for (var part : spot.parts()) {
      int node = after.estate().indexOf(before.nodes().get(part.node()).name());
      boolean fits = node >= 0;
      for (int gpu : part.gpus()) {
        fits = fits && gpu < after.gpuLeft(node).length;
      }
      if (!fits) {
        return Optional.empty();
      }
      parts.add(
          new Spot.Part(node, part.gpus(), part.gpuMilli(), part.cpuMilli(), part.memoryMib()));
    }
    return Optional.of(new Spot(parts, spot.plan()));
  }
}
