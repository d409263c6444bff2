package org.millrace.streaming.placement.inventory;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * A declared network for nodes of a trace that tells none, since no public trace states the kind of
 * NICs. Results on it are synthetic; it is stored beside them. Nodes of eight GPUs, sorted by name,
 * fill leaves; each leaf draws its fabric by SHA-256 of seed and leaf. All others are in one fabric
 * of sockets.
 *
 * @param seed of the draws
 * @param leafSize nodes of a leaf
 * @param fabrics to draw from, in this order
 * @param others id of the fabric, among them, of nodes that have not eight GPUs
 */
public record Overlay(long seed, int leafSize, List<Draw> fabrics, String others) {

  /** The overlay of our own runs: half of the leaves InfiniBand in two islands. */
  public static final Overlay DEFAULT =
      new Overlay(
          42,
          16,
          List.of(
              new Draw("ib-a", NicKind.IB, 200, new BigDecimal("0.4")),
              new Draw("ib-b", NicKind.IB, 200, new BigDecimal("0.2")),
              new Draw("roce-a", NicKind.ROCE, 200, new BigDecimal("0.3")),
              new Draw("eth-a", NicKind.ETH, 25, new BigDecimal("0.1"))),
          "eth-a");

  private static final int WHOLE_NODE = 8;
  private static final int DRAWN_BYTES = 8;
  private static final BigDecimal RANGE = new BigDecimal(BigInteger.ONE.shiftLeft(64));
  private static final Set<String> KEYS = Set.of("seed", "leafSize", "fabrics", "others");
  private static final Set<String> FABRIC_KEYS = Set.of("id", "kind", "gbps", "weight");

  /**
   * A fabric and how often it is drawn.
   *
   * @param weight 0 to 1; those of all fabrics add up to 1
   */
  public record Draw(String id, NicKind kind, double gbps, BigDecimal weight) {

    public Draw {
      requireNonNull(id, "id is null");
      requireNonNull(kind, "kind is null");
      requireNonNull(weight, "weight is null");
    }
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException that says which is wrong
   */
  public Overlay {
    fabrics = List.copyOf(fabrics);
    require(leafSize > 0, "leafSize is %s; give a positive number".formatted(leafSize));
    require(
        fabrics.stream().allMatch(fabric -> fabric.weight.signum() >= 0 && fabric.gbps > 0),
        "a fabric with a negative weight or without a rate; mend it");
    require(
        fabrics.stream()
                .map(Draw::weight)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .compareTo(BigDecimal.ONE)
            == 0,
        "the weights do not add up to 1; mend them");
    require(
        fabrics.stream().map(Draw::id).distinct().count() == fabrics.size(),
        "a fabric is there twice; remove one");
    require(
        fabrics.stream().anyMatch(fabric -> fabric.id.equals(others)),
        "the fabric '%s' of other nodes is not among the fabrics; add it".formatted(others));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * Reads an overlay:
   *
   * <pre>
   * seed: 42
   * leafSize: 16
   * fabrics:
   * - {id: ib-a, kind: IB, gbps: 200, weight: 0.9}
   * - {id: eth-a, kind: ETH, gbps: 25, weight: 0.1}
   * others: eth-a        # optional: else the last fabric of kind ETH
   * </pre>
   *
   * @throws UserError naming line and remedy
   */
  public static Overlay parse(String source, String text) {
    var root = MarkedYaml.parse(source, text);
    var top = known(root, "the file", KEYS);
    var draws = new ArrayList<Draw>();
    for (var entry : required(root, top, "fabrics").list("'fabrics'")) {
      draws.add(draw(entry));
    }
    var others =
        top.containsKey("others")
            ? top.get("others").text("'others'")
            : draws.stream()
                .filter(draw -> draw.kind == NicKind.ETH)
                .reduce((first, last) -> last)
                .map(Draw::id)
                .orElseThrow(
                    () -> root.error("no fabric of kind ETH for nodes without 8 GPUs; add one"));
    try {
      return new Overlay(
          number(required(root, top, "seed"), "seed").longValueExact(),
          number(required(root, top, "leafSize"), "leafSize").intValueExact(),
          draws,
          others);
    } catch (ArithmeticException e) {
      throw root.error("'seed' and 'leafSize' are whole numbers; mend them");
    } catch (IllegalArgumentException e) {
      throw root.error("%s", e.getMessage());
    }
  }

  private static Draw draw(MarkedYaml entry) {
    var fields = known(entry, "a fabric", FABRIC_KEYS);
    try {
      return new Draw(
          required(entry, fields, "id").text("'id'"),
          NicKind.parse(required(entry, fields, "kind").text("'kind'")),
          number(required(entry, fields, "gbps"), "gbps").doubleValue(),
          number(required(entry, fields, "weight"), "weight"));
    } catch (IllegalArgumentException e) {
      throw entry.error("%s", e.getMessage());
    }
  }

  private static Map<String, MarkedYaml> known(MarkedYaml entry, String what, Set<String> keys) {
    var fields = entry.map(what);
    for (var field : fields.entrySet()) {
      if (!keys.contains(field.getKey())) {
        throw field
            .getValue()
            .error("'%s' is not one of %s", field.getKey(), keys.stream().sorted().toList());
      }
    }
    return fields;
  }

  private static MarkedYaml required(MarkedYaml at, Map<String, MarkedYaml> fields, String key) {
    var value = fields.get(key);
    if (value == null || value.isNull()) {
      throw at.error("no '%s' in it; give one", key);
    }
    return value;
  }

  private static BigDecimal number(MarkedYaml value, String what) {
    var text = value.text("'" + what + "'");
    try {
      var number = new BigDecimal(text);
      if (text.length() <= 40 && Math.abs(number.scale()) <= 40) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw value.error("'%s' is '%s'; give a number", what, text);
  }

  /** The overlay as {@link #parse} reads it. */
  public String yaml() {
    var top = new LinkedHashMap<String, Object>();
    top.put("seed", seed);
    top.put("leafSize", leafSize);
    var list = new ArrayList<Object>();
    for (var fabric : fabrics) {
      var entry = new LinkedHashMap<String, Object>();
      entry.put("id", fabric.id);
      entry.put("kind", fabric.kind.name());
      entry.put("gbps", fabric.gbps);
      entry.put("weight", fabric.weight);
      list.add(entry);
    }
    top.put("fabrics", list);
    top.put("others", others);
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
    return new Yaml(options).dump(top);
  }

  /** The id of the fabric that a leaf draws. */
  public String fabricOf(int leaf) {
    var drawn = new BigDecimal(new BigInteger(1, Arrays.copyOf(hash(leaf), DRAWN_BYTES)));
    var cumulative = BigDecimal.ZERO;
    for (var fabric : fabrics) {
      cumulative = cumulative.add(fabric.weight);
      // u < cumulative with u = drawn / 2^64, exactly.
      if (drawn.compareTo(cumulative.multiply(RANGE)) < 0) {
        return fabric.id;
      }
    }
    throw new IllegalStateException("weights that add up to 1 cover all draws");
  }

  private byte[] hash(int leaf) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest((seed + ":leaf:" + leaf).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The nodes with NICs and places: fabric, and leaf for those of eight GPUs. */
  public Estate apply(Collection<Node> nodes) {
    var sorted = new ArrayList<>(nodes);
    sorted.sort(Comparator.comparing(Node::name));
    var placed = new ArrayList<Node>();
    int whole = 0;
    for (var node : sorted) {
      if (node.gpus() == WHOLE_NODE) {
        int leaf = whole++ / leafSize;
        var id = fabricOf(leaf);
        placed.add(in(node, id).withTierPath(List.of(id, "leaf-" + leaf)));
      } else {
        placed.add(in(node, others).withTierPath(List.of(others)));
      }
    }
    return Estate.of(List.of("fabric", "leaf"), placed);
  }

  private Node in(Node node, String id) {
    var fabric = fabrics.stream().filter(draw -> draw.id.equals(id)).findFirst().orElseThrow();
    var name = fabric.kind.rdma() ? "mlx5_0" : "eth0";
    return node.withNics(List.of(Nic.of(name, fabric.kind, id, fabric.gbps)));
  }
}
