package org.millrace.streaming.placement.contend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Node;

/** What of an estate is taken. CPU and memory count where a node's labels declare them. */
final class Cluster {

  private static final int WHOLE = Demand.Pod.WHOLE;

  private final Estate estate;
  private final int[] cpuLeft;
  private final int[] memoryLeft;
  private final int[][] gpuLeft;

  /** Number of the domain of each node, by tier. */
  private final int[][] domain;

  /** Nodes of each domain that are not idle, by tier. */
  private final int[][] busyNodes;

  private final List<IntConsumer> listeners = new ArrayList<>();

  Cluster(Estate estate) {
    this.estate = estate;
    int n = estate.nodes().size();
    cpuLeft = new int[n];
    memoryLeft = new int[n];
    gpuLeft = new int[n][];
    for (int i = 0; i < n; i++) {
      var node = estate.nodes().get(i);
      cpuLeft[i] = label(node, "cpu_milli");
      memoryLeft[i] = label(node, "memory_mib");
      gpuLeft[i] = new int[node.usableGpus()];
      Arrays.fill(gpuLeft[i], WHOLE);
    }
    int tiers = estate.tiers().size();
    domain = new int[tiers][n];
    busyNodes = new int[tiers][];
    for (int tier = 0; tier < tiers; tier++) {
      addDomains(tier);
    }
  }

  private void addDomains(int tier) {
    var numbers = new HashMap<String, Integer>();
    for (int i = 0; i < size(); i++) {
      var name = Estate.domain(estate.nodes().get(i), tier);
      domain[tier][i] = numbers.computeIfAbsent(name, unseen -> numbers.size());
    }
    busyNodes[tier] = new int[numbers.size()];
    for (int i = 0; i < size(); i++) {
      busyNodes[tier][domain[tier][i]] += idle(i) ? 0 : 1;
    }
  }

  /** Is told the number of each node that changes. */
  void onChange(IntConsumer listener) {
    listeners.add(listener);
  }

  private static int label(Node node, String key) {
    var text = node.labels().getOrDefault(key, "");
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
  }

  Estate estate() {
    return estate;
  }

  int size() {
    return gpuLeft.length;
  }

  int[] gpuLeft(int node) {
    return gpuLeft[node];
  }

  int cpuLeft(int node) {
    return cpuLeft[node];
  }

  int memoryLeft(int node) {
    return memoryLeft[node];
  }

  boolean fits(int node, Demand.Pod pod) {
    return cpuLeft[node] >= pod.cpuMilli()
        && memoryLeft[node] >= pod.memoryMib()
        && room(gpuLeft[node], pod.gpuMilli()) >= pod.count();
  }

  /** Whether a job could have a place, for all that is known without looking for one. */
  boolean mayFit(Demand demand) {
    if (demand instanceof Demand.Gang gang) {
      int tensor = Math.max(1, gang.request().tensor());
      int room = 0;
      for (int node = 0; node < size(); node++) {
        room += wholeGpus(node) / tensor * tensor;
      }
      return room >= gang.request().gpus();
    }
    return true;
  }

  private static int room(int[] left, int milli) {
    int room = 0;
    for (int gpu : left) {
      room += gpu >= milli ? 1 : 0;
    }
    return room;
  }

  /** GPUs of a node of which nothing is taken. */
  int wholeGpus(int node) {
    return room(gpuLeft[node], WHOLE);
  }

  /** GPUs that something runs on, by name of node; those without are left out. */
  Map<String, Integer> busyGpus() {
    var busy = new HashMap<String, Integer>();
    for (int node = 0; node < size(); node++) {
      int taken = gpuLeft[node].length - wholeGpus(node);
      if (taken > 0) {
        busy.put(estate.nodes().get(node).name(), taken);
      }
    }
    return busy;
  }

  /** GPUs' worth that is taken. */
  double gpusTaken() {
    long taken = 0;
    for (var left : gpuLeft) {
      for (int gpu : left) {
        taken += WHOLE - gpu;
      }
    }
    return taken / (double) WHOLE;
  }

  void take(Spot.Part part) {
    change(part, -1);
  }

  void give(Spot.Part part) {
    change(part, 1);
  }

  private void change(Spot.Part part, int sign) {
    int node = part.node();
    boolean wasIdle = idle(node);
    if (cpuLeft[node] != Integer.MAX_VALUE) {
      cpuLeft[node] += sign * part.cpuMilli();
    }
    if (memoryLeft[node] != Integer.MAX_VALUE) {
      memoryLeft[node] += sign * part.memoryMib();
    }
    for (int gpu : part.gpus()) {
      gpuLeft[node][gpu] += sign * part.gpuMilli();
      if (gpuLeft[node][gpu] < 0 || gpuLeft[node][gpu] > WHOLE) {
        throw new IllegalStateException(
            "GPU %d of %s is taken twice".formatted(gpu, estate.nodes().get(node).name()));
      }
    }
    if (wasIdle != idle(node)) {
      for (int tier = 0; tier < domain.length; tier++) {
        busyNodes[tier][domain[tier][node]] += wasIdle ? 1 : -1;
      }
    }
    listeners.forEach(listener -> listener.accept(node));
  }

  /** Domains, of all tiers, all of whose GPUs are free and healthy. */
  int freeWholeDomains() {
    return (int)
        Arrays.stream(busyNodes).flatMapToInt(Arrays::stream).filter(busy -> busy == 0).count();
  }

  /** Domains that would no longer be free as a whole if something ran on a node. */
  int wholeDomainsOf(int node) {
    int whole = 0;
    for (int tier = 0; tier < domain.length; tier++) {
      whole += busyNodes[tier][domain[tier][node]] == 0 ? 1 : 0;
    }
    return whole;
  }

  /** Whether nothing runs on a node that could run something. */
  boolean idle(int node) {
    return estate.nodes().get(node).healthy() && wholeGpus(node) == gpuLeft[node].length;
  }
}
