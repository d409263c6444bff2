package org.millrace.streaming.placement.render;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import org.millrace.streaming.placement.inventory.LabelKeys;

/**
 * What files need to know that neither plan nor estate tells.
 *
 * @param masterPort of torchrun's static rendezvous
 * @param socketInterface for sockets, of nodes that declare no Ethernet NIC
 * @param gdrLevel of {@code NCCL_NET_GDR_LEVEL}
 * @param gidIndex of {@code NCCL_IB_GID_INDEX} on RoCE
 * @param socketTimeoutSeconds that a communicator over sockets may take, at least 60
 * @param keys of labels of nodes
 * @param tierKeyPrefix of labels that name the switches above a node; the number of the tier
 *     follows, 0 next to the node
 * @param topologyName of Topology objects of Kubernetes
 * @param kueueVersion of the API of Kueue's objects
 * @param gpuNodeLabels that all nodes with GPUs have
 * @param volcanoTier how tiers of Volcano are written
 * @param trainer which trainer's flags are written
 */
public record RenderSettings(
    int masterPort,
    String socketInterface,
    int gdrLevel,
    int gidIndex,
    int socketTimeoutSeconds,
    LabelKeys keys,
    String tierKeyPrefix,
    String topologyName,
    String kueueVersion,
    Map<String, String> gpuNodeLabels,
    VolcanoTier volcanoTier,
    Trainer trainer) {

  /** How Volcano writes the tier of a HyperNode. */
  public enum VolcanoTier {
    /** As a number: Volcano 1.11 and later. */
    INTEGER,
    /** As a text: its first previews. */
    TEXT
  }

  /** Trainers that are Megatron, or descend from it. */
  public enum Trainer {
    MEGATRON,
    /** Holmes 1: {@code --hetero-pipeline-stages}. */
    HOLMES
  }

  /** Settings that fit most clusters. */
  public static final RenderSettings DEFAULT =
      new RenderSettings(
          29500,
          "eth0",
          3,
          3,
          1800,
          LabelKeys.DEFAULT,
          "fabric.topograph.run/tier-",
          "millrace",
          "kueue.x-k8s.io/v1beta1",
          Map.of("nvidia.com/gpu.present", "true"),
          VolcanoTier.INTEGER,
          Trainer.MEGATRON);

  public RenderSettings {
    requireNonNull(socketInterface, "socketInterface is null");
    requireNonNull(keys, "keys is null");
    requireNonNull(tierKeyPrefix, "tierKeyPrefix is null");
    requireNonNull(topologyName, "topologyName is null");
    requireNonNull(kueueVersion, "kueueVersion is null");
    requireNonNull(volcanoTier, "volcanoTier is null");
    requireNonNull(trainer, "trainer is null");
    gpuNodeLabels = Map.copyOf(new TreeMap<>(gpuNodeLabels));
    if (masterPort < 1 || masterPort > 65_535 || socketTimeoutSeconds < 60) {
      throw new IllegalArgumentException(
          "a port is 1 to 65535, a timeout at least 60 s; mend them");
    }
  }

  /** The same for another trainer. */
  public RenderSettings with(Trainer trainer) {
    return new RenderSettings(
        masterPort,
        socketInterface,
        gdrLevel,
        gidIndex,
        socketTimeoutSeconds,
        keys,
        tierKeyPrefix,
        topologyName,
        kueueVersion,
        gpuNodeLabels,
        volcanoTier,
        trainer);
  }

  /** The same with tiers of Volcano written otherwise. */
  public RenderSettings with(VolcanoTier volcanoTier) {
    return new RenderSettings(
        masterPort,
        socketInterface,
        gdrLevel,
        gidIndex,
        socketTimeoutSeconds,
        keys,
        tierKeyPrefix,
        topologyName,
        kueueVersion,
        gpuNodeLabels,
        volcanoTier,
        trainer);
  }

  /**
   * The key of the label that names the switch of a tier.
   *
   * @param tier 0 next to the node
   */
  String tierKey(int tier) {
    return tierKeyPrefix + tier;
  }
}
