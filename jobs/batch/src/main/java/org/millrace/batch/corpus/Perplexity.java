package org.millrace.batch.corpus;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.millrace.kernel.model.NGramCounts;
import org.millrace.kernel.model.NGramModel;
import org.millrace.kernel.model.Units;

/**
 * Perplexity of texts by an n-gram model of documents: counts are made by partition and merged,
 * with the same result in any order.
 */
record Perplexity(Units units, int order) {

  private static final int LEVELS = 4;

  /** The geometric mean of the texts' perplexities, weighted by their lengths. */
  double of(Dataset<Row> documents, Dataset<Row> texts) throws IOException {
    var model = NGramModel.of(counts(documents));
    double sum = 0;
    double weights = 0;
    var rows = texts.orderBy("id").toLocalIterator();
    while (rows.hasNext()) {
      var text = rows.next().<String>getAs("text");
      sum += text.length() * StrictMath.log(model.perplexity(text));
      weights += text.length();
    }
    return weights == 0 ? Double.NaN : StrictMath.exp(sum / weights);
  }

  private NGramCounts counts(Dataset<Row> documents) throws IOException {
    var units = this.units;
    int order = this.order;
    var parts =
        documents
            .select("text")
            .as(Encoders.STRING())
            .mapPartitions(
                (MapPartitionsFunction<String, byte[]>) texts -> counted(texts, units, order),
                Encoders.BINARY());
    // By a tree: a part has some 40 MB, too much for the driver to take one a partition.
    return read(parts.javaRDD().treeReduce(Perplexity::merged, LEVELS));
  }

  private static Iterator<byte[]> counted(Iterator<String> texts, Units units, int order)
      throws IOException {
    var counts = NGramCounts.empty(units, order, NGramCounts.BOUND);
    texts.forEachRemaining(counts::add);
    return List.of(bytes(counts)).iterator();
  }

  private static byte[] merged(byte[] first, byte[] second) throws IOException {
    var counts = read(first);
    counts.merge(read(second));
    return bytes(counts);
  }

  private static NGramCounts read(byte[] bytes) throws IOException {
    return NGramCounts.read(new ByteArrayInputStream(bytes));
  }

  private static byte[] bytes(NGramCounts counts) throws IOException {
    var out = new ByteArrayOutputStream();
    counts.write(out);
    return out.toByteArray();
  }
}
