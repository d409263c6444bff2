package org.millrace.batch.strategies;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a skill of an instance counts by. */
enum MasteryModel {
  /** The learner's smoothed rate of correct first attempts. */
  CFA_RATE {
    @Override
    Dataset<Row> weigh(Dataset<Row> instances, long seed) {
      return MasteryWeights.add(instances, MasteryWeights.rates(instances));
    }
  },
  /** What Bayesian knowledge tracing says that the learner masters in the end. */
  BKT {
    @Override
    Dataset<Row> weigh(Dataset<Row> instances, long seed) {
      return MasteryWeights.add(instances, TracedWeights.rates(instances));
    }
  },
  /** What a transformer attends to that is trained on a part of the instances. */
  ATTENTION {
    @Override
    Dataset<Row> weigh(Dataset<Row> instances, long seed) {
      return AttentionWeights.add(instances, seed);
    }
  };

  /**
   * Adds {@code weights}, one a skill in the instance's order, each from 0; null where the model
   * has no say.
   *
   * @param instances of {@link Instances}
   * @param seed of training
   */
  abstract Dataset<Row> weigh(Dataset<Row> instances, long seed);
}
