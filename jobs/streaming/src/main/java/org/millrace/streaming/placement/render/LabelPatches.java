package org.millrace.streaming.placement.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.Node;

/**
 * Labels that state what no other tool states: the kind of a node's NICs and their fabric; and the
 * switches above it. A JSON patch (RFC 6902) a node, for {@code kubectl patch node NAME
 * --type=json}.
 */
final class LabelPatches {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Estate estate;
  private final RenderSettings settings;

  LabelPatches(Estate estate, RenderSettings settings) {
    this.estate = estate;
    this.settings = settings;
  }

  List<RenderedFile> files() {
    var nodes = MAPPER.createObjectNode();
    estate.nodes().forEach(node -> nodes.set(node.name(), patch(node)));
    try {
      return List.of(new RenderedFile("node-labels.json", MAPPER.writeValueAsString(nodes) + "\n"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts can be written", e);
    }
  }

  private ArrayNode patch(Node node) {
    var labels = new TreeMap<String, String>();
    node.nics().stream()
        .filter(Nic::healthy)
        .min(
            Comparator.comparing((Nic nic) -> nic.kind().rdma() ? 0 : 1)
                .thenComparing(Comparator.comparingDouble(Nic::gbps).reversed())
                .thenComparing(Nic::fabricId))
        .ifPresent(best -> nics(labels, node, best));
    int depth = node.tierPath().size();
    for (int tier = 0; tier < depth; tier++) {
      labels.put(settings.tierKey(tier), Names.label(node.tierPath().get(depth - 1 - tier)));
    }
    var patch = MAPPER.createArrayNode();
    labels.forEach(
        (key, value) ->
            patch
                .addObject()
                .put("op", "add")
                .put("path", "/metadata/labels/" + key.replace("~", "~0").replace("/", "~1"))
                .put("value", value));
    return patch;
  }

  private void nics(TreeMap<String, String> labels, Node node, Nic best) {
    var keys = settings.keys();
    labels.put(keys.nicKind(), best.kind().name());
    labels.put(keys.fabric(), Names.label(best.fabricId()));
    labels.put(keys.gbps(), gbps(best.gbps()));
    var names =
        node.nics().stream()
            .filter(nic -> nic.healthy() && nic.fabricId().equals(best.fabricId()))
            .map(nic -> nic.name().replaceAll("[^A-Za-z0-9_-]", "-"))
            .collect(Collectors.joining("."));
    labels.put(keys.nics(), Names.label(names));
  }

  private static String gbps(double gbps) {
    return gbps == Math.rint(gbps) ? String.valueOf((long) gbps) : String.valueOf(gbps);
  }
}
