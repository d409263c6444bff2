package org.millrace.batch.inference.model;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * A model's output for a batch.
 *
 * @param values row by row
 * @param shape the batch first; often (rows, classes) or (rows, tokens, width)
 */
public record Tensor(float[] values, long[] shape) {

  public Tensor {
    requireNonNull(values, "values is null");
    requireNonNull(shape, "shape is null");
  }

  /** How many dimensions. */
  public int rank() {
    return shape.length;
  }

  /** Size of the last dimension; 1 where there is none but the batch. */
  public int width() {
    return shape.length < 2 ? 1 : (int) shape[shape.length - 1];
  }

  /** One row of a tensor of rank 1 or 2. */
  public float[] row(int row) {
    return Arrays.copyOfRange(values, row * width(), (row + 1) * width());
  }

  /** A token's vector in a tensor of rank 3. */
  public float[] token(int row, int token) {
    int from = offset(row, token);
    return Arrays.copyOfRange(values, from, from + width());
  }

  /** Where a token's vector begins in the values of a tensor of rank 3. */
  int offset(int row, int token) {
    return Math.toIntExact((row * shape[1] + token) * width());
  }

  /** The shape for a message. */
  String shown() {
    return Arrays.toString(shape);
  }
}
