package org.millrace.streaming.anomaly.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The model that is kept of a series, and a candidate for its place. */
sealed interface Forecaster permits ConstantForecaster, SequenceForecaster {

  /**
   * The next value by the kept model.
   *
   * @param recent the last b values, oldest first
   */
  double predict(double[] recent);

  /**
   * Trains a candidate.
   *
   * @param values the b values to train on, oldest first
   * @return what the candidate expects after them
   */
  double train(double[] values, long seed);

  /** Puts the last trained candidate in the place of the kept model. */
  void keep();

  void write(DataOutput out) throws IOException;

  void read(DataInput in) throws IOException;
}
