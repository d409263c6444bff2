package org.millrace.streaming.placement.inventory;

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
import org.millrace.streaming.placement.estate.Node;

/**
 * Reads what Topograph's graph engine answers:
 *
 * <pre>
 * {"instances": [{"id": "I21", "network_layers": ["leaf-a", "spine-a"], "labels": {"key": "value"}}]}
 * </pre>
 *
 * <p>{@code network_layers} go from the node outward. The older form with {@code type} and {@code
 * attributes.nvlink}, {@code attributes.gpu.gpus[]} is read too.
 */
public final class TopographGraph {

  private static final String NVLINK = "accelerator.topograph.run/domain";

  private final String source;
  private final HostDefaults defaults;
  private final Set<String> seen = new HashSet<>();
  private final List<Node> nodes = new ArrayList<>();

  private TopographGraph(String source, HostDefaults defaults) {
    this.source = source;
    this.defaults = defaults;
  }

  /**
   * Reads a graph. It tells no NICs: each node has one of the defaults.
   *
   * @param source name of the input, for diagnoses
   * @throws UserError naming place and remedy, if it has another form or a host twice
   */
  public static Inventory parse(String source, String text, HostDefaults defaults) {
    var root = InventoryJson.read(source, text);
    var instances = root.path("instances");
    if (!instances.isArray()) {
      throw new UserError(
          "%s: no list 'instances' in it; is it an answer of Topograph's graph engine?", source);
    }
    var reader = new TopographGraph(source, defaults);
    for (int i = 0; i < instances.size(); i++) {
      reader.instance("instances[%d]".formatted(i), instances.get(i));
    }
    if (reader.nodes.isEmpty()) {
      throw new UserError("%s: no instances in it; ask Topograph for the nodes by name", source);
    }
    return new Inventory(
        Estate.of(TierNames.of(reader.nodes), reader.nodes),
        List.of(
            defaults.remark(source, 0, "all %d nodes count as".formatted(reader.nodes.size()))));
  }

  private void instance(String place, JsonNode instance) {
    var name = InventoryJson.text(source, place + ".id", instance.path("id"));
    if (!seen.add(name)) {
      throw new UserError("%s: %s: the host %s is there twice; remove one", source, place, name);
    }
    var path = new ArrayList<String>();
    var layers = instance.path("network_layers");
    for (int i = layers.size() - 1; i >= 0; i--) {
      path.add(
          InventoryJson.text(source, "%s.network_layers[%d]".formatted(place, i), layers.get(i)));
    }
    var node = defaults.host(name, path, labels(place, instance));
    nodes.add(withGpus(node, instance));
  }

  private Map<String, String> labels(String place, JsonNode instance) {
    var labels = new TreeMap<String, String>();
    var nvlink = instance.path("attributes").path("nvlink").asText("");
    if (!nvlink.isEmpty()) {
      labels.put(NVLINK, nvlink);
    }
    for (var entry : instance.path("labels").properties()) {
      labels.put(
          entry.getKey(),
          InventoryJson.text(
              source, "%s.labels['%s']".formatted(place, entry.getKey()), entry.getValue()));
    }
    return labels;
  }

  private static Node withGpus(Node node, JsonNode instance) {
    var gpus = instance.path("attributes").path("gpu").path("gpus");
    var model = gpus.path(0).path("model").asText("");
    var type = instance.path("type").asText("");
    int count = gpus.size() == 0 ? node.gpus() : Math.min(gpus.size(), Node.MAX_GPUS);
    return node.withGpus(
        count, !model.isEmpty() ? model : !type.isEmpty() ? type : node.gpuModel());
  }
}
