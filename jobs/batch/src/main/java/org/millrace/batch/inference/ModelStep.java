package org.millrace.batch.inference;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.millrace.batch.inference.model.ModelSpec;
import org.millrace.batch.inference.model.Result;
import org.millrace.batch.inference.model.SharedModels;
import org.millrace.batch.inference.model.Task;

/**
 * Asks a model about each row of a table and adds what it says as columns. Rows keep their order; a
 * task holds some hundred of them at a time, so that texts of like length go through together.
 *
 * @param spec of the model
 * @param task to ask of it
 * @param input what a row asks; null for a row that asks nothing
 * @param output values of the added columns in order
 */
public record ModelStep<I, O>(ModelSpec spec, Task<I, O> task, Reading<I> input, Writing<O> output)
    implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int ROWS = 512;

  /** A row to an input. */
  public interface Reading<I> extends Serializable {

    /** Null for a row about which the model isn't asked. */
    I of(Row row);
  }

  /** A result to columns. */
  public interface Writing<O> extends Serializable {

    /** Values of the added columns. */
    Object[] of(Result<O> result);
  }

  /**
   * The table with more columns.
   *
   * @param added their names and types
   */
  public Dataset<Row> add(Dataset<Row> rows, StructType added) {
    var schema = rows.schema();
    for (var field : added.fields()) {
      schema = schema.add(field);
    }
    MapPartitionsFunction<Row, Row> ask = partition -> new Asking<>(this, partition);
    return rows.mapPartitions(ask, Encoders.row(schema));
  }

  private static final class Asking<I, O> implements Iterator<Row> {

    private final ModelStep<I, O> step;
    private final Iterator<Row> rows;
    private Iterator<Row> ready = Collections.emptyIterator();
    private SharedModels.Lease lease;

    Asking(ModelStep<I, O> step, Iterator<Row> rows) {
      this.step = step;
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      if (!ready.hasNext() && rows.hasNext()) {
        ready = next(new ArrayList<>());
      }
      return ready.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.next();
    }

    private Iterator<Row> next(ArrayList<Row> chunk) {
      var inputs = new ArrayList<I>();
      while (chunk.size() < ROWS && rows.hasNext()) {
        var row = rows.next();
        chunk.add(row);
        inputs.add(step.input.of(row));
      }
      if (lease == null) {
        lease = SharedModels.lease(step.spec);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) end -> lease.close());
      }
      var results = lease.model().apply(step.task, inputs);
      for (int i = 0; i < chunk.size(); i++) {
        chunk.set(i, with(chunk.get(i), step.output.of(results.get(i))));
      }
      return chunk.iterator();
    }

    private static Row with(Row row, Object[] added) {
      var values = new Object[row.size() + added.length];
      for (int i = 0; i < row.size(); i++) {
        values[i] = row.get(i);
      }
      System.arraycopy(added, 0, values, row.size(), added.length);
      return RowFactory.create(values);
    }
  }
}
