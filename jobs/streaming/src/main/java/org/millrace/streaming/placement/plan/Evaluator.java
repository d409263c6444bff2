package org.millrace.streaming.placement.plan;

import java.util.Arrays;

/**
 * Scores an order of nodes. A node gives all its units, the last one what is still wanted. Linear
 * in the units; holds the last order that it scored, so not for several threads.
 *
 * <p>T_iter = (m-1)·max c_s + sum c_s + (1-psi)·T_PP + (1-phi)·T_DP + T_EMB, with c_s the time of a
 * micro-batch in stage s.
 */
final class Evaluator {

  private static final int SOCKET = -1;

  private final Site site;
  private final Workload work;
  private final CostConstants constants;
  private final NetworkRule rule;
  private final double dataShown;
  private final int[] unitNode;
  private final double[] egress;
  private final int[] stageSpeed;
  private final double[] stageFlops;

  private int[] stageLayers;
  private double crossBytes;
  private long crossings;
  private int mixedData;

  Evaluator(
      Site site,
      Workload work,
      Request.Optimizer optimizer,
      CostConstants constants,
      NetworkRule rule) {
    this.site = site;
    this.work = work;
    this.constants = constants;
    this.rule = rule;
    dataShown = optimizer == Request.Optimizer.OVERLAPPED ? 1 - constants.dataOverlap() : 1;
    unitNode = new int[work.sizes().units()];
    egress = new double[site.slot[site.size()]];
    stageSpeed = new int[work.sizes().pipeline()];
    stageFlops = new double[work.sizes().pipeline()];
  }

  Workload work() {
    return work;
  }

  /**
   * Scores an order.
   *
   * @param order nodes of the site, none twice, with room for all units; those beyond are ignored
   */
  Candidate evaluate(int[] order) {
    int used = fill(order);
    divide();
    crossings = 0;
    mixedData = 0;
    double compute = computeSeconds();
    clear(order, used);
    double crossData = data();
    double dataSeconds = slowest(order, used);
    clear(order, used);
    double crossPipeline = pipeline();
    double pipelineSeconds = slowest(order, used);
    clear(order, used);
    double crossEmbedding = embedding();
    double embeddingSeconds = slowest(order, used);
    double iteration =
        compute
            + (1 - constants.pipelineOverlap()) * pipelineSeconds
            + dataShown * dataSeconds
            + embeddingSeconds;
    double samples = work.globalBatch() / iteration;
    var cost =
        new Cost(
            compute,
            pipelineSeconds,
            dataSeconds,
            embeddingSeconds,
            iteration,
            samples,
            samples * work.sampleFlops() / work.sizes().ranks() / 1e12,
            crossPipeline,
            crossData,
            crossEmbedding);
    var score =
        new Score(
            0,
            mixedData * work.sizes().tensor(),
            Math.round(iteration * 1e9),
            crossings * work.sizes().tensor(),
            site.lostDomains(order, used));
    return new Candidate(Arrays.copyOf(order, used), score, cost);
  }

  private int fill(int[] order) {
    int unit = 0;
    int used = 0;
    while (unit < unitNode.length) {
      int node = order[used++];
      int end = Math.min(unitNode.length, unit + site.units[node]);
      Arrays.fill(unitNode, unit, end, node);
      unit = end;
    }
    return used;
  }

  private void divide() {
    Arrays.fill(stageSpeed, Integer.MAX_VALUE);
    Arrays.fill(stageFlops, Double.MAX_VALUE);
    for (int unit = 0; unit < unitNode.length; unit++) {
      int stage = work.sizes().stageOfUnit(unit);
      int node = unitNode[unit];
      stageSpeed[stage] = Math.min(stageSpeed[stage], site.speed[node]);
      stageFlops[stage] = Math.min(stageFlops[stage], site.flops[node]);
    }
    stageLayers =
        Partition.layers(
            work.layers(), stageSpeed, constants.alphaNumerator(), constants.alphaDenominator());
  }

  private double computeSeconds() {
    double sum = 0;
    double max = 0;
    for (int stage = 0; stage < stageLayers.length; stage++) {
      double seconds = stageLayers[stage] * work.layerFlops() / stageFlops[stage];
      sum += seconds;
      max = Math.max(max, seconds);
    }
    return (work.microBatches() - 1) * max + sum;
  }

  private void clear(int[] order, int used) {
    for (int i = 0; i < used; i++) {
      Arrays.fill(egress, site.slot[order[i]], site.slot[order[i] + 1], 0);
    }
    crossBytes = 0;
  }

  private double slowest(int[] order, int used) {
    double slowest = 0;
    for (int i = 0; i < used; i++) {
      int node = order[i];
      int first = site.slot[node];
      int socket = site.slot[node + 1] - 1;
      for (int at = first; at < socket; at++) {
        slowest = Math.max(slowest, egress[at] / site.rates[node][at - first]);
      }
      slowest = Math.max(slowest, egress[socket] / site.socketRate[node]);
    }
    return slowest;
  }

  /** Rings of the stages' replicas: reduce-scatter and all-gather. */
  private double data() {
    var sizes = work.sizes();
    int stride = sizes.dataStride();
    int d = sizes.data();
    for (int stage = 0; stage < sizes.pipeline(); stage++) {
      int base = sizes.dataBase(stage);
      double bytes = work.dataBytesPerLayer() * stageLayers[stage];
      int common = common(base, stride, d);
      if (common < 0) {
        continue;
      }
      int net = net(common, base, stride, d);
      boolean mixed = false;
      for (int i = 0; i < d; i++) {
        int from = unitNode[base + i * stride];
        int to = unitNode[base + (i + 1 == d ? 0 : i + 1) * stride];
        if (from != to) {
          mixed |= send(from, to, bytes, net) == SOCKET;
          cross(from, to);
        }
      }
      mixedData += mixed ? 1 : 0;
    }
    return crossBytes;
  }

  /** Activations forward, their gradients backward. */
  private double pipeline() {
    var sizes = work.sizes();
    int stride = sizes.pipelineStride();
    int p = sizes.pipeline();
    for (int replica = 0; replica < sizes.data(); replica++) {
      int base = sizes.pipelineBase(replica);
      int common = common(base, stride, p);
      if (common < 0) {
        continue;
      }
      int net = net(common, base, stride, p);
      for (int i = 0; i + 1 < p; i++) {
        int from = unitNode[base + i * stride];
        int to = unitNode[base + (i + 1) * stride];
        if (from != to) {
          send(from, to, work.pipelineBytes(), net);
          send(to, from, work.pipelineBytes(), net);
          cross(from, to);
        }
      }
      cross(unitNode[base + (p - 1) * stride], unitNode[base]);
    }
    return crossBytes;
  }

  /** The tied embedding's gradient, between first and last stage. */
  private double embedding() {
    var sizes = work.sizes();
    int p = sizes.pipeline();
    int stride = (p - 1) * sizes.pipelineStride();
    for (int replica = 0; replica < sizes.data() && p > 1; replica++) {
      int base = sizes.pipelineBase(replica);
      int first = unitNode[base];
      int last = unitNode[base + stride];
      if (first != last) {
        int net = net(site.sets.meet(site.set[first], site.set[last]), base, stride, 2);
        send(first, last, work.embeddingBytes(), net);
        send(last, first, work.embeddingBytes(), net);
        cross(first, last);
        cross(last, first);
      }
    }
    return crossBytes;
  }

  /** The fabrics that all nodes of a group share; -1 if it lies in one node. */
  private int common(int base, int stride, int count) {
    int first = unitNode[base];
    int last = first;
    int common = site.set[first];
    boolean one = true;
    for (int i = 1; i < count; i++) {
      int node = unitNode[base + i * stride];
      if (node != last) {
        one = false;
        common = site.sets.meet(common, site.set[node]);
        last = node;
      }
    }
    return one ? -1 : common;
  }

  /** The fabric that a group of units with common fabrics uses; -1: sockets. */
  private int net(int common, int base, int stride, int count) {
    var fabrics = site.sets.fabrics(common);
    if (fabrics.length <= 1) {
      return fabrics.length == 0 ? SOCKET : fabrics[0];
    }
    var nodes = new int[count];
    for (int i = 0; i < count; i++) {
      nodes[i] = unitNode[base + i * stride];
    }
    return site.fastest(common, nodes);
  }

  /** Adds bytes to what a node sends; the network that they take. */
  private int send(int from, int to, double bytes, int groupNet) {
    int net = rule == NetworkRule.COMMUNICATOR ? groupNet : hopNet(from, to);
    egress[site.slot(from, net)] += bytes;
    if (site.set[from] != site.set[to]
        && site.sets.meet(site.set[from], site.set[to]) == FabricSets.EMPTY) {
      crossBytes += bytes;
    }
    return net;
  }

  private int hopNet(int from, int to) {
    return site.fastest(site.sets.meet(site.set[from], site.set[to]), new int[] {from, to});
  }

  private void cross(int from, int to) {
    for (var tier : site.domain) {
      if (tier[from] != tier[to]) {
        crossings++;
      }
    }
  }

  /** Layers of the stages of the order scored last. */
  int[] stageLayers() {
    return stageLayers.clone();
  }

  /** The node of each unit of the order scored last. */
  int[] unitNodes() {
    return unitNode.clone();
  }
}
