package org.millrace.batch.strategies.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Adam (Kingma and Ba, ICLR 2015) over weights, with gradients held to a length: longer ones are
 * scaled down together (Pascanu, Mikolov and Bengio, ICML 2013).
 */
final class Adam implements AutoCloseable {

  // PyTorch's engine collects gradients for one computation a process at a time.
  private static final Object ONE_AT_A_TIME = new Object();
  private static final float UNCLIPPED = -1;

  private final Weights weights;
  private final NDManager memory;
  private final Map<NDArray, NDList> moments = new IdentityHashMap<>();
  private final Betas betas;
  private final double longest;
  private int steps;

  /**
   * What a step remembers.
   *
   * @param first share of the mean of gradients, below 1
   * @param second share of the mean of their squares, below 1
   * @param epsilon added to the root of the latter
   */
  record Betas(double first, double second, double epsilon) {}

  /**
   * An optimizer at its first step.
   *
   * @param longest gradient, above 0
   */
  Adam(Weights weights, Betas betas, double longest) {
    this.weights = weights;
    this.memory = weights.scope();
    this.betas = betas;
    this.longest = longest;
  }

  /** Steps so far. */
  int steps() {
    return steps;
  }

  /**
   * One step.
   *
   * @param rate of learning
   * @param loss of a batch, a single number, computed in the memory it is given
   * @return the loss before the step
   * @throws IllegalStateException if the loss is no number, after which the weights are no good
   */
  double step(double rate, Function<NDManager, NDArray> loss) {
    synchronized (ONE_AT_A_TIME) {
      try (var scope = memory.newSubManager();
          var collector = scope.getEngine().newGradientCollector()) {
        var value = loss.apply(scope);
        double number = value.getFloat();
        if (!Double.isFinite(number)) {
          throw new IllegalStateException(
              "the loss is %s at step %d; lower the learning rate".formatted(number, steps + 1));
        }
        collector.backward(value);
        update(scope, rate);
        return number;
      }
    }
  }

  private void update(NDManager scope, double rate) {
    steps++;
    double unbiased =
        rate
            * Math.sqrt(1 - Math.pow(betas.second(), steps))
            / (1 - Math.pow(betas.first(), steps));
    var gradients = new IdentityHashMap<NDArray, NDArray>();
    double squares = 0;
    for (var weight : weights.all()) {
      var gradient = weight.getGradient();
      gradient.attach(scope);
      gradients.put(weight, gradient);
      squares += gradient.square().sum().getFloat();
    }
    float scale = (float) Math.min(1, longest / Math.sqrt(squares));
    for (var weight : weights.all()) {
      var moment = moments.computeIfAbsent(weight, this::zeros);
      weight
          .getNDArrayInternal()
          .adamUpdate(
              new NDList(weight, gradients.get(weight), moment.get(0), moment.get(1)),
              new NDList(weight),
              (float) rate,
              (float) unbiased,
              0,
              scale,
              UNCLIPPED,
              (float) betas.first(),
              (float) betas.second(),
              (float) betas.epsilon(),
              true,
              false);
    }
  }

  private NDList zeros(NDArray weight) {
    return new NDList(memory.zeros(weight.getShape()), memory.zeros(weight.getShape()));
  }

  @Override
  public void close() {
    memory.close();
  }
}
