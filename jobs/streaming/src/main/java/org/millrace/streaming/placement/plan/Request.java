package org.millrace.streaming.placement.plan;

import static java.util.Objects.requireNonNull;

/**
 * What a job asks for.
 *
 * @param job its name, not empty
 * @param model what it trains
 * @param gpus N, at least 1
 * @param globalBatch B, samples of an iteration, at least 1
 * @param microBatch b, samples of a micro-batch, at least 1
 * @param tensor t; 0: the planner chooses
 * @param pipeline p; 0: the planner chooses
 * @param order in which its ranks are numbered
 * @param optimizer when gradients are exchanged
 * @param transfer what a pipeline stage hands on
 * @param gpuModel that its GPUs must be of; empty: any
 */
public record Request(
    String job,
    ModelShape model,
    int gpus,
    int globalBatch,
    int microBatch,
    int tensor,
    int pipeline,
    RankOrder order,
    Optimizer optimizer,
    Transfer transfer,
    String gpuModel) {

  /** When gradients are exchanged. */
  public enum Optimizer {
    /** After the last backward pass. */
    PLAIN,
    /** In buckets during the backward pass (Megatron-LLaMA's). */
    OVERLAPPED
  }

  /** What the ranks of a tensor-parallel group send to the next stage. */
  public enum Transfer {
    /** Each all of it. */
    WHOLE,
    /** Each its share. */
    SHARED
  }

  public Request {
    requireNonNull(job, "job is null");
    requireNonNull(model, "model is null");
    requireNonNull(order, "order is null");
    requireNonNull(optimizer, "optimizer is null");
    requireNonNull(transfer, "transfer is null");
    requireNonNull(gpuModel, "gpuModel is null");
    require(!job.isEmpty(), "a request without a job; give its name");
    require(gpus >= 1, "job %s wants %d GPUs; give at least 1", job, gpus);
    require(globalBatch >= 1, "job %s has a batch of %d; give at least 1", job, globalBatch);
    require(microBatch >= 1, "job %s has a micro-batch of %d; give at least 1", job, microBatch);
    require(
        tensor >= 0 && pipeline >= 0,
        "job %s has t=%d, p=%d; give at least 1, or 0 for the planner's choice",
        job,
        tensor,
        pipeline);
    long sizes = (long) Math.max(1, tensor) * Math.max(1, pipeline);
    require(
        gpus % sizes == 0,
        "job %s wants %d GPUs, which t=%d times p=%d does not divide; change one of them",
        job,
        gpus,
        tensor,
        pipeline);
    require(
        pipeline <= model.layers(),
        "job %s has %d layers for %d pipeline stages; give fewer stages",
        job,
        model.layers(),
        pipeline);
  }

  private static void require(boolean holds, String message, Object... arguments) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(arguments));
    }
  }

  /** Sizes left to the planner, Megatron's default order, everything plain. */
  public static Request of(
      String job, ModelShape model, int gpus, int globalBatch, int microBatch) {
    return new Request(
        job,
        model,
        gpus,
        globalBatch,
        microBatch,
        0,
        0,
        RankOrder.TP_DP_PP,
        Optimizer.PLAIN,
        Transfer.WHOLE,
        "");
  }

  /** The same with other sizes; 0: the planner chooses. */
  public Request withSizes(int tensor, int pipeline) {
    return new Request(
        job,
        model,
        gpus,
        globalBatch,
        microBatch,
        tensor,
        pipeline,
        order,
        optimizer,
        transfer,
        gpuModel);
  }

  /** The same with ranks numbered in another order. */
  public Request withOrder(RankOrder order) {
    return new Request(
        job,
        model,
        gpus,
        globalBatch,
        microBatch,
        tensor,
        pipeline,
        order,
        optimizer,
        transfer,
        gpuModel);
  }

  /** The same with another optimizer. */
  public Request withOptimizer(Optimizer optimizer) {
    return new Request(
        job,
        model,
        gpus,
        globalBatch,
        microBatch,
        tensor,
        pipeline,
        order,
        optimizer,
        transfer,
        gpuModel);
  }

  /** The same with another transfer between stages. */
  public Request withTransfer(Transfer transfer) {
    return new Request(
        job,
        model,
        gpus,
        globalBatch,
        microBatch,
        tensor,
        pipeline,
        order,
        optimizer,
        transfer,
        gpuModel);
  }

  /** The same on GPUs of one model. */
  public Request withGpuModel(String gpuModel) {
    return new Request(
        job,
        model,
        gpus,
        globalBatch,
        microBatch,
        tensor,
        pipeline,
        order,
        optimizer,
        transfer,
        gpuModel);
  }
}
