package org.millrace.batch.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.strategy.classroom.Classroom;
import org.millrace.kernel.strategy.classroom.ClassroomOptions;
import org.millrace.kernel.strategy.classroom.Play;
import org.millrace.kernel.strategy.mastery.FirstAttemptRates;
import org.millrace.kernel.strategy.mastery.TracedMastery;
import org.millrace.kernel.strategy.steps.Instance;
import org.millrace.kernel.strategy.steps.Outcome;
import org.millrace.kernel.strategy.steps.Step;

/** Steps to instances and masteries on tables beside the same in one process. */
class MasteryWeightsITCase {

  private static List<Instance> instances;
  private static List<Step> steps;
  private static Dataset<Row> table;

  @BeforeAll
  static void start() {
    var spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", 3)
            .getOrCreate();
    var room = Classroom.of(ClassroomOptions.DEFAULT.size(40, 16, 6));
    instances = room.plays().map(Play::instance).toList();
    steps = new ArrayList<>();
    var rows = new ArrayList<Row>();
    for (var instance : instances) {
      for (int i = 0; i < instance.skills().size(); i++) {
        var key = instance.key();
        var outcome = i % 5 == 4 ? Outcome.UNKNOWN : instance.outcomes().get(i);
        var step =
            new Step(
                steps.size(),
                steps.size(),
                key.student(),
                key.hierarchy(),
                key.problem(),
                key.view(),
                "",
                List.of(instance.skills().get(i)),
                outcome);
        steps.add(step);
        rows.add(
            RowFactory.create(
                step.student(),
                step.hierarchy(),
                step.problem(),
                step.view(),
                step.order(),
                step.line(),
                step.skills().toArray(String[]::new),
                outcome == Outcome.UNKNOWN ? null : outcome == Outcome.CORRECT ? 1 : 0));
      }
    }
    Collections.shuffle(rows, new Random(1));
    table = Instances.of(spark.createDataFrame(rows, StepTable.SCHEMA)).cache();
  }

  @Test
  void instancesAreThoseOfTheKernel() {
    var joined = Instance.all(steps);
    var found = table.orderBy("ord").select("student", "problem", "skills").collectAsList();

    assertThat(found).hasSameSizeAs(joined);
    for (int i = 0; i < joined.size(); i++) {
      assertThat(found.get(i).getString(0)).isEqualTo(joined.get(i).key().student());
      assertThat(found.get(i).getString(1)).isEqualTo(joined.get(i).key().problem());
      assertThat(found.get(i).<String>getList(2)).isEqualTo(joined.get(i).skills());
    }
  }

  @Test
  void ratesOfFirstAttemptsAreThoseOfTheKernel() {
    var rates = new FirstAttemptRates();
    Instance.all(steps).forEach(rates::add);

    for (var row : MasteryWeights.rates(table).collectAsList()) {
      assertThat(row.<Double>getAs("rate"))
          .isCloseTo(rates.rate(row.getAs("student"), row.getAs("skill")), within(1e-12));
    }
    for (var row : MasteryWeights.ofStudents(table).collectAsList()) {
      assertThat(row.getDouble(1)).isCloseTo(rates.rate(row.getString(0)), within(1e-12));
    }
    assertThat(weights(MasteryModel.CFA_RATE)).isEqualTo(instances.size());
  }

  @Test
  void tracedKnowledgeIsThatOfTheKernel() {
    var traced = TracedMastery.of(steps);

    for (var row : TracedWeights.rates(table).collectAsList()) {
      assertThat(row.<Double>getAs("rate"))
          .isCloseTo(traced.mastery(row.getAs("student"), row.getAs("skill")), within(1e-6));
    }
    assertThat(weights(MasteryModel.BKT)).isEqualTo(instances.size());
  }

  /** Instances that have a weight a skill. */
  private static long weights(MasteryModel model) {
    return model
        .weigh(table, 1)
        .where("size(weights) = size(skills) AND forall(weights, w -> w >= 0 AND w <= 1)")
        .count();
  }
}
