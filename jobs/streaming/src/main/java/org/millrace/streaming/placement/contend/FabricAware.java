package org.millrace.streaming.placement.contend;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.millrace.streaming.placement.plan.Planner;
import org.millrace.streaming.placement.plan.Unplaceable;

/**
 * Ours: a gang goes where the planner puts it, a pod where fragmentation grows least, of equal
 * places first one that breaks no whole domain, then the first by name.
 */
final class FabricAware implements Policy {

  /** Differences of fragmentation below this are rounding. */
  private static final double EQUAL = 1e-9;

  private final Planner planner;
  private final Fragmentation fragmentation;
  private final Map<Demand.Pod, double[]> growth = new HashMap<>();

  FabricAware(Planner planner, Fragmentation fragmentation) {
    this.planner = planner;
    this.fragmentation = fragmentation;
  }

  @Override
  public String name() {
    return "fabric-aware";
  }

  @Override
  public Optional<Spot> place(Cluster cluster, Demand.Gang gang) {
    try {
      var plan = planner.plan(cluster.estate(), cluster.busyGpus(), gang.request());
      return Optional.of(Spot.of(plan, cluster));
    } catch (Unplaceable e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Spot> place(Cluster cluster, Demand.Pod pod) {
    var known = growth.computeIfAbsent(pod, type -> unknown(cluster.size()));
    int best = -1;
    for (int node = 0; node < cluster.size(); node++) {
      if (!cluster.fits(node, pod)) {
        continue;
      }
      if (Double.isNaN(known[node])) {
        known[node] = growth(cluster, node, pod, gpus(cluster, node, pod));
      }
      if (best < 0 || better(cluster, known, node, best)) {
        best = node;
      }
    }
    return best < 0
        ? Optional.empty()
        : Optional.of(Spot.of(Spot.Part.of(best, gpus(cluster, best, pod), pod)));
  }

  private static double[] unknown(int size) {
    var unknown = new double[size];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }

  private static boolean better(Cluster cluster, double[] growth, int node, int best) {
    if (Math.abs(growth[node] - growth[best]) > EQUAL) {
      return growth[node] < growth[best];
    }
    return cluster.wholeDomainsOf(node) < cluster.wholeDomainsOf(best);
  }

  /** The GPU on which fragmentation grows least; of equal ones the fullest, then the first. */
  private int[] gpus(Cluster cluster, int node, Demand.Pod pod) {
    var left = cluster.gpuLeft(node);
    if (pod.count() != 1) {
      return GpuChoice.first(left, pod);
    }
    int best = -1;
    double least = 0;
    for (int gpu = 0; gpu < left.length; gpu++) {
      if (left[gpu] < pod.gpuMilli() || seenBefore(left, gpu)) {
        continue;
      }
      double growth = growth(cluster, node, pod, new int[] {gpu});
      boolean equal = Math.abs(growth - least) <= EQUAL;
      if (best < 0 || (equal ? left[gpu] < left[best] : growth < least)) {
        best = gpu;
        least = growth;
      }
    }
    return new int[] {best};
  }

  private static boolean seenBefore(int[] left, int gpu) {
    for (int other = 0; other < gpu; other++) {
      if (left[other] == left[gpu]) {
        return true;
      }
    }
    return false;
  }

  private double growth(Cluster cluster, int node, Demand.Pod pod, int[] gpus) {
    var left = cluster.gpuLeft(node).clone();
    double before = fragmentation.of(cluster.cpuLeft(node), cluster.memoryLeft(node), left);
    for (int gpu : gpus) {
      left[gpu] -= pod.gpuMilli();
    }
    return fragmentation.of(
            cluster.cpuLeft(node) - pod.cpuMilli(),
            cluster.memoryLeft(node) - pod.memoryMib(),
            left)
        - before;
  }

  @Override
  public void changed(int node) {
    growth.values().forEach(known -> known[node] = Double.NaN);
  }
}
