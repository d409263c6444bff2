package org.millrace.streaming.placement.plan;

import static java.util.Objects.requireNonNull;

/**
 * A GPT-like transformer, half precision, with activation recompute. Parameters and operations are
 * those of Narayanan et al. (arXiv 2104.04473, equations 2 and 3).
 *
 * @param name for people
 * @param layers l, at least 1
 * @param hidden h, at least 1
 * @param heads attention heads, at least 1
 * @param sequence s, tokens of a sample, at least 1
 * @param vocabulary tokens before padding, at least 1
 */
public record ModelShape(
    String name, int layers, int hidden, int heads, int sequence, int vocabulary) {

  /** Bytes of a half-precision number. */
  static final int HALF = 2;

  /** The vocabulary is padded to a multiple of this times the tensor-parallel size (Megatron). */
  private static final int VOCABULARY_MULTIPLE = 128;

  public ModelShape {
    requireNonNull(name, "name is null");
    positive(layers, "layers");
    positive(hidden, "hidden");
    positive(heads, "heads");
    positive(sequence, "sequence");
    positive(vocabulary, "vocabulary");
  }

  private static void positive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "the model has %d %s; give at least 1".formatted(value, name));
    }
  }

  /**
   * V: tokens with padding.
   *
   * @param tensor tensor-parallel size
   */
  public long paddedVocabulary(int tensor) {
    long multiple = (long) VOCABULARY_MULTIPLE * tensor;
    return (vocabulary + multiple - 1) / multiple * multiple;
  }

  /**
   * Parameters of the whole model.
   *
   * @param tensor tensor-parallel size, which the vocabulary is padded for
   */
  public double parameters(int tensor) {
    double l = layers;
    double h = hidden;
    return 12
        * l
        * h
        * h
        * (1 + 13 / (12 * h) + (paddedVocabulary(tensor) + sequence) / (12 * l * h));
  }

  /**
   * Floating-point operations of a sample, forward, backward and recompute.
   *
   * @param tensor tensor-parallel size, which the vocabulary is padded for
   */
  public double flopsPerSample(int tensor) {
    double l = layers;
    double h = hidden;
    double s = sequence;
    return 96 * s * l * h * h * (1 + s / (6 * h) + paddedVocabulary(tensor) / (16 * l * h));
  }

  /** Bytes that a micro-batch hands from a pipeline stage to the next. */
  double activationBytes(int microBatch) {
    return (double) microBatch * sequence * hidden * HALF;
  }

  /** Bytes of the embedding's gradient. */
  double embeddingBytes(int tensor) {
    return (double) paddedVocabulary(tensor) * hidden * HALF;
  }
}
