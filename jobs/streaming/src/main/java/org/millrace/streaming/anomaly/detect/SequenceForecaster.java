package org.millrace.streaming.anomaly.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The reading {@link LstmInput#SEQUENCE}: each value of the look-back foretells its successor. Of
 * the kept model the state holds what it was trained on, not its weights: a sixth of the size, and
 * the training gives the same weights again when they are first needed after a restore.
 */
final class SequenceForecaster implements Forecaster {

  private final Training training;
  private final double[] weights = new double[Lstm.WEIGHTS];
  private final double[] trainedOn;
  private final double[] candidateOn;
  private long seed;
  private long candidateSeed;
  private boolean rebuild;

  SequenceForecaster(Training training, int lookBack) {
    this.training = training;
    trainedOn = new double[lookBack];
    candidateOn = new double[lookBack];
  }

  @Override
  public double predict(double[] recent) {
    if (rebuild) {
      train(trainedOn, seed);
      keep();
    }
    return training.next(weights, trainedOn, recent);
  }

  @Override
  public double train(double[] values, long seed) {
    System.arraycopy(values, 0, candidateOn, 0, candidateOn.length);
    candidateSeed = seed;
    training.onValues(candidateOn, seed);
    return training.next(training.weights(), candidateOn, values);
  }

  @Override
  public void keep() {
    System.arraycopy(training.weights(), 0, weights, 0, weights.length);
    System.arraycopy(candidateOn, 0, trainedOn, 0, trainedOn.length);
    seed = candidateSeed;
    rebuild = false;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    for (var value : trainedOn) {
      out.writeDouble(value);
    }
    out.writeLong(seed);
  }

  @Override
  public void read(DataInput in) throws IOException {
    for (int j = 0; j < trainedOn.length; j++) {
      trainedOn[j] = in.readDouble();
    }
    seed = in.readLong();
    rebuild = true;
  }
}
