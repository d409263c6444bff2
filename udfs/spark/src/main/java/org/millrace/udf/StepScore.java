package org.millrace.udf;

import java.util.Locale;
import org.apache.spark.sql.api.java.UDF2;
import org.millrace.kernel.bestofn.StepScores;
import scala.collection.Seq;

/**
 * {@code step_score(step_scores array<double>, how string) -> double}: one score of a sample from
 * the process-reward scores of its steps, by {@code last}, {@code min}, {@code prod} or {@code
 * mean}; -1 where there are no steps. Null in, null out.
 */
public class StepScore implements UDF2<Seq<?>, String, Double> {

  private static final long serialVersionUID = 1L;

  @Override
  public Double call(Seq<?> steps, String how) {
    if (steps == null || how == null) {
      return null;
    }
    return StepScores.valueOf(how.toUpperCase(Locale.ROOT)).aggregate(Arrays.doubles(steps));
  }
}
