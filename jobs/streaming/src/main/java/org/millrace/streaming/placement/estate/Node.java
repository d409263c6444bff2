package org.millrace.streaming.placement.estate;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A host with GPUs.
 *
 * @param name of the host, not empty
 * @param gpus how many GPUs it has, 0 to {@value #MAX_GPUS}
 * @param gpuModel of its GPUs, empty where unknown
 * @param speed declared speed of a GPU in training: what it does in a second, communication aside,
 *     in whole 1e12 floating-point operations (TFLOPS); 0: not declared
 * @param gpuMemoryGb memory of a GPU in GB (1e9 bytes); 0: not declared
 * @param healthy whether its GPUs can be used
 * @param nics in the order declared, names distinct
 * @param tierPath names of the switches or domains above it, outer to inner, such as {@code
 *     [spine-1, leaf-3]}; may be empty
 * @param labels by key, such as a Kubernetes node has
 */
public record Node(
    String name,
    int gpus,
    String gpuModel,
    int speed,
    double gpuMemoryGb,
    boolean healthy,
    List<Nic> nics,
    List<String> tierPath,
    SortedMap<String, String> labels) {

  /** More GPUs than this in a host are a mistake in the input. */
  public static final int MAX_GPUS = 1024;

  public Node {
    requireNonNull(name, "name is null");
    requireNonNull(gpuModel, "gpuModel is null");
    require(!name.isEmpty(), "a node without a name");
    require(
        gpus >= 0 && gpus <= MAX_GPUS,
        "node " + name + " has " + gpus + " GPUs; give 0 to " + MAX_GPUS);
    require(speed >= 0, "node " + name + " has the speed " + speed + "; give a positive one");
    require(
        gpuMemoryGb >= 0 && gpuMemoryGb < Double.POSITIVE_INFINITY,
        "node " + name + " has GPUs of " + gpuMemoryGb + " GB; give a positive size");
    nics = List.copyOf(nics);
    tierPath = List.copyOf(tierPath);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    var names = new HashSet<String>();
    for (var nic : nics) {
      require(names.add(nic.name()), "node " + name + " has two NICs " + nic.name());
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** A healthy node of which no more is known. */
  public static Node of(String name, int gpus, Nic... nics) {
    return new Node(name, gpus, "", 0, 0, true, List.of(nics), List.of(), new TreeMap<>());
  }

  /** GPUs that can be used: none of a node that is not healthy. */
  public int usableGpus() {
    return healthy ? gpus : 0;
  }

  /** The NIC of a name. */
  public Optional<Nic> nic(String name) {
    return nics.stream().filter(nic -> nic.name().equals(name)).findFirst();
  }

  /** The same node, able or unable to run anything. */
  public Node withHealthy(boolean healthy) {
    return new Node(name, gpus, gpuModel, speed, gpuMemoryGb, healthy, nics, tierPath, labels);
  }

  /** The same node with other GPUs. */
  public Node withGpus(int gpus, String gpuModel) {
    return new Node(name, gpus, gpuModel, speed, gpuMemoryGb, healthy, nics, tierPath, labels);
  }

  /** The same node with a declared speed; 0: none. */
  public Node withSpeed(int speed) {
    return new Node(name, gpus, gpuModel, speed, gpuMemoryGb, healthy, nics, tierPath, labels);
  }

  /** The same node with a declared memory of a GPU in GB; 0: none. */
  public Node withGpuMemoryGb(double gpuMemoryGb) {
    return new Node(name, gpus, gpuModel, speed, gpuMemoryGb, healthy, nics, tierPath, labels);
  }

  /** The same node with other NICs. */
  public Node withNics(List<Nic> nics) {
    return new Node(name, gpus, gpuModel, speed, gpuMemoryGb, healthy, nics, tierPath, labels);
  }

  /**
   * The same node with one NIC replaced.
   *
   * @throws IllegalArgumentException if it has none of that name
   */
  public Node withNic(Nic changed) {
    require(nic(changed.name()).isPresent(), "node " + name + " has no NIC " + changed.name());
    return withNics(
        nics.stream().map(nic -> nic.name().equals(changed.name()) ? changed : nic).toList());
  }

  /** The same node below other switches, outer to inner. */
  public Node withTierPath(List<String> tierPath) {
    return new Node(name, gpus, gpuModel, speed, gpuMemoryGb, healthy, nics, tierPath, labels);
  }

  /** The same node with other labels. */
  public Node withLabels(Map<String, String> labels) {
    return new Node(
        name, gpus, gpuModel, speed, gpuMemoryGb, healthy, nics, tierPath, new TreeMap<>(labels));
  }
}
