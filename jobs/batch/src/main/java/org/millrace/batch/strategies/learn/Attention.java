package org.millrace.batch.strategies.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;

/**
 * Attention with several heads (Vaswani et al. 2017, section 3.2), which says what it attended to.
 */
final class Attention {

  private final int heads;
  private final NDArray query;
  private final NDArray key;
  private final NDArray value;
  private final NDArray output;

  /** A layer of the weights of a name, with heads that the size is a multiple of. */
  Attention(Weights weights, String name, int size, int heads) {
    this.heads = heads;
    query = weights.matrix(name + ".query", size, size);
    key = weights.matrix(name + ".key", size, size);
    value = weights.matrix(name + ".value", size, size);
    output = weights.matrix(name + ".output", size, size);
  }

  /**
   * What came out.
   *
   * @param outputs rows x targets x size
   * @param shares rows x heads x targets x sources, how much each target attends to each source:
   *     they add up to 1, before any dropout
   */
  record Attended(NDArray outputs, NDArray shares) {}

  /**
   * Attends.
   *
   * @param targets rows x targets x size
   * @param sources rows x sources x size
   * @param mask 0 where a target may attend, far below 0 where not; of the shares' shape, or 1 in
   *     some of its places
   */
  Attended forward(NDArray targets, NDArray sources, NDArray mask, Dropout dropout) {
    long size = targets.getShape().get(2);
    var asked = Scale.by(headed(targets, query), 1 / Math.sqrt((double) size / heads));
    var shares = asked.matMul(headed(sources, key).swapAxes(2, 3)).add(mask).softmax(-1);
    var mixed = dropout.apply(shares).matMul(headed(sources, value));
    var joined = mixed.swapAxes(1, 2).reshape(targets.getShape());
    return new Attended(Linear.linear(joined, output).singletonOrThrow(), shares);
  }

  /** Rows x heads x steps x size of a head. */
  private NDArray headed(NDArray steps, NDArray weight) {
    var shape = steps.getShape();
    return Linear.linear(steps, weight)
        .singletonOrThrow()
        .reshape(shape.get(0), shape.get(1), heads, shape.get(2) / heads)
        .swapAxes(1, 2);
  }
}
