package org.millrace.batch.strategies;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.millrace.batch.strategies.page.StrategiesPage;
import org.millrace.batch.strategies.trial.Contest.Measured;
import org.millrace.batch.strategies.trial.Method;
import org.millrace.kernel.strategy.equity.PredictiveEquality;

/** What predictors were measured at, as tables. */
final class TrialTables {

  private static final StructType CURVES =
      StructType.fromDDL(
          "sample string, predictor string, share double, instances int, jaccard double,"
              + " right_set double, exact double, edit_distance double, gap double");
  private static final StructType EQUITY =
      StructType.fromDDL(
          "sample string, predictor string, skill_group int, students int, accuracy double,"
              + " low double, high double");

  private TrialTables() {}

  /** What a method of sampling is called. */
  static String name(Method method) {
    return method.name().toLowerCase(Locale.ROOT);
  }

  /** A row a predictor on a sample. */
  static Dataset<Row> curves(SparkSession spark, List<Measured> measured) {
    var rows = new ArrayList<Row>();
    for (var each : measured) {
      var accuracy = each.accuracy();
      rows.add(
          RowFactory.create(
              name(each.method()),
              each.model(),
              each.share(),
              each.size(),
              accuracy.jaccard(),
              accuracy.sets(),
              accuracy.exact(),
              accuracy.edits(),
              accuracy.equality().map(PredictiveEquality::gap).orElse(null)));
    }
    return spark.createDataFrame(rows, CURVES);
  }

  /** A row a group of learners. */
  static Dataset<Row> equity(SparkSession spark, List<StrategiesPage.Group> groups) {
    var rows = new ArrayList<Row>();
    for (var group : groups) {
      for (int g = 0; g < group.accuracies().size(); g++) {
        var accuracy = group.accuracies().get(g);
        rows.add(
            RowFactory.create(
                group.sample(),
                group.model(),
                g,
                group.students()[g],
                accuracy.value(),
                accuracy.low(),
                accuracy.high()));
      }
    }
    return spark.createDataFrame(rows, EQUITY);
  }
}
