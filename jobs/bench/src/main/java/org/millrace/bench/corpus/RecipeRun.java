package org.millrace.bench.corpus;

import org.apache.spark.sql.SparkSession;

/** Runs {@code corpus} with the given arguments and prints what it took. */
public final class RecipeRun {

  /** Before the line with wall seconds, CPU seconds and peak bytes. */
  static final String MARK = "@run ";

  private RecipeRun() {}

  /** Runs the job with {@link StageCosts}. */
  public static void main(String[] arguments) throws Exception {
    var time =
        Machine.timed(
            () -> {
              Machine.corpus(arguments);
              SparkSession.active().stop();
            });
    System.out.printf(MARK + "%.3f %.3f %d%n", time.wall(), time.cpu(), Machine.peak());
  }
}
