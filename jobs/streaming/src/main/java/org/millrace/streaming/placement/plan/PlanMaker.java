package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;

/** Writes a candidate out: names, groups, networks. */
final class PlanMaker {

  private final Site site;
  private final Parallelism sizes;
  private final Candidate candidate;
  private final int[] stageLayers;
  private final int[] unitNode;

  PlanMaker(Search search, Candidate candidate) {
    site = search.site;
    sizes = search.sizes;
    this.candidate = candidate;
    search.evaluator.evaluate(candidate.order());
    stageLayers = search.evaluator.stageLayers();
    unitNode = search.evaluator.unitNodes();
  }

  List<Integer> stageLayers() {
    return Arrays.stream(stageLayers).boxed().toList();
  }

  List<PlacedNode> nodes() {
    var slots = new int[site.size()];
    var fabric = new int[site.size()];
    Arrays.fill(fabric, -1);
    for (int unit = 0; unit < unitNode.length; unit++) {
      slots[unitNode[unit]] += sizes.tensor();
    }
    for (var ranks : ProcessGroups.of(sizes, GroupKind.DP)) {
      var nodes = nodes(ranks);
      if (leaves(nodes)) {
        int net = site.fastest(common(nodes), nodes);
        for (int node : nodes) {
          fabric[node] = fabric[node] < 0 ? net : fabric[node];
        }
      }
    }
    var placed = new ArrayList<PlacedNode>();
    for (int node : candidate.order()) {
      placed.add(node(node, slots[node], fabric[node]));
    }
    return placed;
  }

  private PlacedNode node(int node, int slots, int fabric) {
    var there = site.nodes.get(node);
    var id = fabric >= 0 ? site.fabricIds.get(fabric) : home(node);
    var nics =
        there.nics().stream()
            .filter(nic -> nic.healthy() && nic.fabricId().equals(id))
            .map(Nic::name)
            .toList();
    return new PlacedNode(there.name(), slots, id, nics, there.tierPath());
  }

  /** Its fastest RDMA fabric, or else its Ethernet. */
  private String home(int node) {
    int fabric = site.fastest(site.set[node], new int[] {node});
    return fabric >= 0
        ? site.fabricIds.get(fabric)
        : site.nodes.get(node).nics().stream()
            .filter(nic -> nic.healthy() && nic.kind() == NicKind.ETH)
            .map(Nic::fabricId)
            .findFirst()
            .orElse("");
  }

  List<PlacedGroup> groups() {
    var groups = new ArrayList<PlacedGroup>();
    for (var kind : GroupKind.values()) {
      add(kind, groups);
    }
    return groups;
  }

  private void add(GroupKind kind, List<PlacedGroup> groups) {
    var all = ProcessGroups.of(sizes, kind);
    if (all.length == 0 || all[0].length < 2) {
      return;
    }
    var hops = new int[site.slot[site.size()]];
    for (var ranks : all) {
      var nodes = nodes(ranks);
      int net = net(nodes);
      for (int i = 0; i < nodes.length; i++) {
        if (nodes[i] != nodes[(i + 1) % nodes.length]) {
          hops[site.slot(nodes[i], net)]++;
        }
      }
    }
    for (var ranks : all) {
      groups.add(group(kind, ranks, hops));
    }
  }

  private PlacedGroup group(GroupKind kind, int[] ranks, int[] hops) {
    var nodes = nodes(ranks);
    boolean leaves = leaves(nodes);
    int net = net(nodes);
    double slowest = Double.MAX_VALUE;
    for (int i = 0; leaves && i < nodes.length; i++) {
      if (nodes[i] != nodes[(i + 1) % nodes.length]) {
        slowest = Math.min(slowest, site.rate(nodes[i], net) / hops[site.slot(nodes[i], net)]);
      }
    }
    return new PlacedGroup(
        kind,
        Arrays.stream(ranks).boxed().toList(),
        leaves ? site.network(net) : Network.NONE,
        fabrics(nodes),
        leaves ? slowest * 8 / 1e9 : 0);
  }

  private int net(int[] nodes) {
    return leaves(nodes) ? site.fastest(common(nodes), nodes) : -1;
  }

  private int[] nodes(int[] ranks) {
    var nodes = new int[ranks.length];
    for (int i = 0; i < ranks.length; i++) {
      nodes[i] = unitNode[ranks[i] / sizes.tensor()];
    }
    return nodes;
  }

  private static boolean leaves(int[] nodes) {
    for (int node : nodes) {
      if (node != nodes[0]) {
        return true;
      }
    }
    return false;
  }

  private int common(int[] nodes) {
    int common = site.set[nodes[0]];
    for (int node : nodes) {
      common = site.sets.meet(common, site.set[node]);
    }
    return common;
  }

  private List<String> fabrics(int[] nodes) {
    var fabrics = new TreeSet<String>();
    int last = -1;
    for (int node : nodes) {
      if (node == last) {
        continue;
      }
      last = node;
      for (int fabric : site.sets.fabrics(site.set[node])) {
        fabrics.add(site.fabricIds.get(fabric));
      }
      if (site.set[node] == FabricSets.EMPTY && !home(node).isEmpty()) {
        fabrics.add(home(node));
      }
    }
    return List.copyOf(fabrics);
  }
}
