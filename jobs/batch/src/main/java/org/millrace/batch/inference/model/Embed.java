package org.millrace.batch.inference.model;

import static java.util.Objects.requireNonNull;

/**
 * A text to a vector of length 1; a text longer than the model reads is cut at its end.
 *
 * @param pooling as the model wants it
 */
public record Embed(Pooling pooling) implements Task<String, float[]> {

  private static final long serialVersionUID = 1L;

  public Embed {
    requireNonNull(pooling, "pooling is null");
  }

  @Override
  public Encoded encode(String text, TextEncoder encoder) {
    return encoder.encode(text);
  }

  @Override
  public float[] read(Tensor output, int row, Encoded input, TextEncoder encoder) {
    if (output.rank() != 3) {
      throw new IllegalArgumentException(
          "to embed takes an output of (rows, tokens, width), not " + output.shown());
    }
    int tokens = pooling == Pooling.CLS ? 1 : input.length();
    var sums = new double[output.width()];
    for (int token = 0; token < tokens; token++) {
      int from = output.offset(row, token);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += output.values()[from + i];
      }
    }
    return normal(sums);
  }

  // The mean's denominator goes with the length.
  private static float[] normal(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    var result = new float[vector.length];
    double length = squares == 0 ? 1 : Math.sqrt(squares);
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) (vector[i] / length);
    }
    return result;
  }
}
