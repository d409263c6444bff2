package org.millrace.streaming.placement.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;

/**
 * A switch, or what else a tier consists of, with what is below it: other domains or hosts, never
 * both. A host whose inventory names no switch is below its fabric.
 *
 * @param name unique among all, made of letters, digits, hyphens and dots
 * @param height 1 above hosts, one more than the highest child's above others
 * @param children in order of name
 * @param hosts in order of name
 */
record Domain(String name, int height, List<Domain> children, List<String> hosts) {

  private static final String ALONE = "unplaced";

  Domain {
    children = List.copyOf(children);
    hosts = List.copyOf(hosts);
  }

  /** The domains of an estate that are below no other, in order of name. */
  static List<Domain> roots(Estate estate) {
    var root = new Branch();
    for (var node : estate.nodes()) {
      var at = root;
      for (var part : path(node)) {
        at = at.branches.computeIfAbsent(part, name -> new Branch());
      }
      at.hosts.add(node.name());
    }
    return root.children("", new Names());
  }

  /** This and all domains below it, those below first. */
  Stream<Domain> all() {
    return Stream.concat(children.stream().flatMap(Domain::all), Stream.of(this));
  }

  /** All hosts below it. */
  List<String> allHosts() {
    var all = new ArrayList<>(hosts);
    children.forEach(child -> all.addAll(child.allHosts()));
    return all;
  }

  private static List<String> path(Node node) {
    if (!node.tierPath().isEmpty()) {
      return node.tierPath();
    }
    return List.of(
        node.nics().stream()
            .filter(nic -> nic.kind() != NicKind.ETH)
            .findFirst()
            .or(() -> node.nics().stream().findFirst())
            .map(Nic::fabricId)
            .orElse(ALONE));
  }

  private static final class Branch {

    private final Map<String, Branch> branches = new TreeMap<>();
    private final List<String> hosts = new ArrayList<>();

    private List<Domain> children(String above, Names names) {
      var domains = new ArrayList<Domain>();
      branches.forEach((name, branch) -> domains.add(branch.domain(above, name, names)));
      return domains;
    }

    private Domain domain(String above, String own, Names names) {
      var name = names.unique(own, above + own);
      if (branches.isEmpty()) {
        return new Domain(name, 1, List.of(), hosts);
      }
      var children = children(above + own + "-", names);
      if (!hosts.isEmpty()) {
        // Schedulers want hosts or switches below a switch, not both.
        children.add(
            new Domain(names.unique(own + "-hosts", above + own + "-hosts"), 1, List.of(), hosts));
      }
      int height = children.stream().mapToInt(Domain::height).max().orElse(0);
      return new Domain(name, height + 1, children, List.of());
    }
  }
}
