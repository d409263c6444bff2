package org.millrace.batch.inference.model;

/** Logits to probabilities. */
final class Softmax {

  private Softmax() {}

  /** Probabilities of all classes, in their order; they add up to 1. */
  static double[] of(float[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    var result = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      result[i] = Math.exp(logits[i] - largest);
      sum += result[i];
    }
    for (int i = 0; i < result.length; i++) {
      result[i] /= sum;
    }
    return result;
  }

  /** Probability of the first of two classes. */
  static double ofTwo(double logit, double other) {
    return sigmoid(logit - other);
  }

  /** 0 to 1. */
  static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
