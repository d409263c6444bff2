package org.millrace.batch.corpus.dedup;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes a table now, once, and gives it back as read from files. */
@FunctionalInterface
public interface Checkpoint {

  /**
   * @param name of the files; what was saved under it before goes
   */
  Dataset<Row> save(String name, Dataset<Row> table);
}
