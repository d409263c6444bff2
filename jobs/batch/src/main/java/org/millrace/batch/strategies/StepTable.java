package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.nio.charset.Charset;
import java.util.Arrays;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.millrace.batch.job.Run;
import org.millrace.command.UserError;
import org.millrace.kernel.strategy.steps.Outcome;
import org.millrace.kernel.strategy.steps.Rejected;
import org.millrace.kernel.strategy.steps.Step;
import org.millrace.kernel.strategy.steps.StepColumns;
import org.millrace.kernel.strategy.steps.StepLines;

/**
 * A step log as a table: {@code student, hierarchy, problem, view, ord, line, skills, outcome}, the
 * outcome 1 (correct), 0 or null (unknown); {@code ord} and {@code line} order the steps of an
 * instance.
 */
final class StepTable {

  /** One row a step. */
  static final StructType SCHEMA =
      StructType.fromDDL(
          "student string, hierarchy string, problem string, view int, ord bigint, line bigint,"
              + " skills array<string>, outcome int");

  private static final StructType READ =
      SCHEMA
          .add("_file", "string")
          .add("_block", "bigint")
          .add("_row", "bigint")
          .add("_reason", "string")
          .add("_raw", "string");

  /** How much of a bad line the quarantine keeps, in characters. */
  private static final int KEPT = 4096;

  private StepTable() {}

  /**
   * Reads a step log of DataShop or the KDD Cup; lines that are no steps go to the quarantine.
   *
   * @param model of the skills, as of {@link StepColumns#of}; null for the usual one
   * @param charset of the files
   */
  static Dataset<Row> read(Run run, String model, Charset charset) throws Exception {
    var lines = run.lines();
    var header = lines.header();
    if (header.startsWith("\uFFFD\uFFFD") || header.indexOf('\0') >= 0) {
      throw new UserError("--input %s: it is in UTF-16; convert it to UTF-8", run.inputName());
    }
    StepColumns columns;
    try {
      columns = StepColumns.of(header.strip(), model);
    } catch (IllegalArgumentException e) {
      throw new UserError("--input %s: %s", run.inputName(), e.getMessage());
    }
    run.log("skills: column '%s'", columns.skillColumn());
    var rows = parse(lines.rows(), StepLines.of(columns, charset), charset);
    run.quarantine().check(rows);
    setApart(run, rows);
    return rows.where(col("_reason").isNull())
        .select(Arrays.stream(SCHEMA.fieldNames()).map(n -> col(n)).toArray(Column[]::new));
  }

  private static void setApart(Run run, Dataset<Row> rows) throws Exception {
    var counts =
        rows.agg(
                count(lit(1)),
                count(col("_reason")),
                sum(when(size(col("skills")).equalTo(0), 1).otherwise(0)),
                count(col("outcome")))
            .head();
    run.record("records_in", counts.getLong(0));
    if (counts.getLong(0) == 0) {
      throw new UserError("--input %s: a header and no steps", run.inputName());
    }
    if (counts.getLong(1) > 0) {
      run.quarantine()
          .reject(rows.where(col("_reason").isNotNull()))
          .forEach(run.quarantine()::record);
    }
    run.settle();
    run.dropped("steps_without_skill", counts.getLong(2));
    run.record("steps_with_outcome", counts.getLong(3));
  }

  private static Dataset<Row> parse(Dataset<Row> lines, StepLines parser, Charset charset) {
    var name = charset.name();
    return lines.map(
        (MapFunction<Row, Row>)
            row -> {
              byte[] bytes = row.getAs("value");
              // Lines are numbered by their places: all that matters here is their order.
              long place = row.getAs("_row");
              var parsed = parser.parse(bytes, place);
              return parsed instanceof Step step
                  ? good(step, row)
                  : bad(((Rejected) parsed).reason(), text(bytes, name), row);
            },
        Encoders.row(READ));
  }

  private static String text(byte[] bytes, String charset) {
    var text = new String(bytes, Charset.forName(charset));
    return text.substring(0, Math.min(KEPT, text.length()));
  }

  private static Row good(Step step, Row at) {
    return RowFactory.create(
        step.student(),
        step.hierarchy(),
        step.problem(),
        step.view(),
        step.order(),
        step.line(),
        step.skills().toArray(String[]::new),
        step.outcome() == Outcome.UNKNOWN ? null : step.outcome() == Outcome.CORRECT ? 1 : 0,
        at.getAs("_file"),
        at.getAs("_block"),
        at.getAs("_row"),
        null,
        null);
  }

  private static Row bad(String reason, String raw, Row at) {
    return RowFactory.create(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        at.getAs("_file"),
        at.getAs("_block"),
        at.getAs("_row"),
        "not a step: " + reason,
        raw);
  }
}
