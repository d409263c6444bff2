package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Column;

/** Where a document comes in the corpus. */
final class Place {

  private static final int DIGITS = 18;

  private Place() {}

  /**
   * What sorts documents by their ids, as text but for a number at the end: page.jsonl:9 is before
   * page.jsonl:10. The field {@code doc_id} is the id.
   */
  static Column of(Column id) {
    var number = regexp_extract(id, "(\\d{1," + DIGITS + "})$", 1);
    return struct(
        concat(
            regexp_replace(id, "\\d{1," + DIGITS + "}$", ""), lit("\0"), lpad(number, DIGITS, "0")),
        id.as("doc_id"));
  }
}
