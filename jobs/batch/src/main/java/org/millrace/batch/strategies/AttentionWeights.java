package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.millrace.batch.strategies.learn.MasterySettings;
import org.millrace.batch.strategies.learn.MasteryTransformer;
import org.millrace.command.UserError;
import org.millrace.kernel.strategy.steps.Instance;
import org.millrace.kernel.strategy.steps.Outcome;

/**
 * Mastery as the attention of a transformer, trained by the driver on {@link #TRAINED} instances
 * and asked about {@link #ASKED}; both small by design, as the published method takes a part of
 * each cluster only.
 */
final class AttentionWeights {

  /** Instances that the transformer is trained on at most. */
  static final int TRAINED = 4_000;

  /** Instances that get weights at most. */
  static final int ASKED = 40_000;

  private static final StructType WEIGHTS = StructType.fromDDL("id bigint, weights array<double>");

  private AttentionWeights() {}

  /**
   * Adds {@code weights}, null beyond {@link #ASKED} instances.
   *
   * @param instances of {@link Instances}
   * @param seed of the choice and of training
   * @throws UserError if no instance has an outcome
   */
  static Dataset<Row> add(Dataset<Row> instances, long seed) {
    var some = new ArrayList<Instance>();
    var ids = new ArrayList<Long>();
    for (var row :
        instances
            .orderBy(xxhash64(col("id"), lit(seed)), col("id"))
            .limit(ASKED)
            .select("id", "student", "hierarchy", "problem", "view", "skills", "outcomes")
            .collectAsList()) {
      ids.add(row.getLong(0));
      some.add(instance(row));
    }
    var rows = new ArrayList<Row>();
    try (var transformer = train(some, seed)) {
      var weights = transformer.weights(some);
      for (int i = 0; i < ids.size(); i++) {
        rows.add(RowFactory.create(ids.get(i), weights.get(i)));
      }
    }
    var table = instances.sparkSession().createDataFrame(rows, WEIGHTS);
    return instances.join(broadcast(table), new String[] {"id"}, "left");
  }

  private static MasteryTransformer train(List<Instance> instances, long seed) {
    var known =
        instances.stream()
            .filter(instance -> instance.outcomes().stream().anyMatch(o -> o != Outcome.UNKNOWN))
            .limit(TRAINED)
            .toList();
    if (known.isEmpty()) {
      throw new UserError(
          "--mastery attention: no step has an outcome to learn from; use cfa-rate");
    }
    return MasteryTransformer.train(known, MasterySettings.SMALL.seed(seed));
  }

  private static Instance instance(Row row) {
    var outcomes =
        row.<Integer>getList(6).stream()
            .map(
                outcome ->
                    outcome == null
                        ? Outcome.UNKNOWN
                        : outcome == 1 ? Outcome.CORRECT : Outcome.INCORRECT)
            .toList();
    var key = new Instance.Key(row.getString(1), row.getString(2), row.getString(3), row.getInt(4));
    return new Instance(key, List.copyOf(row.getList(5)), outcomes);
  }
}
