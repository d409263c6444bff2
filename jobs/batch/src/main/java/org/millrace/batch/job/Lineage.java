package org.millrace.batch.job;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;

/**
 * Keeps what iterations pile up from growing: a set that is made of the one before it, made of the
 * one before, would be planned, sent and, where it must be made again, run from the beginning.
 */
public final class Lineage {

  /** After so many steps it is cut. */
  public static final int STEPS = 10;

  private Lineage() {}

  /**
   * Lets a set forget what it is made of, once it is computed: by files in the checkpoint folder
   * where the session has one, else in the executors' memory and disks, where a lost executor ends
   * the job. To be called before anything computes it; it has to be persisted.
   *
   * @param made by some steps
   */
  public static void cut(JavaRDD<?> made) {
    RDD<?> rdd = made.rdd();
    if (rdd.context().getCheckpointDir().isDefined()) {
      rdd.checkpoint();
    } else {
      rdd.localCheckpoint();
    }
  }
}
