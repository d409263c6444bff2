package org.millrace.batch.strategies.learn;

import ai.djl.ndarray.NDArray;

/** An array times a number, where gradients flow. */
final class Scale {

  private Scale() {}

  /**
   * The product, in the array's memory. {@code array.mul(number)} would do outside training: DJL
   * frees the number at once, of which the gradient is computed later.
   */
  static NDArray by(NDArray array, double factor) {
    return array.mul(array.getManager().create((float) factor));
  }
}
