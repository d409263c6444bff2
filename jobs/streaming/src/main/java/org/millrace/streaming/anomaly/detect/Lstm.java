package org.millrace.streaming.anomaly.detect;

import java.util.Arrays;

/**
 * One LSTM layer with {@value #UNITS} units and a linear output, trained by full-batch Adam on the
 * mean squared error, as RePAD2 (arXiv 2303.00409) uses it on a handful of values. Weights belong
 * to the caller; this is the workspace, which any number of models of one thread may share. Nothing
 * is allocated after construction, and only correctly rounded or strict functions are used, so that
 * a training ends in the same bits on every machine.
 *
 * <p>Equations: i, f, o = sigmoid, g = tanh of (w x + u h' + bias); c = f c' + i g; h = o tanh(c);
 * output = v h + bias. One set of gate biases.
 */
final class Lstm {

  static final int UNITS = 10;

  static final double LEARNING_RATE = 0.005;
  static final int EPOCHS = 50;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private static final int GATES = 4 * UNITS;
  private static final int I = 0;
  private static final int F = UNITS;
  private static final int G = 2 * UNITS;
  private static final int O = 3 * UNITS;

  private static final int BIAS = GATES;
  private static final int OUTPUT = BIAS + GATES;
  private static final int OUTPUT_BIAS = OUTPUT + UNITS;
  private static final int RECURRENT = OUTPUT_BIAS + 1;

  /** How many weights a model has. */
  static final int WEIGHTS = RECURRENT + GATES * UNITS;

  private static final double INITIAL_BOUND = 1 / Math.sqrt(UNITS);

  private final double[] gates;
  private final double[] cells;
  private final double[] squashed;
  private final double[] hidden;
  private final double[] outputs;
  private final double[] drives = new double[GATES];
  private final double[] deltas = new double[GATES];
  private final double[] hiddenDelta = new double[UNITS];
  private final double[] cellDelta = new double[UNITS];
  private final double[] gradient = new double[WEIGHTS];
  private final double[] firstMoment = new double[WEIGHTS];
  private final double[] secondMoment = new double[WEIGHTS];

  /**
   * @param maxSteps the longest sequence that will be run
   */
  Lstm(int maxSteps) {
    gates = new double[maxSteps * GATES];
    cells = new double[maxSteps * UNITS];
    squashed = new double[maxSteps * UNITS];
    hidden = new double[maxSteps * UNITS];
    outputs = new double[maxSteps];
  }

  /**
   * Trains a fresh model on {@code sequences} sequences of {@code steps} steps that lie one after
   * the other in {@code inputs} and {@code targets}.
   *
   * @param weights receives the model, {@link #WEIGHTS} numbers
   * @param seed of the initial weights, uniform within 1/sqrt({@value #UNITS}) of 0
   */
  void train(
      double[] weights, long seed, double[] inputs, double[] targets, int sequences, int steps) {
    int active = active(steps);
    var random = seed;
    for (int j = 0; j < active; j++) {
      random += Seeds.STEP;
      weights[j] = (2 * Seeds.unit(random) - 1) * INITIAL_BOUND;
    }
    Arrays.fill(firstMoment, 0, active, 0);
    Arrays.fill(secondMoment, 0, active, 0);
    double decay1 = 1;
    double decay2 = 1;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      gradient(weights, inputs, targets, sequences, steps, gradient);
      decay1 *= BETA1;
      decay2 *= BETA2;
      double rate = LEARNING_RATE / (1 - decay1);
      double spread = 1 / Math.sqrt(1 - decay2);
      for (int j = 0; j < active; j++) {
        double slope = gradient[j];
        double first = BETA1 * firstMoment[j] + (1 - BETA1) * slope;
        double second = BETA2 * secondMoment[j] + (1 - BETA2) * slope * slope;
        firstMoment[j] = first;
        secondMoment[j] = second;
        weights[j] -= rate * first / (Math.sqrt(second) * spread + EPSILON);
      }
    }
  }

  /** Without a second step nothing flows back into the layer: those weights stay out of it. */
  private static int active(int steps) {
    return steps == 1 ? RECURRENT : WEIGHTS;
  }

  /** The output after the last of {@code steps} inputs, from a state of zeros. */
  double predict(double[] weights, double[] inputs, int steps) {
    forward(weights, inputs, 0, steps);
    return outputs[steps - 1];
  }

  /** The mean squared error, and into {@code gradient} its slope along each weight. */
  double gradient(
      double[] weights,
      double[] inputs,
      double[] targets,
      int sequences,
      int steps,
      double[] gradient) {
    Arrays.fill(gradient, 0, active(steps), 0);
    double share = 1.0 / (sequences * steps);
    double loss = 0;
    for (int s = 0; s < sequences; s++) {
      forward(weights, inputs, s * steps, steps);
      loss += backward(weights, inputs, targets, s * steps, steps, share, gradient);
    }
    return loss;
  }

  private void forward(double[] w, double[] inputs, int from, int steps) {
    for (int t = 0; t < steps; t++) {
      double x = inputs[from + t];
      int now = t * UNITS;
      double output = w[OUTPUT_BIAS];
      drive(w, x, t);
      for (int u = 0; u < UNITS; u++) {
        double in = sigmoid(drives[I + u]);
        double candidate = tanh(drives[G + u]);
        double out = sigmoid(drives[O + u]);
        double cell = in * candidate;
        if (t > 0) {
          double forget = sigmoid(drives[F + u]);
          gates[t * GATES + F + u] = forget;
          cell += forget * cells[now - UNITS + u];
        }
        double bounded = tanh(cell);
        gates[t * GATES + I + u] = in;
        gates[t * GATES + G + u] = candidate;
        gates[t * GATES + O + u] = out;
        cells[now + u] = cell;
        squashed[now + u] = bounded;
        hidden[now + u] = out * bounded;
        output += w[OUTPUT + u] * out * bounded;
      }
      outputs[t] = output;
    }
  }

  private void drive(double[] w, double x, int t) {
    for (int gate = 0; gate < GATES; gate++) {
      drives[gate] = w[gate] * x + w[BIAS + gate];
    }
    if (t == 0) {
      return;
    }
    for (int k = 0; k < UNITS; k++) {
      int row = RECURRENT + k * GATES;
      double before = hidden[(t - 1) * UNITS + k];
      for (int gate = 0; gate < GATES; gate++) {
        drives[gate] += w[row + gate] * before;
      }
    }
  }

  private double backward(
      double[] w,
      double[] inputs,
      double[] targets,
      int from,
      int steps,
      double share,
      double[] slope) {
    Arrays.fill(hiddenDelta, 0);
    Arrays.fill(cellDelta, 0);
    double loss = 0;
    for (int t = steps - 1; t >= 0; t--) {
      double error = outputs[t] - targets[from + t];
      loss += error * error * share;
      double outputDelta = 2 * error * share;
      slope[OUTPUT_BIAS] += outputDelta;
      for (int u = 0; u < UNITS; u++) {
        slope[OUTPUT + u] += outputDelta * hidden[t * UNITS + u];
        unitDeltas(u, t, outputDelta * w[OUTPUT + u] + hiddenDelta[u]);
      }
      for (int gate = 0; gate < GATES; gate++) {
        slope[gate] += deltas[gate] * inputs[from + t];
        slope[BIAS + gate] += deltas[gate];
      }
      if (t > 0) {
        recurrent(w, (t - 1) * UNITS, slope);
      }
    }
    return loss;
  }

  /** What the gates of a unit add to the loss, given what its hidden value adds. */
  private void unitDeltas(int u, int t, double hiddenSlope) {
    int at = t * GATES + u;
    double in = gates[at + I];
    double candidate = gates[at + G];
    double out = gates[at + O];
    double bounded = squashed[t * UNITS + u];
    double cellSlope = cellDelta[u] + hiddenSlope * out * (1 - bounded * bounded);
    deltas[I + u] = cellSlope * candidate * in * (1 - in);
    deltas[G + u] = cellSlope * in * (1 - candidate * candidate);
    deltas[O + u] = hiddenSlope * bounded * out * (1 - out);
    if (t > 0) {
      double forget = gates[at + F];
      deltas[F + u] = cellSlope * cells[(t - 1) * UNITS + u] * forget * (1 - forget);
      cellDelta[u] = cellSlope * forget;
    } else {
      deltas[F + u] = 0;
    }
  }

  private void recurrent(double[] w, int before, double[] slope) {
    for (int k = 0; k < UNITS; k++) {
      int row = RECURRENT + k * GATES;
      double value = hidden[before + k];
      double sum = 0;
      for (int gate = 0; gate < GATES; gate++) {
        slope[row + gate] += deltas[gate] * value;
        sum += deltas[gate] * w[row + gate];
      }
      hiddenDelta[k] = sum;
    }
  }

  /** Math.exp may differ between machines in the last bit; StrictMath may not. */
  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  private static double tanh(double x) {
    return 2 / (1 + StrictMath.exp(-2 * x)) - 1;
  }
}
