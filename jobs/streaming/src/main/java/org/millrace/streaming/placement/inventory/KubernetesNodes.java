package org.millrace.streaming.placement.inventory;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Inventory;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.estate.Remark;

/**
 * Reads nodes as {@code kubectl get nodes -o json} lists them: places and NICs from labels, GPUs
 * from {@code status.allocatable}, health from the condition {@code Ready} and {@code
 * spec.unschedulable}.
 */
public final class KubernetesNodes {

  private static final String GPU = "nvidia.com/gpu";
  private static final double BYTES_PER_MIB = 1 << 20;

  private final String source;
  private final LabelKeys keys;
  private final HostDefaults defaults;
  private final Set<String> seen = new HashSet<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();
  private int withoutGpus;
  private int unknown;

  private KubernetesNodes(String source, LabelKeys keys, HostDefaults defaults) {
    this.source = source;
    this.keys = requireNonNull(keys, "keys is null");
    this.defaults = requireNonNull(defaults, "defaults is null");
  }

  /**
   * Reads a list of nodes. Those without GPUs are left out with a remark.
   *
   * @param source name of the input, for diagnoses
   * @param defaults for what labels do not tell; the number of GPUs is never taken from there
   * @throws UserError naming node and remedy, if it is no list of nodes, a node is there twice or a
   *     label of NICs or GPUs can't be understood
   */
  public static Inventory parse(String source, String text, LabelKeys keys, HostDefaults defaults) {
    var root = InventoryJson.read(source, text);
    var items = root.path("items");
    if (!items.isArray()) {
      throw new UserError(
          "%s: no list 'items' in it; give the output of 'kubectl get nodes -o json'", source);
    }
    var reader = new KubernetesNodes(source, keys, defaults);
    for (int i = 0; i < items.size(); i++) {
      reader.item("items[%d]".formatted(i), items.get(i));
    }
    return reader.inventory();
  }

  private void item(String place, JsonNode item) {
    var name = InventoryJson.text(source, place + ".metadata.name", item.at("/metadata/name"));
    if (!seen.add(name)) {
      throw new UserError("%s: %s: the node %s is there twice; remove one", source, place, name);
    }
    var labels = new TreeMap<String, String>();
    item.at("/metadata/labels")
        .properties()
        .forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
    int gpus = gpus(name, item, labels);
    if (gpus == 0) {
      withoutGpus++;
      return;
    }
    nodes.add(
        Node.of(name, gpus)
            .withGpus(gpus, labels.getOrDefault(keys.gpuModel(), defaults.gpuModel()))
            .withGpuMemoryGb(number(name, labels, keys.gpuMemoryMib(), 0) * BYTES_PER_MIB / 1e9)
            .withHealthy(ready(item))
            .withNics(nics(name, labels))
            .withTierPath(keys.pathOf(labels))
            .withLabels(labels));
  }

  private int gpus(String name, JsonNode item, Map<String, String> labels) {
    var allocatable = item.at("/status/allocatable").path(GPU);
    var capacity = item.at("/status/capacity").path(GPU);
    var told = allocatable.isMissingNode() ? capacity : allocatable;
    double gpus =
        told.isMissingNode()
            ? number(name, labels, keys.gpuCount(), 0)
            : parse(name, GPU, told.asText());
    if (gpus != Math.rint(gpus) || gpus > Node.MAX_GPUS) {
      throw new UserError("%s: node %s: %s GPUs; give 0 to %d", source, name, gpus, Node.MAX_GPUS);
    }
    return (int) gpus;
  }

  private List<Nic> nics(String name, Map<String, String> labels) {
    var kind = labels.get(keys.nicKind());
    if (kind == null) {
      unknown++;
      return List.of(defaults.nic());
    }
    NicKind known;
    try {
      known = NicKind.parse(kind);
    } catch (IllegalArgumentException e) {
      remarks.add(
          new Remark(
              source,
              0,
              "node %s: the label %s: %s; it counts as ETH"
                  .formatted(name, keys.nicKind(), e.getMessage())));
      return List.of(defaults.nic());
    }
    var fabric = labels.get(keys.fabric());
    if (fabric == null || fabric.isBlank()) {
      throw new UserError(
          "%s: node %s: the label %s is there and %s is not; give the fabric too",
          source, name, keys.nicKind(), keys.fabric());
    }
    double gbps = number(name, labels, keys.gbps(), defaults.gbps());
    if (gbps == 0) {
      throw new UserError("%s: node %s: the label %s is 0; give Gb/s", source, name, keys.gbps());
    }
    return names(name, labels.getOrDefault(keys.nics(), "1"), known).stream()
        .map(nic -> Nic.of(nic, known, fabric, gbps))
        .toList();
  }

  private List<String> names(String name, String nics, NicKind kind) {
    if (!nics.chars().allMatch(Character::isDigit)) {
      var names = List.of(nics.split("\\."));
      if (names.contains("") || new HashSet<>(names).size() < names.size()) {
        throw new UserError(
            "%s: node %s: the label %s is '%s'; give a number or names with dots between",
            source, name, keys.nics(), nics);
      }
      return names;
    }
    double count = parse(name, keys.nics(), nics);
    if (count < 1 || count > 64) {
      throw new UserError("%s: node %s: %s NICs; give 1 to 64", source, name, nics);
    }
    var names = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      names.add((kind.rdma() ? "mlx5_" : "eth") + i);
    }
    return names;
  }

  private double number(String name, Map<String, String> labels, String key, double absent) {
    var text = labels.get(key);
    return text == null ? absent : parse(name, key, text);
  }

  private double parse(String name, String key, String text) {
    try {
      double number = Double.parseDouble(text.strip());
      if (number >= 0 && number < Double.POSITIVE_INFINITY) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UserError("%s: node %s: %s is '%s'; give a number", source, name, key, text);
  }

  private static boolean ready(JsonNode item) {
    if (item.at("/spec/unschedulable").asBoolean(false)) {
      return false;
    }
    for (var condition : item.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return true;
  }

  private Inventory inventory() {
    if (nodes.isEmpty()) {
      throw new UserError(
          "%s: none of %d nodes has GPUs; is the device plugin running there?",
          source, seen.size());
    }
    if (withoutGpus > 0) {
      remarks.add(new Remark(source, 0, "%d nodes without GPUs left out".formatted(withoutGpus)));
    }
    if (unknown > 0) {
      remarks.add(
          defaults.remark(
              source,
              0,
              "%d nodes without the label %s count as".formatted(unknown, keys.nicKind())));
    }
    try {
      return new Inventory(Estate.of(TierNames.of(nodes), nodes), remarks);
    } catch (IllegalArgumentException e) {
      throw new UserError("%s: %s", source, e.getMessage());
    }
  }
}
