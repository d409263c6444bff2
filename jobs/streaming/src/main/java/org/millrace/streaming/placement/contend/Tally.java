package org.millrace.streaming.placement.contend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Counts what a replay comes to. */
final class Tally {

  private final String policy;
  private final Fragmentation mix;
  private final double[] nodeFragmentation;
  private final List<Double> completions = new ArrayList<>();
  private double fragmentation;
  private double fragmentationSeconds;
  private double waits;
  private double first = Double.NaN;
  private double last;
  private int placed;
  private int gangs;
  private int unplaced;
  private double gpusAtFirstRefusal = Double.NaN;
  private double mostGpus = -1;
  private int wholeAtMost;
  private int mixed;
  private double crossBytes;
  private int moves;

  Tally(String policy, Cluster cluster, Fragmentation mix) {
    this.policy = policy;
    this.mix = mix;
    nodeFragmentation = new double[cluster.size()];
    for (int node = 0; node < cluster.size(); node++) {
      update(cluster, node);
    }
    cluster.onChange(node -> update(cluster, node));
  }

  private void update(Cluster cluster, int node) {
    double now = mix.of(cluster.cpuLeft(node), cluster.memoryLeft(node), cluster.gpuLeft(node));
    fragmentation += now - nodeFragmentation[node];
    nodeFragmentation[node] = now;
  }

  /** Time goes on, as things are, to a moment. */
  void time(double now) {
    if (Double.isNaN(first)) {
      first = now;
    } else {
      fragmentationSeconds += fragmentation * (now - last);
    }
    last = now;
  }

  void started(GangQueue.Started started, double now) {
    placed++;
    waits += now - started.job().submitted();
    moves += started.moved().size();
    started
        .spot()
        .plan()
        .ifPresent(
            plan -> {
              gangs++;
              mixed += plan.score().mixedDataGroups();
              crossBytes += plan.cost().crossFabricBytes();
            });
  }

  void ended(QueuedJob job, double now) {
    completions.add(now - job.submitted());
  }

  void waits(Cluster cluster) {
    if (Double.isNaN(gpusAtFirstRefusal)) {
      gpusAtFirstRefusal = cluster.gpusTaken();
    }
  }

  void refused(Cluster cluster) {
    waits(cluster);
    unplaced++;
  }

  void look(Cluster cluster) {
    double taken = cluster.gpusTaken();
    if (taken > mostGpus) {
      mostGpus = taken;
      wholeAtMost = cluster.freeWholeDomains();
    }
  }

  ReplayResult result() {
    Collections.sort(completions);
    int p99 = (int) Math.ceil(0.99 * completions.size()) - 1;
    double seconds = Double.isNaN(first) ? 0 : last - first;
    return new ReplayResult(
        policy,
        placed,
        gangs,
        unplaced,
        completions.stream().mapToDouble(Double::doubleValue).average().orElse(0),
        completions.isEmpty() ? 0 : completions.get(p99),
        placed == 0 ? 0 : waits / placed,
        seconds,
        seconds > 0 ? fragmentationSeconds / seconds : fragmentation,
        Double.isNaN(gpusAtFirstRefusal) ? mostGpus : gpusAtFirstRefusal,
        mostGpus,
        wholeAtMost,
        mixed,
        crossBytes,
        moves);
  }
}
