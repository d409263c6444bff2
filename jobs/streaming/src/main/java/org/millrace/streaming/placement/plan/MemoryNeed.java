package org.millrace.streaming.placement.plan;

/**
 * What a GPU of the first stage holds: weights, gradients and Adam's state in mixed precision, the
 * inputs of its layers for each micro-batch under way, and the working set of the layer that is
 * recomputed (Korthikanti et al., arXiv 2205.05198, equation 2).
 */
final class MemoryNeed {

  /** Half weights 2, float gradients 4, float weights and two moments 12. */
  private static final int BYTES_PER_PARAMETER = 18;

  private MemoryNeed() {}

  /** GB (1e9 bytes) of a GPU. */
  static double gb(Request request, Parallelism sizes) {
    var model = request.model();
    double h = model.hidden();
    double s = model.sequence();
    double b = request.microBatch();
    double t = sizes.tensor();
    int p = sizes.pipeline();
    int layers = (model.layers() + p - 1) / p;
    double parameters =
        (layers * (12 * h * h + 13 * h) + (model.paddedVocabulary(sizes.tensor()) + s) * h) / t;
    int underWay = Math.min(p, request.globalBatch() / (request.microBatch() * sizes.data()));
    double inputs = underWay * layers * model.activationBytes(request.microBatch());
    double working = s * b * h * (10 + 24 / t + 5 * model.heads() * s / (h * t));
    return (parameters * BYTES_PER_PARAMETER + inputs + working) / 1e9;
  }
}
