package org.millrace.streaming.placement.plan;

/**
 * What an iteration is predicted to take and to send. A phase takes as long as its slowest node
 * needs to send its share over its NICs of the network.
 *
 * @param computeSeconds of the pipeline with its bubble: (m - 1)·max c_s + sum c_s
 * @param pipelineSeconds T_PP, before any of it is hidden
 * @param dataSeconds T_DP, before any of it is hidden
 * @param embeddingSeconds T_EMB
 * @param iterationSeconds T_iter
 * @param samplesPerSecond B / T_iter
 * @param tflopsPerGpu operations a second and GPU, in 1e12
 * @param crossFabricPipelineBytes of an iteration that go between nodes that share no fabric
 * @param crossFabricDataBytes the same of data-parallel groups
 * @param crossFabricEmbeddingBytes the same of embedding groups
 */
public record Cost(
    double computeSeconds,
    double pipelineSeconds,
    double dataSeconds,
    double embeddingSeconds,
    double iterationSeconds,
    double samplesPerSecond,
    double tflopsPerGpu,
    double crossFabricPipelineBytes,
    double crossFabricDataBytes,
    double crossFabricEmbeddingBytes) {

  /** Bytes of an iteration that go between nodes that share no fabric. */
  public double crossFabricBytes() {
    return crossFabricPipelineBytes + crossFabricDataBytes + crossFabricEmbeddingBytes;
  }
}
