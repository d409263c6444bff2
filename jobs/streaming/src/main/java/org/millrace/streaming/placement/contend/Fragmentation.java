package org.millrace.streaming.placement.contend;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of the free GPUs a pod drawn from a mix could not use: the fragmentation of Weng et al.
 * (USENIX ATC 2023). F_n = sum over pod types m of p_m·frag(n, m); frag is all that is left of the
 * GPUs of a node that m does not fit, else what is left of GPUs that have less than m needs.
 */
public final class Fragmentation {

  private static final double MILLI = 1000;

  private final Demand.Pod[] types;
  private final double[] popularity;

  private Fragmentation(Map<Demand.Pod, Integer> counts) {
    types = counts.keySet().toArray(Demand.Pod[]::new);
    popularity = new double[types.length];
    double all = counts.values().stream().mapToInt(Integer::intValue).sum();
    for (int m = 0; m < types.length; m++) {
      popularity[m] = counts.get(types[m]) / all;
    }
  }

  /** For the mix of pods among jobs; types of pods are as popular as they are frequent. */
  public static Fragmentation of(List<QueuedJob> jobs) {
    var counts =
        new TreeMap<Demand.Pod, Integer>(
            Comparator.comparingInt(Demand.Pod::count)
                .thenComparingInt(Demand.Pod::gpuMilli)
                .thenComparingInt(Demand.Pod::cpuMilli)
                .thenComparingInt(Demand.Pod::memoryMib));
    for (var job : jobs) {
      if (job.demand() instanceof Demand.Pod pod) {
        counts.merge(pod, 1, Integer::sum);
      }
    }
    return new Fragmentation(counts);
  }

  /**
   * F_n in GPUs, 0 to the GPUs that are left.
   *
   * @param cpuLeft thousandths of a CPU
   * @param memoryLeft MiB
   * @param gpuLeft thousandths of each GPU
   */
  public double of(int cpuLeft, int memoryLeft, int[] gpuLeft) {
    double sum = 0;
    for (int m = 0; m < types.length; m++) {
      sum += popularity[m] * unusable(types[m], cpuLeft, memoryLeft, gpuLeft);
    }
    return sum / MILLI;
  }

  private static long unusable(Demand.Pod type, int cpuLeft, int memoryLeft, int[] gpuLeft) {
    int milli = type.gpuMilli();
    int room = 0;
    long all = 0;
    long small = 0;
    for (int left : gpuLeft) {
      all += left;
      if (left >= milli) {
        room++;
      } else {
        small += left;
      }
    }
    boolean fits =
        cpuLeft >= type.cpuMilli() && memoryLeft >= type.memoryMib() && room >= type.count();
    return fits ? small : all;
  }

  /** F of all nodes in GPUs. */
  double of(Cluster cluster) {
    double sum = 0;
    for (int node = 0; node < cluster.size(); node++) {
      sum += of(cluster.cpuLeft(node), cluster.memoryLeft(node), cluster.gpuLeft(node));
    }
    return sum;
  }
}
