package org.millrace.batch.inference.model;

/** A text to the probabilities of its classes; a long text is cut at its end. */
public record Classify() implements Task<String, double[]> {

  private static final long serialVersionUID = 1L;

  @Override
  public Encoded encode(String text, TextEncoder encoder) {
    return encoder.encode(text);
  }

  @Override
  public double[] read(Tensor output, int row, Encoded input, TextEncoder encoder) {
    if (output.rank() != 2 || output.width() < 2) {
      throw new IllegalArgumentException(
          "to classify takes an output of (rows, classes), two of them or more, not "
              + output.shown());
    }
    return Softmax.of(output.row(row));
  }
}
