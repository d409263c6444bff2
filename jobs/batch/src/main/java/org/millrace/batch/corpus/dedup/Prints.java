package org.millrace.batch.corpus.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.clean.Simplified;
import org.millrace.kernel.dedup.Bands;
import org.millrace.kernel.dedup.Jaccard;
import org.millrace.kernel.dedup.MinHash;
import org.millrace.kernel.dedup.Shingles;
import org.millrace.kernel.dedup.XxHash64;

/**
 * What deduplication needs to know of a document's text, worked out in one reading of it.
 *
 * @param unit of the shingles
 * @param size units of a shingle
 * @param bands how signatures are cut
 * @param seed of the permutations
 * @param fuzzy whether near copies are looked for; else no bands and shingles are made
 * @param convert whether traditional Chinese is compared as simplified
 */
public record Prints(
    Shingles.Unit unit, int size, Bands bands, long seed, boolean fuzzy, boolean convert)
    implements Serializable {

  private static final StructType PRINT =
      new StructType()
          .add("key1", LongType)
          .add("key2", LongType)
          .add("length", LongType)
          .add("bands", createArrayType(LongType, false))
          .add("shingles", BinaryType);

  private static final long SECOND_SEED = 0x9E3779B97F4A7C15L;

  /**
   * Prints of documents.
   *
   * @param documents with {@code text}
   * @return their other columns, and {@code key1, key2}: 128-bit hash of the normal form; {@code
   *     length}: its code points; {@code bands}: a key a band; {@code shingles}: the set of shingle
   *     hashes, ascending, as little-endian longs. The last two are empty where the text is shorter
   *     than a shingle.
   */
  public Dataset<Row> of(Dataset<Row> documents) {
    // One a partition and thread: the function is made anew wherever it is sent.
    var print = udf(new Print(this), PRINT).withName("dedup_print");
    return documents
        .withColumn("_print", print.apply(col("text")))
        .drop("text")
        .select(col("*"), col("_print.*"))
        .drop("_print");
  }

  /** Options that two indexes must share to be compared. */
  public String canonical() {
    return "unit=%s size=%d bands=%dx%d seed=%d fuzzy=%b convert=%b"
        .formatted(unit, size, bands.bands(), bands.rows(), seed, fuzzy, convert);
  }

  private Row print(String text, Shingles shingles, MinHash minHash) {
    var form = shingles.normalForm(convert ? Simplified.of(text) : text);
    var utf8 = form.getBytes(StandardCharsets.UTF_8);
    var set = fuzzy ? Jaccard.set(shingles.hashesOfForm(utf8)) : new long[0];
    var keys = bands.keys(fuzzy ? minHash.signature(set) : new int[0]);
    var boxed = Arrays.stream(keys).boxed().toArray();
    return RowFactory.create(
        XxHash64.hash(utf8, 0, utf8.length, XxHash64.SEED),
        XxHash64.hash(utf8, 0, utf8.length, SECOND_SEED),
        (long) form.codePointCount(0, form.length()),
        boxed,
        packed(set));
  }

  private static byte[] packed(long[] set) {
    var bytes = ByteBuffer.allocate(set.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(set);
    return bytes.array();
  }

  /** A set of shingles as {@link #of} packed it. */
  static long[] set(byte[] packed) {
    var set = new long[packed.length / Long.BYTES];
    ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(set);
    return set;
  }

  private static final class Print implements UDF1<String, Row> {
    private final Prints prints;
    private transient Shingles shingles;
    private transient MinHash minHash;

    private Print(Prints prints) {
      this.prints = prints;
    }

    @Override
    public Row call(String text) {
      if (text == null) {
        return null;
      }
      if (shingles == null) {
        // The last of the two that is asked for: threads that race here make equal ones.
        minHash = MinHash.seeded(prints.bands.permutations(), prints.seed);
        shingles = Shingles.of(prints.unit, prints.size);
      }
      return prints.print(text, shingles, minHash);
    }
  }
}
