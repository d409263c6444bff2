package org.millrace.streaming.placement.estate;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All nodes at one moment. Immutable: a change makes another estate, in time linear in the nodes.
 * Equal if names of tiers and nodes are.
 */
public final class Estate {

  private static final Comparator<Node> BY_NAME = Comparator.comparing(Node::name);

  private final List<String> tiers;
  private final List<Node> nodes;
  private final SortedMap<String, NicKind> fabrics;

  private Estate(List<String> tiers, List<Node> sorted) {
    this.tiers = tiers;
    this.nodes = Collections.unmodifiableList(sorted);
    this.fabrics = Collections.unmodifiableSortedMap(kinds(sorted));
  }

  /**
   * An estate whose tiers have no names of their own.
   *
   * @throws IllegalArgumentException as {@link #of(List, Collection)}
   */
  public static Estate of(Collection<Node> nodes) {
    return of(List.of(), nodes);
  }

  /**
   * An estate.
   *
   * @param tiers names of the tiers, outer to inner, such as {@code [spine, leaf]}; those that
   *     paths have and this list has not are called {@code tier-0}, {@code tier-1}, ..
   * @param nodes in any order
   * @throws IllegalArgumentException if two nodes have one name, or a fabric is of two kinds
   */
  public static Estate of(List<String> tiers, Collection<Node> nodes) {
    var sorted = new ArrayList<>(nodes);
    sorted.sort(BY_NAME);
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).name().equals(sorted.get(i - 1).name())) {
        throw new IllegalArgumentException(
            "the host %s is there twice; remove one".formatted(sorted.get(i).name()));
      }
    }
    return new Estate(List.copyOf(tiers), sorted);
  }

  private static SortedMap<String, NicKind> kinds(List<Node> nodes) {
    var kinds = new TreeMap<String, NicKind>();
    for (var node : nodes) {
      for (var nic : node.nics()) {
        var before = kinds.putIfAbsent(nic.fabricId(), nic.kind());
        if (before != null && before != nic.kind()) {
          throw new IllegalArgumentException(
              "the fabric %s is %s elsewhere and %s at NIC %s of %s; give it one kind"
                  .formatted(nic.fabricId(), before, nic.kind(), nic.name(), node.name()));
        }
      }
    }
    return kinds;
  }

  /** All nodes in order of name. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The kind of each fabric that a NIC, healthy or not, is in, by id. */
  public SortedMap<String, NicKind> fabrics() {
    return fabrics;
  }

  /** The node of a name. */
  public Optional<Node> node(String name) {
    int at = indexOf(name);
    return at < 0 ? Optional.empty() : Optional.of(nodes.get(at));
  }

  /** Where a node is in {@link #nodes()}; negative if it is not there. */
  public int indexOf(String name) {
    requireNonNull(name, "name is null");
    int low = 0;
    int high = nodes.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = nodes.get(middle).name().compareTo(name);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -(low + 1);
  }

  /** Nodes with a healthy NIC in a fabric, in order of name. */
  public List<Node> onFabric(String fabricId) {
    return nodes.stream()
        .filter(
            node ->
                node.nics().stream()
                    .anyMatch(nic -> nic.healthy() && nic.fabricId().equals(fabricId)))
        .toList();
  }

  /** Names of the tiers, outer to inner: as many as the longest path of a node has. */
  public List<String> tiers() {
    int depth = nodes.stream().mapToInt(node -> node.tierPath().size()).max().orElse(0);
    var names = new ArrayList<>(tiers);
    for (int tier = tiers.size(); tier < depth; tier++) {
      names.add("tier-" + tier);
    }
    return List.copyOf(names);
  }

  /**
   * The domains of a tier, each with its nodes, both in order of name.
   *
   * @param tier 0 is the outermost
   */
  public SortedMap<String, List<Node>> domains(int tier) {
    var domains = new TreeMap<String, List<Node>>();
    for (var node : nodes) {
      domains.computeIfAbsent(domain(node, tier), name -> new ArrayList<>()).add(node);
    }
    return domains;
  }

  /**
   * The domain of a node in a tier: the names down to it, joined by {@code /}, so that leaf-1 below
   * spine-1 is not leaf-1 below spine-2. A node whose path is shorter is a domain of its own.
   */
  public static String domain(Node node, int tier) {
    var path = node.tierPath();
    return tier < path.size()
        ? String.join("/", path.subList(0, tier + 1))
        : String.join("/", path) + "/" + node.name();
  }

  /** GPUs that can be used, of all nodes. */
  public int usableGpus() {
    return nodes.stream().mapToInt(Node::usableGpus).sum();
  }

  /**
   * The estate with a node added, or replaced where there is one of its name.
   *
   * @throws IllegalArgumentException if a fabric would be of two kinds
   */
  public Estate with(Node node) {
    int at = indexOf(node.name());
    var changed = new ArrayList<>(nodes);
    if (at >= 0) {
      changed.set(at, node);
    } else {
      changed.add(-at - 1, node);
    }
    return new Estate(tiers, changed);
  }

  /** The estate without the node of a name; the same if there is none. */
  public Estate without(String name) {
    int at = indexOf(name);
    if (at < 0) {
      return this;
    }
    var changed = new ArrayList<>(nodes);
    changed.remove(at);
    return new Estate(tiers, changed);
  }

  /** Nodes by name, in that order. */
  public Map<String, Node> byName() {
    var byName = new LinkedHashMap<String, Node>();
    nodes.forEach(node -> byName.put(node.name(), node));
    return byName;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Estate estate
        && tiers.equals(estate.tiers)
        && nodes.equals(estate.nodes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tiers, nodes);
  }

  @Override
  public String toString() {
    return "Estate[tiers=%s, nodes=%s]".formatted(tiers(), nodes);
  }
}
