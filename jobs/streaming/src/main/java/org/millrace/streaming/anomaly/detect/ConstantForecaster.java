package org.millrace.streaming.anomaly.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The reading {@link LstmInput#INDEX}: positions 0..1 of b points in, values out, and the position
 * after them asked for. The answer never changes until the next training, so it is the model.
 */
final class ConstantForecaster implements Forecaster {

  private final Training training;
  private double candidate;
  private double kept;

  ConstantForecaster(Training training) {
    this.training = training;
  }

  @Override
  public double predict(double[] recent) {
    return kept;
  }

  @Override
  public double train(double[] values, long seed) {
    candidate = training.onPositions(values, seed);
    return candidate;
  }

  @Override
  public void keep() {
    kept = candidate;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeDouble(kept);
  }

  @Override
  public void read(DataInput in) throws IOException {
    kept = in.readDouble();
  }
}
