package org.millrace.streaming.placement.plan;

import static java.util.Objects.requireNonNull;

/**
 * How a job is divided.
 *
 * @param tensor t, at least 1
 * @param pipeline p, at least 1
 * @param data d, at least 1
 * @param order in which ranks are numbered
 */
public record Parallelism(int tensor, int pipeline, int data, RankOrder order) {

  public Parallelism {
    requireNonNull(order, "order is null");
    if (tensor < 1 || pipeline < 1 || data < 1) {
      throw new IllegalArgumentException(
          "parallel sizes are t=%d, p=%d, d=%d; give at least 1 each"
              .formatted(tensor, pipeline, data));
    }
    Math.multiplyExact(Math.multiplyExact(tensor, pipeline), data);
  }

  /** In Megatron's default order. */
  public static Parallelism of(int tensor, int pipeline, int data) {
    return new Parallelism(tensor, pipeline, data, RankOrder.TP_DP_PP);
  }

  /** N = t·p·d. */
  public int ranks() {
    return tensor * pipeline * data;
  }

  /** Tensor-parallel groups: p·d. */
  int units() {
    return pipeline * data;
  }

  /** The pipeline stage, 0 to p - 1, of a rank. */
  public int stage(int rank) {
    return stageOfUnit(rank / tensor);
  }

  int stageOfUnit(int unit) {
    return order == RankOrder.TP_DP_PP ? unit / data : unit % pipeline;
  }

  /** How far apart the units of a data-parallel group are. */
  int dataStride() {
    return order == RankOrder.TP_DP_PP ? 1 : pipeline;
  }

  /** The first unit of the data-parallel group of a stage. */
  int dataBase(int stage) {
    return order == RankOrder.TP_DP_PP ? stage * data : stage;
  }

  /** How far apart the units of a pipeline are. */
  int pipelineStride() {
    return order == RankOrder.TP_DP_PP ? data : 1;
  }

  /** The first unit of a pipeline. */
  int pipelineBase(int replica) {
    return order == RankOrder.TP_DP_PP ? replica : replica * pipeline;
  }

  @Override
  public String toString() {
    return "t=%d, p=%d, d=%d, %s".formatted(tensor, pipeline, data, order.megatron());
  }
}
