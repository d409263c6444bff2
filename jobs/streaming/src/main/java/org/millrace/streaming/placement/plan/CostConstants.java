package org.millrace.streaming.placement.plan;

import org.millrace.streaming.placement.estate.NicKind;

/**
 * What the cost model cannot derive. Printed with each prediction.
 *
 * @param gpuTflops floating-point operations that a GPU of undeclared speed does in a second, in
 *     1e12, communication aside; positive
 * @param ibEfficiency share of the line rate that InfiniBand carries, above 0, at most 1
 * @param roceEfficiency the same of RoCE
 * @param socketEfficiency the same of TCP
 * @param socketGbps line rate in Gb/s for sockets of a node without an Ethernet NIC; positive
 * @param pipelineOverlap psi, share of the pipeline's transfers hidden behind computing, 0 to 1
 * @param dataOverlap phi, share of the gradients' all-reduce that the overlapped optimizer hides, 0
 *     to 1; the plain optimizer hides none
 * @param dataVolume times the bytes of a ring all-reduce that replicas exchange; 1, or 1.5 where
 *     the optimizer shards parameters too (ZeRO stage 3); positive
 * @param ibSpeed S of a stage on InfiniBand whose nodes declare none, for the partition; positive
 * @param roceSpeed the same on RoCE
 * @param ethSpeed the same on plain Ethernet
 * @param alphaNumerator of the partition's alpha, positive
 * @param alphaDenominator of the partition's alpha, positive
 */
public record CostConstants(
    double gpuTflops,
    double ibEfficiency,
    double roceEfficiency,
    double socketEfficiency,
    double socketGbps,
    double pipelineOverlap,
    double dataOverlap,
    double dataVolume,
    int ibSpeed,
    int roceSpeed,
    int ethSpeed,
    int alphaNumerator,
    int alphaDenominator) {

  /**
   * Fitted to what Holmes reports (group 1 without InfiniBand at 64 GPUs, and figure 6 with an
   * assumed batch of 1536): the largest error is below 5 %. One speed for all GPUs; networks make
   * the difference.
   */
  public static final CostConstants CALIBRATED =
      new CostConstants(213, 0.95, 0.205, 0.477, 25, 0.96, 0.375, 1, 197, 160, 122, 1, 1);

  /** Line rates as they are, half of the pipeline's and the overlapped all-reduce's time hidden. */
  public static final CostConstants NOMINAL =
      new CostConstants(213, 1, 1, 1, 25, 0.5, 0.5, 1, 197, 160, 122, 1, 1);

  public CostConstants {
    require(gpuTflops > 0, "gpuTflops is not positive");
    share(ibEfficiency, "ibEfficiency");
    share(roceEfficiency, "roceEfficiency");
    share(socketEfficiency, "socketEfficiency");
    require(ibEfficiency * roceEfficiency * socketEfficiency > 0, "an efficiency is 0");
    require(socketGbps > 0, "socketGbps is not positive");
    share(pipelineOverlap, "pipelineOverlap");
    share(dataOverlap, "dataOverlap");
    require(dataVolume > 0, "dataVolume is not positive");
    require(ibSpeed > 0 && roceSpeed > 0 && ethSpeed > 0, "a speed is not positive");
    require(alphaNumerator > 0 && alphaDenominator > 0, "alpha is not positive");
  }

  private static void share(double value, String name) {
    require(value >= 0 && value <= 1, name + " is not within 0..1");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  double efficiency(NicKind kind) {
    return switch (kind) {
      case IB -> ibEfficiency;
      case ROCE -> roceEfficiency;
      case ETH -> socketEfficiency;
    };
  }

  int speed(NicKind kind) {
    return switch (kind) {
      case IB -> ibSpeed;
      case ROCE -> roceSpeed;
      case ETH -> ethSpeed;
    };
  }

  /** The same with other shares of hidden time. */
  public CostConstants withOverlaps(double pipelineOverlap, double dataOverlap) {
    return new CostConstants(
        gpuTflops,
        ibEfficiency,
        roceEfficiency,
        socketEfficiency,
        socketGbps,
        pipelineOverlap,
        dataOverlap,
        dataVolume,
        ibSpeed,
        roceSpeed,
        ethSpeed,
        alphaNumerator,
        alphaDenominator);
  }

  /** The same with another volume of the replicas' exchange. */
  public CostConstants withDataVolume(double dataVolume) {
    return new CostConstants(
        gpuTflops,
        ibEfficiency,
        roceEfficiency,
        socketEfficiency,
        socketGbps,
        pipelineOverlap,
        dataOverlap,
        dataVolume,
        ibSpeed,
        roceSpeed,
        ethSpeed,
        alphaNumerator,
        alphaDenominator);
  }
}
