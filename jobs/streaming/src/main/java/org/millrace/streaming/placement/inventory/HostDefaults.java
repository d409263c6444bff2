package org.millrace.streaming.placement.inventory;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.estate.Remark;

/**
 * What hosts are taken to have where an inventory tells only their names and places.
 *
 * @param gpus of a host
 * @param gpuModel of a host; may be empty
 * @param gbps rate of the one plain Ethernet NIC that a host is given if its NICs are not known
 */
public record HostDefaults(int gpus, String gpuModel, double gbps) {

  /** The fabric of NICs that nothing is known of. */
  public static final String UNKNOWN_FABRIC = "ethernet";

  /** Eight GPUs, Ethernet at 25 Gb/s. */
  public static final HostDefaults DEFAULT = new HostDefaults(8, "", 25);

  public HostDefaults {
    requireNonNull(gpuModel, "gpuModel is null");
  }

  /** A host with one plain Ethernet NIC. */
  Node host(String name, List<String> tierPath, Map<String, String> labels) {
    return Node.of(name, gpus, nic())
        .withGpus(gpus, gpuModel)
        .withTierPath(tierPath)
        .withLabels(new TreeMap<>(labels));
  }

  Nic nic() {
    return Nic.of("eth0", NicKind.ETH, UNKNOWN_FABRIC, gbps);
  }

  /** The warning that goes with nodes made so. */
  Remark remark(String source, int line, String whose) {
    return new Remark(
        source,
        line,
        "the kind of NIC is unknown: %s ETH at %s Gb/s; tell it by labels, an estate.yaml or NCCL's log"
            .formatted(whose, gbps));
  }
}
