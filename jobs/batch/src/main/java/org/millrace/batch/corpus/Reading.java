package org.millrace.batch.corpus;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Runs passes of the kind {@link Pass.Each} over the documents of a partition, one after the other
 * on each. What stands behind the document's columns is copied; a row with a {@code _reason} there
 * is not looked at.
 */
final class Reading implements MapPartitionsFunction<Row, Row> {

  /** A pass with the step that it belongs to. */
  record Part(String step, Pass.Each pass) implements Serializable {}

  private static final int DOCUMENT = Fate.DOCUMENT.length();

  private final ArrayList<Part> parts;
  private final int reasonAt;

  /**
   * @param reasonAt where in a row its {@code _reason} is; -1 if no record can be bad
   */
  Reading(List<Part> parts, int reasonAt) {
    this.parts = new ArrayList<>(parts);
    this.reasonAt = reasonAt;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws Exception {
    var opened = new ArrayList<Pass.Work>();
    TaskContext.get().addTaskCompletionListener(closing(opened));
    for (var part : parts) {
      opened.add(part.pass().open());
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return judged(rows.next(), opened);
      }
    };
  }

  private static TaskCompletionListener closing(List<Pass.Work> opened) {
    return context -> opened.forEach(Pass.Work::close);
  }

  private Row judged(Row row, List<Pass.Work> opened) {
    var fate = reasonAt >= 0 && !row.isNullAt(reasonAt) ? untouched(row) : judge(row, opened);
    if (row.length() == DOCUMENT) {
      return fate;
    }
    var values = new Object[fate.length() + row.length() - DOCUMENT];
    for (int i = 0; i < fate.length(); i++) {
      values[i] = fate.get(i);
    }
    for (int i = DOCUMENT; i < row.length(); i++) {
      values[fate.length() + i - DOCUMENT] = row.get(i);
    }
    return RowFactory.create(values);
  }

  private Row judge(Row row, List<Pass.Work> opened) {
    var outcome = Outcome.kept(Fate.document(row));
    String step = null;
    Map<String, Long> edits = new LinkedHashMap<>();
    for (int i = 0; i < parts.size() && outcome.kept(); i++) {
      step = parts.get(i).step();
      outcome = opened.get(i).apply(outcome.document());
      outcome.edits().forEach((name, count) -> edits.merge(name, count, Long::sum));
    }
    return Fate.row(
        step, new Outcome(outcome.document(), outcome.failures(), outcome.detail(), edits));
  }

  private static Row untouched(Row row) {
    var values = new Object[Fate.SCHEMA.length()];
    for (int i = 0; i < DOCUMENT; i++) {
      values[i] = row.get(i);
    }
    return RowFactory.create(values);
  }
}
