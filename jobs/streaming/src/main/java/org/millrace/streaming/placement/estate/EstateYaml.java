package org.millrace.streaming.placement.estate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.millrace.command.UserError;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * An estate as a file of ours, JSON or YAML:
 *
 * <pre>
 * tiers: [spine, leaf]                      # outer to inner; optional
 * fabrics:
 * - {id: ib-a, kind: IB, gbps: 200}         # kind IB, ROCE or ETH; gbps of NICs that say none
 * nodes:
 * - name: a01
 *   gpus: 8
 *   model: A100                             # optional, as all that follows
 *   speed: 197                              # of a GPU in training, whole TFLOPS
 *   gpuMemoryGb: 80
 *   healthy: true
 *   tierPath: [spine-1, leaf-3]
 *   nics:
 *   - {name: mlx5_0, fabric: ib-a, gbps: 200, healthy: true}
 *   labels: {key: value}
 * </pre>
 */
public final class EstateYaml {

  /** Characters that a file may have: about a hundred thousand nodes. */
  private static final int MAX_CHARACTERS = 1 << 27;

  private static final Set<String> TOP = Set.of("tiers", "fabrics", "nodes");
  private static final Set<String> FABRIC = Set.of("id", "kind", "gbps");
  private static final Set<String> NIC = Set.of("name", "fabric", "gbps", "healthy");
  private static final Set<String> NODE =
      Set.of(
          "name", "gpus", "model", "speed", "gpuMemoryGb", "healthy", "tierPath", "nics", "labels");

  private record Fabric(String id, NicKind kind, double gbps) {}

  private EstateYaml() {}

  /**
   * Reads an estate.
   *
   * @param source of the text, for errors
   * @throws UserError that names source, place and remedy: not YAML, an unknown key, a host that is
   *     there twice, a fabric that is absent, a rate that is not positive, ..
   */
  public static Estate parse(String source, String text) {
    var top = YamlPlace.of(source, "the file", load(source, text), TOP);
    var fabrics = fabrics(top);
    var names = new HashSet<String>();
    var nodes = new ArrayList<Node>();
    for (var entry : top.list("nodes")) {
      var node = node(source, "node " + (nodes.size() + 1), entry, fabrics);
      if (!names.add(node.name())) {
        throw new UserError(
            "%s: node %d: the host %s is there twice; remove one",
            source, nodes.size() + 1, node.name());
      }
      nodes.add(node);
    }
    if (nodes.isEmpty()) {
      throw new UserError("%s: no nodes in it; list them under 'nodes'", source);
    }
    return Estate.of(top.texts("tiers"), nodes);
  }

  private static Object load(String source, String text) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(MAX_CHARACTERS);
    try {
      return new Yaml(new SafeConstructor(options)).load(text);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new UserError("%s: line %d: not valid YAML: %s", source, line, e.getProblem());
    } catch (YAMLException e) {
      throw new UserError(
          "%s: not valid YAML: %s",
          source, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static Map<String, Fabric> fabrics(YamlPlace top) {
    var fabrics = new LinkedHashMap<String, Fabric>();
    for (var entry : top.list("fabrics")) {
      var place = YamlPlace.of(top.source(), "fabric " + (fabrics.size() + 1), entry, FABRIC);
      var fabric = fabric(place);
      if (fabrics.put(fabric.id, fabric) != null) {
        throw place.error("has the id %s a second time; remove one".formatted(fabric.id));
      }
    }
    return fabrics;
  }

  private static Fabric fabric(YamlPlace place) {
    double gbps = place.number("gbps", 0);
    if (gbps < 0 || place.map().containsKey("gbps") && gbps == 0) {
      throw place.error("has the rate %s Gb/s; give a positive one".formatted(gbps));
    }
    try {
      return new Fabric(place.text("id"), NicKind.parse(place.text("kind")), gbps);
    } catch (IllegalArgumentException e) {
      throw place.error("has a kind that is unknown: " + e.getMessage());
    }
  }

  private static Node node(String source, String where, Object entry, Map<String, Fabric> fabrics) {
    var unnamed = YamlPlace.of(source, where, entry, NODE);
    var place = unnamed.at("node " + unnamed.text("name"));
    var nics = new ArrayList<Nic>();
    for (var nic : place.list("nics")) {
      nics.add(
          nic(
              YamlPlace.of(
                  source, "%s: NIC %d".formatted(place.where(), nics.size() + 1), nic, NIC),
              fabrics));
    }
    if (!place.map().containsKey("gpus")) {
      throw place.error("has no gpus; give their number");
    }
    try {
      return new Node(
          place.text("name"),
          place.whole("gpus", 0),
          place.text("model", ""),
          place.whole("speed", 0),
          place.number("gpuMemoryGb", 0),
          place.flag("healthy", true),
          nics,
          place.texts("tierPath"),
          new TreeMap<>(place.textsByKey("labels")));
    } catch (IllegalArgumentException e) {
      throw new UserError("%s: %s", source, e.getMessage());
    }
  }

  private static Nic nic(YamlPlace place, Map<String, Fabric> fabrics) {
    var id = place.text("fabric");
    var fabric = fabrics.get(id);
    if (fabric == null) {
      throw place.error(
          "is in the fabric %s, which is not listed; add it under 'fabrics' or use one of %s"
              .formatted(id, fabrics.keySet()));
    }
    double gbps = place.number("gbps", fabric.gbps);
    if (gbps <= 0) {
      throw place.error(
          place.map().containsKey("gbps")
              ? "has the rate %s Gb/s; give a positive one".formatted(gbps)
              : "has no gbps, nor has its fabric %s; give one of them".formatted(id));
    }
    return new Nic(place.text("name"), fabric.kind, id, gbps, place.flag("healthy", true));
  }

  /** Writes an estate so that {@link #parse} gives an equal one; equal estates, equal texts. */
  public static String write(Estate estate) {
    var top = new LinkedHashMap<String, Object>();
    if (!estate.tiers().isEmpty()) {
      top.put("tiers", estate.tiers());
    }
    var fabrics = new ArrayList<Object>();
    estate.fabrics().forEach((id, kind) -> fabrics.add(entry("id", id, "kind", kind.name())));
    top.put("fabrics", fabrics);
    top.put("nodes", estate.nodes().stream().map(EstateYaml::entry).toList());
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
    options.setWidth(1 << 16);
    return new Yaml(new Representer(options), options).dump(top);
  }

  private static Map<String, Object> entry(Node node) {
    var entry = entry("name", node.name(), "gpus", node.gpus());
    if (!node.gpuModel().isEmpty()) {
      entry.put("model", node.gpuModel());
    }
    if (node.speed() > 0) {
      entry.put("speed", node.speed());
    }
    if (node.gpuMemoryGb() > 0) {
      entry.put("gpuMemoryGb", node.gpuMemoryGb());
    }
    if (!node.healthy()) {
      entry.put("healthy", false);
    }
    if (!node.tierPath().isEmpty()) {
      entry.put("tierPath", node.tierPath());
    }
    if (!node.nics().isEmpty()) {
      entry.put("nics", node.nics().stream().map(EstateYaml::entry).toList());
    }
    if (!node.labels().isEmpty()) {
      entry.put("labels", new LinkedHashMap<>(node.labels()));
    }
    return entry;
  }

  private static Map<String, Object> entry(Nic nic) {
    var entry = entry("name", nic.name(), "fabric", nic.fabricId());
    entry.put("gbps", nic.gbps());
    if (!nic.healthy()) {
      entry.put("healthy", false);
    }
    return entry;
  }

  private static Map<String, Object> entry(
      String key, Object value, String otherKey, Object otherValue) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put(key, value);
    entry.put(otherKey, otherValue);
    return entry;
  }
}
