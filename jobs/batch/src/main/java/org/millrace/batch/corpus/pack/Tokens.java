package org.millrace.batch.corpus.pack;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.millrace.kernel.tokens.Packing;
import org.millrace.kernel.tokens.Tokenizer;
import org.millrace.kernel.tokens.Tokenizers;

/** Documents as token ids. */
public final class Tokens {

  static final StructType SCHEMA =
      new StructType()
          .add("doc_id", StringType, false)
          .add("source", StringType)
          .add("size", LongType, false)
          .add("tokens", BinaryType, false);

  /** Before the name of a file that {@code SparkFiles} has. */
  public static final String SHARED = "shared:";

  private Tokens() {}

  /**
   * How a tokenizer is opened, on any machine.
   *
   * @param spec as of {@link Tokenizers#open(String)}; or a {@link #SHARED} file
   * @param end name of the end-of-document token; null for a usual one
   */
  public record Opening(String spec, String end) implements Serializable {

    /** Opens it. */
    public Tokenizer open() {
      var spec =
          this.spec.startsWith(SHARED)
              ? SparkFiles.get(this.spec.substring(SHARED.length()))
              : this.spec;
      return end == null ? Tokenizers.open(spec) : Tokenizers.open(spec, end);
    }

    /** What the packing has to know of it. */
    public Described described() {
      try (var tokenizer = open()) {
        return new Described(tokenizer.endOfDocument(), tokenizer.vocabularySize());
      }
    }
  }

  /**
   * A vocabulary's facts.
   *
   * @param end id of the end-of-document token
   * @param vocabulary its size
   */
  public record Described(int end, int vocabulary) implements Serializable {}

  /**
   * Tokenises.
   *
   * @param documents with {@code doc_id, source, text}
   * @return {@code doc_id, source}; {@code size}, the number of tokens and one for the document's
   *     end; {@code tokens} without that end, as {@link TokenBytes}
   */
  public static Dataset<Row> of(Dataset<Row> documents, Opening opening) {
    return documents
        .select("doc_id", "source", "text")
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> new Encoded(rows, opening.open()),
            Encoders.row(SCHEMA));
  }

  private static final class Encoded implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Tokenizer tokenizer;

    private Encoded(Iterator<Row> rows, Tokenizer tokenizer) {
      this.rows = rows;
      this.tokenizer = tokenizer;
      TaskCompletionListener closing = context -> tokenizer.close();
      TaskContext.get().addTaskCompletionListener(closing);
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      var row = rows.next();
      var tokens = tokenizer.encode(row.getString(2));
      return RowFactory.create(
          row.getString(0), row.getString(1), Packing.size(tokens.length), TokenBytes.of(tokens));
    }
  }
}
