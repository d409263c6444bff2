package org.millrace.streaming.placement.plan;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A time that no order of a site's nodes undercuts. */
final class LowerBound {

  private final Site site;
  private final Workload work;
  private final CostConstants constants;
  private final NetworkRule rule;
  private final Request.Optimizer optimizer;
  private final int largest;
  private final int layersOfLargestStage;

  LowerBound(
      Site site,
      Workload work,
      Request.Optimizer optimizer,
      CostConstants constants,
      NetworkRule rule) {
    this.site = site;
    this.work = work;
    this.constants = constants;
    this.rule = rule;
    this.optimizer = optimizer;
    largest = Arrays.stream(site.units).max().orElse(1);
    int p = work.sizes().pipeline();
    layersOfLargestStage = (work.layers() + p - 1) / p;
  }

  /**
   * Seconds of an iteration.
   *
   * @param pure only of orders without a mixed data-parallel group
   */
  double seconds(boolean pure) {
    boolean sockets = pure && mustSplit();
    double shown = optimizer == Request.Optimizer.OVERLAPPED ? 1 - constants.dataOverlap() : 1;
    return compute()
        + (1 - constants.pipelineOverlap()) * pipeline(sockets)
        + shown * data()
        + embedding();
  }

  private double compute() {
    double layer = work.layerFlops() / Arrays.stream(site.flops).max().orElse(1);
    return ((work.microBatches() - 1) * (double) layersOfLargestStage + work.layers()) * layer;
  }

  /** No fabric holds the job and no node is in two: pipelines between pure stages are mixed. */
  private boolean mustSplit() {
    var room = new int[site.fabricIds.size()];
    for (int node = 0; node < site.size(); node++) {
      var fabrics = site.sets.fabrics(site.set[node]);
      if (fabrics.length > 1) {
        return false;
      }
      if (fabrics.length == 1) {
        room[fabrics[0]] += site.units[node];
      }
    }
    return Arrays.stream(room).allMatch(units -> units < work.sizes().units())
        && work.sizes().order() == RankOrder.TP_DP_PP
        && work.sizes().data() > largest
        && rule == NetworkRule.COMMUNICATOR;
  }

  /** A ring that no node holds leaves each of its nodes at least once. */
  private double data() {
    double fastest = Arrays.stream(site.bestRate).max().orElse(1);
    return work.sizes().data() > largest
        ? work.dataBytesPerLayer() * layersOfLargestStage / fastest
        : 0;
  }

  /** Neighbour stages that no node holds: all units of all nodes but the last send something. */
  private double pipeline(boolean sockets) {
    var sizes = work.sizes();
    if (!stagesApart()) {
      return 0;
    }
    int full = (sizes.units() + largest - 1) / largest - 1;
    var seconds =
        IntStream.range(0, site.size())
            .mapToDouble(node -> site.units[node] * work.pipelineBytes() / rate(node, sockets))
            .sorted()
            .toArray();
    return full == 0 ? 0 : seconds[Math.min(full, seconds.length) - 1];
  }

  private double rate(int node, boolean sockets) {
    return sockets ? site.socketRate[node] : allRates(node);
  }

  /** Groups of a phase may use all networks of a node at once. */
  private double allRates(int node) {
    return site.socketRate[node] + Arrays.stream(site.rates[node]).sum();
  }

  /** The first node lies in the first stage as a whole. */
  private double embedding() {
    return stagesApart()
        ? IntStream.range(0, site.size())
            .mapToDouble(node -> site.units[node] * work.embeddingBytes() / allRates(node))
            .min()
            .orElse(0)
        : 0;
  }

  private boolean stagesApart() {
    var sizes = work.sizes();
    return sizes.order() == RankOrder.TP_DP_PP && sizes.pipeline() > 1 && sizes.data() >= largest;
  }
}
