package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.strategy.mastery.KnowledgeTracingFit;

/**
 * Mastery of students by Bayesian knowledge tracing: fitted skill by skill, a task each, then each
 * student's mastery after the last attempt, as of {@link
 * org.millrace.kernel.strategy.mastery.TracedMastery}.
 */
final class TracedWeights {

  private static final StructType RATES =
      StructType.fromDDL("student string, skill string, rate double");

  private TracedWeights() {}

  /**
   * Mastery of every student of every skill that the student has met.
   *
   * @param instances with {@code ord}, by which a student's instances follow each other
   * @return {@code student, skill, rate}, 0 to 1
   */
  static Dataset<Row> rates(Dataset<Row> instances) {
    return instances
        .select(
            col("student"),
            col("ord"),
            col("id"),
            posexplode(arrays_zip(col("skills"), col("outcomes")))
                .as(new String[] {"pos", "attempt"}))
        .groupBy(col("attempt.skills").as("skill"), col("student"))
        .agg(
            array_sort(
                    collect_list(
                        struct(
                            col("ord"),
                            col("id"),
                            col("pos"),
                            col("attempt.outcomes").as("outcome"))))
                .as("attempts"))
        .select("skill", "student", "attempts.outcome")
        .groupByKey((MapFunction<Row, String>) row -> row.getString(0), Encoders.STRING())
        .flatMapGroups(
            (FlatMapGroupsFunction<String, Row, Row>) TracedWeights::fitted, Encoders.row(RATES));
  }

  private static Iterator<Row> fitted(String skill, Iterator<Row> students) {
    var names = new ArrayList<String>();
    var attempts = new ArrayList<boolean[]>();
    while (students.hasNext()) {
      var row = students.next();
      names.add(row.getString(1));
      attempts.add(known(row.getList(2)));
    }
    var fit = KnowledgeTracingFit.of(attempts);
    var rates = new ArrayList<Row>();
    for (int i = 0; i < names.size(); i++) {
      rates.add(RowFactory.create(names.get(i), skill, fit.mastery(attempts.get(i))));
    }
    return rates.iterator();
  }

  private static boolean[] known(List<Integer> outcomes) {
    var known = outcomes.stream().filter(outcome -> outcome != null).toList();
    var attempts = new boolean[known.size()];
    for (int i = 0; i < attempts.length; i++) {
      attempts[i] = known.get(i) == 1;
    }
    return attempts;
  }
}
