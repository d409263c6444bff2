package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;

/**
 * Every order of every choice of nodes, rank by rank and group by group, by the definitions: what
 * the planner is compared with. Shares the process groups and the partition with it, which have
 * oracles of their own, and nothing else.
 */
final class BruteForce {

  private static final int SOCKET = 0;

  private final RandomCase given;
  private final CostConstants constants;
  private final boolean hops;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> slots = new ArrayList<>();
  private final double[][] rate;
  private final int[] speed;
  private final double[] tflops;
  private final List<NicKind> fabricKinds = new ArrayList<>();
  private final int[][] data;
  private final int[][] pipelines;
  private final int[][] embedding;
  private final List<Map<String, Boolean>> whole = new ArrayList<>();
  private final String[][] domain;

  Score best;
  List<String> hosts;

  BruteForce(RandomCase given, CostConstants constants, NetworkRule rule) {
    this.given = given;
    this.constants = constants;
    hops = rule == NetworkRule.HOP;
    for (var node : given.estate().nodes()) {
      int free = (node.healthy() ? node.gpus() : 0) - given.busy().getOrDefault(node.name(), 0);
      if (free >= given.sizes().tensor()) {
        nodes.add(node);
        slots.add(free - free % given.sizes().tensor());
      }
    }
    var fabrics = new ArrayList<String>();
    fabricKinds.add(NicKind.ETH);
    given
        .estate()
        .fabrics()
        .forEach(
            (id, kind) -> {
              if (kind != NicKind.ETH) {
                fabrics.add(id);
                fabricKinds.add(kind);
              }
            });
    rate = new double[nodes.size()][fabrics.size() + 1];
    speed = new int[nodes.size()];
    tflops = new double[nodes.size()];
    int tiers = given.estate().tiers().size();
    domain = new String[tiers][nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      describe(i, fabrics);
    }
    for (int tier = 0; tier < tiers; tier++) {
      whole.add(new HashMap<>());
      for (var entry : given.estate().domains(tier).entrySet()) {
        boolean free =
            entry.getValue().stream()
                .allMatch(node -> node.healthy() && !given.busy().containsKey(node.name()));
        whole.get(tier).put(entry.getKey(), free);
      }
      for (int i = 0; i < nodes.size(); i++) {
        domain[tier][i] = Estate.domain(nodes.get(i), tier);
      }
    }
    data = ProcessGroups.of(given.sizes(), GroupKind.DP);
    pipelines = ProcessGroups.of(given.sizes(), GroupKind.PP);
    embedding = ProcessGroups.of(given.sizes(), GroupKind.EMB);
  }

  private void describe(int i, List<String> fabrics) {
    var ethernet = new TreeMap<String, Double>();
    var kind = NicKind.ETH;
    boolean ethernetDown = false;
    for (var nic : nodes.get(i).nics()) {
      if (nic.healthy() && nic.kind().compareTo(kind) < 0) {
        kind = nic.kind();
      }
      if (nic.healthy() && nic.kind() != NicKind.ETH) {
        rate[i][1 + fabrics.indexOf(nic.fabricId())] += effective(nic);
      } else if (nic.healthy()) {
        ethernet.merge(nic.fabricId(), effective(nic), Double::sum);
      } else if (nic.kind() == NicKind.ETH) {
        ethernetDown = true;
      }
    }
    double assumed = constants.socketGbps() / 8 * 1e9 * constants.socketEfficiency();
    rate[i][SOCKET] =
        ethernet.values().stream()
            .max(Double::compare)
            .orElse(ethernetDown ? assumed / 25 : assumed);
    int declared = nodes.get(i).speed();
    speed[i] =
        declared > 0
            ? declared
            : switch (kind) {
              case IB -> constants.ibSpeed();
              case ROCE -> constants.roceSpeed();
              case ETH -> constants.ethSpeed();
            };
    tflops[i] = declared > 0 ? declared : constants.gpuTflops();
  }

  private double effective(Nic nic) {
    double efficiency =
        switch (nic.kind()) {
          case IB -> constants.ibEfficiency();
          case ROCE -> constants.roceEfficiency();
          case ETH -> constants.socketEfficiency();
        };
    return nic.gbps() / 8 * 1e9 * efficiency;
  }

  BruteForce run() {
    extend(new ArrayList<>(), 0);
    return this;
  }

  private void extend(List<Integer> order, int ranks) {
    if (ranks >= given.sizes().ranks()) {
      var score = score(order);
      var names = order.stream().map(i -> nodes.get(i).name()).toList();
      int better = best == null ? -1 : score.compareTo(best);
      if (better < 0 || better == 0 && before(names, hosts)) {
        best = score;
        hosts = names;
      }
      return;
    }
    for (int i = 0; i < nodes.size(); i++) {
      if (!order.contains(i)) {
        order.add(i);
        extend(order, ranks + slots.get(i));
        order.remove(order.size() - 1);
      }
    }
  }

  private static boolean before(List<String> names, List<String> others) {
    return Arrays.compare(names.toArray(String[]::new), others.toArray(String[]::new)) < 0;
  }

  private Score score(List<Integer> order) {
    var sizes = given.sizes();
    var at = new int[sizes.ranks()];
    int rank = 0;
    for (int node : order) {
      for (int slot = 0; slot < slots.get(node) && rank < at.length; slot++) {
        at[rank++] = node;
      }
    }
    var request = given.request();
    var model = request.model();
    double b = request.microBatch();
    double m = request.globalBatch() / b / sizes.data();
    double t = sizes.tensor();
    double hop = b * model.sequence() * model.hidden() * 2;
    if (request.transfer() == Request.Transfer.SHARED) {
      hop /= t;
    }
    var layers = layers(at);
    double slowestStage = 0;
    double stages = 0;
    for (int stage = 0; stage < layers.length; stage++) {
      double flops = Double.MAX_VALUE;
      for (rank = 0; rank < at.length; rank++) {
        flops = sizes.stage(rank) == stage ? Math.min(flops, tflops[at[rank]] * 1e12) : flops;
      }
      double seconds =
          (double) layers[stage] / model.layers() * model.flopsPerSample((int) t) * b / (t * flops);
      slowestStage = Math.max(slowestStage, seconds);
      stages += seconds;
    }

    int mixed = 0;
    long crossings = 0;
    var egress = new double[nodes.size()][fabricKinds.size()];
    for (var group : data) {
      double d = group.length;
      double shard =
          2 * model.parameters((int) t) * layers[sizes.stage(group[0])] / model.layers() / t;
      double bytes = 2 * (d - 1) / d * shard * constants.dataVolume();
      boolean sockets = false;
      for (int i = 0; i < group.length; i++) {
        int from = at[group[i]];
        int to = at[group[(i + 1) % group.length]];
        if (from != to) {
          int net = net(at, group, from, to);
          sockets |= net == SOCKET;
          egress[from][net] += bytes;
        }
      }
      mixed += sockets ? 1 : 0;
      crossings += crossings(at, group);
    }
    double dataSeconds = slowest(egress);
    egress = new double[nodes.size()][fabricKinds.size()];
    for (var group : pipelines) {
      for (int i = 0; i + 1 < group.length; i++) {
        exchange(at, group, group[i], group[i + 1], m * hop, egress);
      }
      crossings += crossings(at, group);
    }
    double pipelineSeconds = slowest(egress);
    egress = new double[nodes.size()][fabricKinds.size()];
    for (var group : embedding) {
      double bytes = (double) model.paddedVocabulary((int) t) * model.hidden() * 2 / t;
      exchange(at, group, group[0], group[1], bytes, egress);
      crossings += crossings(at, group);
    }
    double phi = request.optimizer() == Request.Optimizer.OVERLAPPED ? constants.dataOverlap() : 0;
    double seconds =
        (m - 1) * slowestStage
            + stages
            + (1 - constants.pipelineOverlap()) * pipelineSeconds
            + (1 - phi) * dataSeconds
            + slowest(egress);
    return new Score(0, mixed, Math.round(seconds * 1e9), crossings, lost(order));
  }

  private int[] layers(int[] at) {
    var speeds = new int[given.sizes().pipeline()];
    Arrays.fill(speeds, Integer.MAX_VALUE);
    for (int rank = 0; rank < at.length; rank++) {
      int stage = given.sizes().stage(rank);
      speeds[stage] = Math.min(speeds[stage], speed[at[rank]]);
    }
    return Partition.layers(given.request().model().layers(), speeds);
  }

  private void exchange(
      int[] at, int[] group, int one, int other, double bytes, double[][] egress) {
    if (at[one] != at[other]) {
      int net = net(at, group, at[one], at[other]);
      egress[at[one]][net] += bytes;
      egress[at[other]][net] += bytes;
    }
  }

  private int net(int[] at, int[] group, int from, int to) {
    int best = SOCKET;
    double bestRate = 0;
    for (int fabric = 1; fabric < fabricKinds.size(); fabric++) {
      double slowest = Math.min(rate[from][fabric], rate[to][fabric]);
      for (int rank : hops ? new int[0] : group) {
        slowest = Math.min(slowest, rate[at[rank]][fabric]);
      }
      boolean preferred =
          slowest > bestRate
              || slowest > 0
                  && slowest == bestRate
                  && fabricKinds.get(fabric).compareTo(fabricKinds.get(best)) < 0;
      if (preferred) {
        best = fabric;
        bestRate = slowest;
      }
    }
    return best;
  }

  private double slowest(double[][] egress) {
    double slowest = 0;
    for (int node = 0; node < egress.length; node++) {
      for (int net = 0; net < egress[node].length; net++) {
        if (egress[node][net] > 0) {
          slowest = Math.max(slowest, egress[node][net] / rate[node][net]);
        }
      }
    }
    return slowest;
  }

  private long crossings(int[] at, int[] group) {
    long crossings = 0;
    for (var names : domain) {
      for (int i = 0; i < group.length; i++) {
        int next = at[group[(i + 1) % group.length]];
        crossings += names[at[group[i]]].equals(names[next]) ? 0 : 1;
      }
    }
    return crossings;
  }

  private int lost(List<Integer> order) {
    int lost = 0;
    for (int tier = 0; tier < domain.length; tier++) {
      var touched = new HashSet<String>();
      for (int node : order) {
        touched.add(domain[tier][node]);
      }
      for (var name : touched) {
        lost += whole.get(tier).get(name) ? 1 : 0;
      }
    }
    return lost;
  }
}
