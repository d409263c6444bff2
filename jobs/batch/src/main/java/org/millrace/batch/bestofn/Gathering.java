package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Gathers samples by prompt: each task packs what it reads of a prompt, within a bound on memory,
 * and only the packed parts are shuffled. Where the samples of a prompt stand together, as verify
 * writes them, that is a hundredth of the rows.
 */
final class Gathering {

  /** How much a task gathers before it lets go of it, in bytes, by {@link PromptSamples#add}. */
  private static final long LARGEST_PACK = 32L << 20;

  private Gathering() {}

  /**
   * One row a prompt, of {@link PromptSamples#summedSchema}.
   *
   * @param samples in the order of {@link PromptSamples#schema}, answers as text, numbers as double
   * @param more names of the numbers that not every run has
   */
  static Dataset<Row> of(Dataset<Row> samples, List<String> more) {
    int width = PromptSamples.numberColumns(more).size();
    MapPartitionsFunction<Row, Row> pack = rows -> new Packing(rows, width);
    MapPartitionsFunction<Row, Row> merge = rows -> new Merging(rows, width);
    return samples
        .mapPartitions(pack, Encoders.row(PromptSamples.schema(more)))
        .repartition(col("prompt_id"))
        .sortWithinPartitions("prompt_id")
        .mapPartitions(merge, Encoders.row(PromptSamples.summedSchema(more)));
  }

  /** The samples whose credit is known; prompts that have none are left out. */
  static Dataset<Row> judged(Dataset<Row> gathered) {
    var names = Arrays.asList(gathered.columns());
    var more = names.subList(names.indexOf("sizes") + 1, names.indexOf("n"));
    int width = PromptSamples.numberColumns(more).size();
    MapPartitionsFunction<Row, Row> filter = rows -> new Judged(rows, width);
    return gathered
        .where(col("judged").gt(0))
        .mapPartitions(filter, Encoders.row(PromptSamples.summedSchema(more)));
  }

  /** Rows of samples to rows of prompts or parts of them. */
  private static final class Packing implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final int width;
    private final Map<String, PromptSamples> open = new LinkedHashMap<>();
    private final Queue<PromptSamples> packed = new ArrayDeque<>();
    private PromptSamples last;

    Packing(Iterator<Row> rows, int width) {
      this.rows = rows;
      this.width = width;
    }

    @Override
    public boolean hasNext() {
      if (packed.isEmpty()) {
        gather();
      }
      return !packed.isEmpty();
    }

    private void gather() {
      long bytes = 0;
      while (bytes < LARGEST_PACK && rows.hasNext()) {
        var row = rows.next();
        var id = row.getString(0);
        if (last == null || !last.id().equals(id)) {
          last = open.computeIfAbsent(id, prompt -> new PromptSamples(prompt, width));
        }
        bytes += last.add(row);
      }
      packed.addAll(open.values());
      open.clear();
      last = null;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return packed.remove().row();
    }
  }

  /** Neighbouring rows of the same prompt to one. */
  private static final class Merging implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final int width;
    private Row ahead;

    Merging(Iterator<Row> rows, int width) {
      this.rows = rows;
      this.width = width;
    }

    @Override
    public boolean hasNext() {
      return ahead != null || rows.hasNext();
    }

    @Override
    public Row next() {
      var row = ahead == null ? rows.next() : ahead;
      ahead = null;
      var samples = new PromptSamples(row.getString(0), width);
      samples.addAll(row, false);
      while (ahead == null && rows.hasNext()) {
        ahead = rows.next();
        if (ahead.getString(0).equals(samples.id())) {
          samples.addAll(ahead, false);
          ahead = null;
        }
      }
      return samples.summed();
    }
  }

  private record Judged(Iterator<Row> rows, int width) implements Iterator<Row> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      var row = rows.next();
      var samples = new PromptSamples(row.getString(0), width);
      samples.addAll(row, true);
      return samples.summed();
    }
  }
}
