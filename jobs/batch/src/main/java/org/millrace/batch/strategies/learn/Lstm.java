package org.millrace.batch.strategies.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/**
 * A layer of long short-term memory (Hochreiter and Schmidhuber 1997), whose forget gate begins
 * open (Jozefowicz, Zaremba and Sutskever, ICML 2015). The state goes in and comes out.
 */
final class Lstm {

  private static final int GATES = 4;

  private final NDList parameters;
  private final int size;

  /** A layer of the weights of a name. */
  Lstm(Weights weights, String name, int inputs, int size) {
    this.size = size;
    var forget = new double[GATES * size];
    for (int i = size; i < 2 * size; i++) {
      forget[i] = 1;
    }
    parameters =
        new NDList(
            weights.gates(name + ".input", GATES, size, inputs),
            weights.gates(name + ".state", GATES, size, size),
            weights.vector(name + ".bias", forget),
            weights.vector(name + ".stateBias", new double[GATES * size]));
  }

  /**
   * What came out, and the state after it.
   *
   * @param outputs rows x steps x size
   * @param state to go on from
   */
  record Passed(NDArray outputs, NDList state) {}

  /** The state before the first step, in the array's memory. */
  NDList start(NDArray inputs) {
    var shape = new Shape(1, inputs.getShape().get(0), size);
    return new NDList(inputs.getManager().zeros(shape), inputs.getManager().zeros(shape));
  }

  /**
   * Goes on from a state.
   *
   * @param inputs rows x steps x inputs
   */
  Passed forward(NDArray inputs, NDList state) {
    var passed =
        inputs.getNDArrayInternal().lstm(inputs, state, parameters, true, 1, 0, false, false, true);
    return new Passed(passed.get(0), new NDList(passed.get(1), passed.get(2)));
  }
}
