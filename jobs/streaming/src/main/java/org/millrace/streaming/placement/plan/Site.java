package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;

/**
 * The nodes that a job could use, as numbers: 0, 1, .. in order of name. A unit is room for a
 * tensor-parallel group.
 */
final class Site {

  final List<Node> nodes;
  final List<String> fabricIds;
  final NicKind[] fabricKinds;
  final FabricSets sets = new FabricSets();

  /** Units of each node, at least 1. */
  final int[] units;

  /** The set of RDMA fabrics in which each node has a healthy NIC. */
  final int[] set;

  /** Bytes a second of each node on each fabric of its set, in the set's order. */
  final double[][] rates;

  /** Bytes a second of each node on its fastest network. */
  final double[] bestRate;

  /** Bytes a second of each node over sockets. */
  final double[] socketRate;

  /** Fastest kind of a healthy NIC of each node. */
  final NicKind[] kind;

  /** S of each node, for the partition. */
  final int[] speed;

  /** Operations a second of a GPU of each node. */
  final double[] flops;

  /** Number of the domain of each node, by tier. */
  final int[][] domain;

  /** Whether a domain is free and healthy as a whole, by tier and number. */
  final boolean[][] whole;

  /** Where in an array of a place for each network of each node those of a node begin. */
  final int[] slot;

  private Site(List<Node> nodes, List<String> fabricIds, NicKind[] fabricKinds, int tiers) {
    int n = nodes.size();
    this.nodes = nodes;
    this.fabricIds = fabricIds;
    this.fabricKinds = fabricKinds;
    units = new int[n];
    set = new int[n];
    rates = new double[n][];
    bestRate = new double[n];
    socketRate = new double[n];
    kind = new NicKind[n];
    speed = new int[n];
    flops = new double[n];
    domain = new int[tiers][n];
    whole = new boolean[tiers][];
    slot = new int[n + 1];
  }

  /**
   * The nodes of an estate that have room for a tensor-parallel group.
   *
   * @param busy GPUs of nodes that are taken, by name of node
   * @param memoryGb that a GPU must have, where its node declares any
   */
  static Site of(
      Estate estate,
      Map<String, Integer> busy,
      Request request,
      int tensor,
      double memoryGb,
      CostConstants constants) {
    var usable = new ArrayList<Node>();
    for (var node : estate.nodes()) {
      boolean fits =
          free(node, busy) >= tensor
              && (request.gpuModel().isEmpty() || request.gpuModel().equals(node.gpuModel()))
              && (node.gpuMemoryGb() == 0 || node.gpuMemoryGb() >= memoryGb);
      if (fits) {
        usable.add(node);
      }
    }
    var fabrics = new TreeMap<>(estate.fabrics());
    fabrics.values().removeIf(kind -> !kind.rdma());
    var site =
        new Site(
            List.copyOf(usable),
            List.copyOf(fabrics.keySet()),
            fabrics.values().toArray(NicKind[]::new),
            estate.tiers().size());
    for (int i = 0; i < usable.size(); i++) {
      site.units[i] = free(usable.get(i), busy) / tensor;
      site.addNode(i, constants);
    }
    site.addDomains(estate, busy);
    return site;
  }

  static int free(Node node, Map<String, Integer> busy) {
    return node.usableGpus() - busy.getOrDefault(node.name(), 0);
  }

  private void addNode(int i, CostConstants constants) {
    var node = nodes.get(i);
    var byFabric = new TreeMap<Integer, Double>();
    for (var nic : node.nics()) {
      if (nic.healthy() && nic.kind().rdma()) {
        byFabric.merge(fabric(nic.fabricId()), effective(nic, constants), Double::sum);
      }
    }
    set[i] = sets.number(byFabric.keySet().stream().mapToInt(Integer::intValue).toArray());
    rates[i] = byFabric.values().stream().mapToDouble(Double::doubleValue).toArray();
    socketRate[i] = socketRate(node, constants);
    bestRate[i] = Math.max(socketRate[i], Arrays.stream(rates[i]).max().orElse(0));
    kind[i] =
        node.nics().stream()
            .filter(Nic::healthy)
            .map(Nic::kind)
            .min(Comparator.naturalOrder())
            .orElse(NicKind.ETH);
    speed[i] = node.speed() > 0 ? node.speed() : constants.speed(kind[i]);
    flops[i] = (node.speed() > 0 ? node.speed() : constants.gpuTflops()) * 1e12;
    slot[i + 1] = slot[i] + rates[i].length + 1;
  }

  private int fabric(String id) {
    return Collections.binarySearch(fabricIds, id);
  }

  private static double effective(Nic nic, CostConstants constants) {
    return nic.bytesPerSecond() * constants.efficiency(nic.kind());
  }

  /** Sockets use the NICs of the fastest Ethernet fabric; a node without any has one assumed. */
  private static double socketRate(Node node, CostConstants constants) {
    var byFabric = new HashMap<String, Double>();
    boolean declared = false;
    for (var nic : node.nics()) {
      if (nic.kind() == NicKind.ETH) {
        declared = true;
        if (nic.healthy()) {
          byFabric.merge(nic.fabricId(), effective(nic, constants), Double::sum);
        }
      }
    }
    double assumed =
        constants.socketGbps() * 1e9 / 8 * constants.socketEfficiency() * (declared ? DETOUR : 1);
    return byFabric.values().stream().mapToDouble(Double::doubleValue).max().orElse(assumed);
  }

  /** Share of the assumed rate that a node has left whose Ethernet NICs are all down. */
  private static final double DETOUR = 0.04;

  private void addDomains(Estate estate, Map<String, Integer> busy) {
    for (int tier = 0; tier < domain.length; tier++) {
      var numbers = new HashMap<String, Integer>();
      var broken = new ArrayList<Boolean>();
      int usable = 0;
      for (var node : estate.nodes()) {
        int number = numbers.computeIfAbsent(Estate.domain(node, tier), name -> numbers.size());
        if (number == broken.size()) {
          broken.add(false);
        }
        if (!node.healthy() || busy.getOrDefault(node.name(), 0) > 0) {
          broken.set(number, true);
        }
        if (usable < nodes.size() && nodes.get(usable) == node) {
          domain[tier][usable++] = number;
        }
      }
      whole[tier] = new boolean[broken.size()];
      for (int number = 0; number < broken.size(); number++) {
        whole[tier][number] = !broken.get(number);
      }
    }
  }

  int size() {
    return nodes.size();
  }

  int totalUnits() {
    return Arrays.stream(units).sum();
  }

  /** The place of a node's rate on a fabric in an array by {@link #slot}; -1: sockets. */
  int slot(int node, int fabric) {
    return fabric < 0
        ? slot[node + 1] - 1
        : slot[node] + Arrays.binarySearch(sets.fabrics(set[node]), fabric);
  }

  double rate(int node, int fabric) {
    return fabric < 0
        ? socketRate[node]
        : rates[node][Arrays.binarySearch(sets.fabrics(set[node]), fabric)];
  }

  /**
   * Of common fabrics that on which the slowest of some nodes is fastest, of equally fast ones
   * InfiniBand, then the first by id; -1: there is none.
   */
  int fastest(int common, int[] group) {
    int best = -1;
    double bestRate = 0;
    for (int fabric : sets.fabrics(common)) {
      double rate = Double.MAX_VALUE;
      for (int node : group) {
        rate = Math.min(rate, rate(node, fabric));
      }
      boolean better =
          best < 0
              || rate > bestRate
              || rate == bestRate && fabricKinds[fabric].compareTo(fabricKinds[best]) < 0;
      if (better) {
        best = fabric;
        bestRate = rate;
      }
    }
    return best;
  }

  /** Domains, of all tiers, that are no longer whole when the first nodes of an order are used. */
  int lostDomains(int[] order, int used) {
    int lost = 0;
    for (int tier = 0; tier < domain.length; tier++) {
      var seen = new BitSet(whole[tier].length);
      for (int i = 0; i < used; i++) {
        int number = domain[tier][order[i]];
        if (whole[tier][number] && !seen.get(number)) {
          seen.set(number);
          lost++;
        }
      }
    }
    return lost;
  }

  Network network(int fabric) {
    return fabric < 0
        ? Network.SOCKET
        : new Network(NetKind.of(fabricKinds[fabric]), fabricIds.get(fabric));
  }
}
