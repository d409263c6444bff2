package org.millrace.streaming.placement.inventory;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Keys of Kubernetes labels. Keys are configuration, as their makers rename them.
 *
 * @param tiers keys of switch tiers or zones, outer to inner; if empty, the tiers are found by
 *     {@link #pathOf}
 * @param gpuModel model of the GPUs
 * @param gpuCount their number; only where the node's capacity does not tell
 * @param gpuMemoryMib memory of one in MiB
 * @param nicKind IB, ROCE or ETH: of all NICs of the node
 * @param fabric id of the fabric that they are in
 * @param gbps rate of one in Gb/s
 * @param nics how many there are, or their names with dots between, as a label may hold no comma:
 *     {@code mlx5_0.mlx5_1}
 */
public record LabelKeys(
    List<String> tiers,
    String gpuModel,
    String gpuCount,
    String gpuMemoryMib,
    String nicKind,
    String fabric,
    String gbps,
    String nics) {

  /** NVIDIA's feature discovery for GPUs, all forms of Topograph for tiers, ours for NICs. */
  public static final LabelKeys DEFAULT =
      new LabelKeys(
          List.of(),
          "nvidia.com/gpu.product",
          "nvidia.com/gpu.count",
          "nvidia.com/gpu.memory",
          "millrace.org/nic-kind",
          "millrace.org/fabric",
          "millrace.org/nic-gbps",
          "millrace.org/nics");

  private static final String NVIDIA = "network.topology.nvidia.com/";
  private static final Pattern TIER = Pattern.compile("fabric\\.topograph\\.run/tier-(\\d)");

  /** Topograph's fixed keys, outer to inner, the newer names of a tier first. */
  private static final List<List<String>> TOPOGRAPH =
      List.of(
          List.of(NVIDIA + "core", NVIDIA + "datacenter"),
          List.of(NVIDIA + "spine"),
          List.of(NVIDIA + "leaf", NVIDIA + "block"));

  public LabelKeys {
    tiers = List.copyOf(tiers);
    requireNonNull(gpuModel, "gpuModel is null");
    requireNonNull(gpuCount, "gpuCount is null");
    requireNonNull(gpuMemoryMib, "gpuMemoryMib is null");
    requireNonNull(nicKind, "nicKind is null");
    requireNonNull(fabric, "fabric is null");
    requireNonNull(gbps, "gbps is null");
    requireNonNull(nics, "nics is null");
  }

  /** The same with the tiers given, outer to inner. */
  public LabelKeys withTiers(List<String> keys) {
    return new LabelKeys(keys, gpuModel, gpuCount, gpuMemoryMib, nicKind, fabric, gbps, nics);
  }

  /**
   * Switches above a node, outer to inner: of the tiers given; else of Topograph's numbered keys,
   * whose tier 0 is next to the node; else of its older fixed ones.
   */
  List<String> pathOf(Map<String, String> labels) {
    if (!tiers.isEmpty()) {
      return tiers.stream().filter(labels::containsKey).map(labels::get).toList();
    }
    var path = new ArrayList<String>();
    labels.entrySet().stream()
        .filter(label -> TIER.matcher(label.getKey()).matches())
        .sorted(Map.Entry.<String, String>comparingByKey().reversed())
        .forEach(label -> path.add(label.getValue()));
    if (!path.isEmpty()) {
      return path;
    }
    for (var names : TOPOGRAPH) {
      names.stream()
          .filter(labels::containsKey)
          .findFirst()
          .ifPresent(k -> path.add(labels.get(k)));
    }
    return path;
  }
}
