package org.millrace.streaming.placement.contend;

/** Which GPUs of a node a pod takes. */
final class GpuChoice {

  private GpuChoice() {}

  /** The first that have room. */
  static int[] first(int[] left, Demand.Pod pod) {
    var gpus = new int[pod.count()];
    int found = 0;
    for (int gpu = 0; found < gpus.length; gpu++) {
      if (left[gpu] >= pod.gpuMilli()) {
        gpus[found++] = gpu;
      }
    }
    return gpus;
  }

  /** Those that have the least room that suffices. */
  static int[] tightest(int[] left, Demand.Pod pod) {
    if (pod.count() != 1) {
      return first(left, pod);
    }
    int best = -1;
    for (int gpu = 0; gpu < left.length; gpu++) {
      if (left[gpu] >= pod.gpuMilli() && (best < 0 || left[gpu] < left[best])) {
        best = gpu;
      }
    }
    return new int[] {best};
  }
}
