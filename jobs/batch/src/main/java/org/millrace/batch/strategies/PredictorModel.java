package org.millrace.batch.strategies;

import java.util.List;
import org.millrace.batch.job.Run;
import org.millrace.batch.strategies.trial.Contest;
import org.millrace.batch.strategies.trial.Contest.Measured;
import org.millrace.batch.strategies.trial.Trial;

/** Predictors of strategies by name. */
enum PredictorModel {
  /** The medoid of the question's key: nothing to train. */
  KEY,
  /** A recurrent network that reads the vectors of learner, hierarchy and problem. */
  LSTM;

  boolean trained() {
    return this == LSTM;
  }

  String label() {
    return this == KEY ? Contest.KEY : "lstm";
  }

  /** Trains it on the MVec sample, a random one of the same size and on all, and measures each. */
  List<Measured> contest(Trial trial, NodeVectors vectors, double share, long seed, Run run)
      throws Exception {
    throw new IllegalStateException("soon");
  }
}
