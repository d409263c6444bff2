package org.millrace.streaming.placement.plan;

/**
 * What an iteration of a job computes and sends, whatever nodes it runs on. A unit is a
 * tensor-parallel group.
 *
 * @param sizes of the job
 * @param layers L of its model
 * @param microBatches m, of a replica in an iteration
 * @param layerFlops operations of a GPU for a layer of a micro-batch
 * @param pipelineBytes that a unit sends to a neighbour stage in an iteration and direction
 * @param dataBytesPerLayer that leave a node at each place where the ring of a stage's units does,
 *     for each of the stage's layers
 * @param embeddingBytes that a unit of the first or last stage sends the other
 * @param sampleFlops operations of a sample
 * @param globalBatch samples of an iteration
 */
record Workload(
    Parallelism sizes,
    int layers,
    int microBatches,
    double layerFlops,
    double pipelineBytes,
    double dataBytesPerLayer,
    double embeddingBytes,
    double sampleFlops,
    int globalBatch) {

  static Workload of(Request request, Parallelism sizes, CostConstants constants) {
    var model = request.model();
    int b = request.microBatch();
    int t = sizes.tensor();
    double d = sizes.data();
    int m = request.globalBatch() / (b * sizes.data());
    double sampleFlops = model.flopsPerSample(t);
    double parametersPerLayer = model.parameters(t) / model.layers();
    double ring = 2 * (d - 1) / d * constants.dataVolume();
    int senders = request.transfer() == Request.Transfer.SHARED ? 1 : t;
    return new Workload(
        sizes,
        model.layers(),
        m,
        sampleFlops * b / ((double) model.layers() * t),
        m * model.activationBytes(b) * senders,
        ring * ModelShape.HALF * parametersPerLayer,
        model.embeddingBytes(t),
        sampleFlops,
        request.globalBatch());
  }
}
