package org.millrace.gpu;

import org.apache.spark.sql.SparkSession;
import org.millrace.udf.MillraceExtensions;

/** The Spark session that the tests share: small, local, with the functions; nobody stops it. */
final class Sessions {

  private Sessions() {}

  static SparkSession local() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", false)
        .config("spark.sql.shuffle.partitions", 4)
        // As the README's gpu.conf has it.
        .config("spark.rapids.sql.expression.StructsToJson", true)
        .config("spark.sql.extensions", MillraceExtensions.class.getName())
        .getOrCreate();
  }
}
