package org.millrace.batch.strategies;

import org.millrace.batch.strategies.trial.Contest;

/** Predictors of strategies by name. */
enum PredictorModel {
  /** The medoid of the question's key: nothing to train. */
  KEY(Contest.KEY),
  /** A recurrent network that reads the vectors of learner, hierarchy and problem. */
  LSTM("lstm");

  private final String label;

  PredictorModel(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
