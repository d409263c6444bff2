package org.millrace.batch.corpus.pack;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.millrace.kernel.tokens.Fragment;
import org.millrace.kernel.tokens.MegatronReader;
import org.millrace.kernel.tokens.MegatronType;
import org.millrace.kernel.tokens.MegatronWriter;
import org.millrace.kernel.tokens.Packing;
import org.millrace.kernel.tokens.Window;

/**
 * Ordered documents as training sequences. Partitions are packed at once: each knows how many
 * tokens are before it, and the windows that two share are joined at the end, so that the windows
 * don't depend on the partitions.
 */
public final class Sequences implements AutoCloseable {

  private static final StructType BOUNDARY =
      new StructType()
          .add("doc_id", StringType)
          .add("start", IntegerType)
          .add("continued", BooleanType);

  /** The columns of {@link #windows}, those of {@code TrainingWindow.avsc}. */
  public static final StructType WINDOW =
      new StructType()
          .add("window", LongType, false)
          .add("tokens", createArrayType(IntegerType, false), false)
          .add("used", IntegerType, false)
          .add("documents", createArrayType(BOUNDARY, false), false);

  private final JavaRDD<Row> ordered;
  private final Tokens.Described tokenizer;
  private final int length;
  private final List<Sum> sums;

  /** What a partition holds. */
  private record Sum(int partition, long documents, long tokens) implements Serializable {}

  /**
   * Sequences of documents.
   *
   * @param ordered {@code doc_id, tokens} in the order of training
   * @param length tokens of a window
   */
  public Sequences(Dataset<Row> ordered, Tokens.Described tokenizer, int length) {
    this.ordered = ordered.javaRDD().persist(StorageLevel.DISK_ONLY());
    this.tokenizer = tokenizer;
    this.length = length;
    this.sums =
        new ArrayList<>(this.ordered.mapPartitionsWithIndex(Sequences::sum, true).collect());
    sums.sort(Comparator.comparingInt(Sum::partition));
  }

  private static Iterator<Sum> sum(int partition, Iterator<Row> rows) {
    long documents = 0;
    long tokens = 0;
    while (rows.hasNext()) {
      tokens += tokens(rows.next()).length;
      documents++;
    }
    return List.of(new Sum(partition, documents, tokens)).iterator();
  }

  private static int[] tokens(Row row) {
    var boxed = row.<Integer>getList(1);
    var tokens = new int[boxed.size()];
    int i = 0;
    for (int token : boxed) {
      tokens[i++] = token;
    }
    return tokens;
  }

  private long size() {
    return sums.stream().mapToLong(s -> s.tokens() + s.documents()).sum();
  }

  private Packing packing() {
    return Packing.of(length, tokenizer.end());
  }

  /** Documents, their tokens, windows and padding: tokens out = tokens in + documents + padding. */
  public Map<String, Long> counts() {
    var counts = new LinkedHashMap<String, Long>();
    counts.put("documents", sums.stream().mapToLong(Sum::documents).sum());
    counts.put("tokens", sums.stream().mapToLong(Sum::tokens).sum());
    counts.put("windows", packing().windows(size()));
    counts.put("padding", packing().paddingOf(size()));
    return counts;
  }

  /**
   * Packed windows.
   *
   * @return {@code window}, its number; {@code tokens}; {@code used}, those that are no padding;
   *     {@code documents}: where each begins
   */
  public Dataset<Row> windows(SparkSession spark) {
    var offsets = new TreeMap<Integer, Long>();
    long before = 0;
    for (var sum : sums) {
      offsets.put(sum.partition(), before);
      before += sum.tokens() + sum.documents();
    }
    int windowLength = length;
    int end = tokenizer.end();
    var pieces =
        ordered
            .mapPartitionsWithIndex(
                (partition, rows) ->
                    new Packed(rows, Packing.of(windowLength, end), offsets.get(partition)),
                true)
            .persist(StorageLevel.DISK_ONLY());
    var shared = new TreeMap<Long, List<Fragment>>();
    for (var piece : pieces.filter(p -> p instanceof Fragment).collect()) {
      var fragment = (Fragment) piece;
      shared.computeIfAbsent(fragment.window(), w -> new ArrayList<>()).add(fragment);
    }
    var joined = shared.values().stream().map(parts -> row(packing().join(parts))).toList();
    var whole = pieces.filter(p -> p instanceof Window).map(p -> row((Window) p));
    return spark.createDataFrame(whole, WINDOW).union(spark.createDataFrame(joined, WINDOW));
  }

  private static Row row(Window window) {
    var documents =
        window.boundaries().stream()
            .map(b -> RowFactory.create(b.id(), b.start(), b.continued()))
            .toArray();
    var tokens = Arrays.stream(window.tokens()).boxed().toArray();
    return RowFactory.create(window.index(), tokens, window.used(), documents);
  }

  /**
   * Writes Megatron data sets, one a partition that has documents: {@code part-00000.bin} and
   * {@code .idx}. Each is read back and compared in size before it is copied to its place.
   */
  public void megatron(Path folder) {
    var type = MegatronType.ofVocabulary(tokenizer.vocabulary());
    int end = tokenizer.end();
    var hadoop = new SerializableConfiguration(ordered.context().hadoopConfiguration());
    ordered.foreachPartition(
        rows -> {
          if (rows.hasNext()) {
            writePart(rows, end, type, folder, hadoop);
          }
        });
  }

  private static void writePart(
      Iterator<Row> rows, int end, MegatronType type, Path folder, SerializableConfiguration hadoop)
      throws IOException {
    var local = Files.createTempDirectory("millrace");
    var name = "part-%05d".formatted(TaskContext.getPartitionId());
    var prefix = local.resolve(name);
    try {
      int sequences = 0;
      long tokens = 0;
      try (var writer = MegatronWriter.open(prefix, type)) {
        while (rows.hasNext()) {
          var document = tokens(rows.next());
          var ended = Arrays.copyOf(document, document.length + 1);
          ended[document.length] = end;
          writer.add(ended);
          sequences++;
          tokens += ended.length;
        }
        writer.finish();
      }
      var read = MegatronReader.open(prefix);
      if (read.sequences() != sequences || read.tokens() != tokens) {
        throw new IOException(
            "%s: wrote %d tokens, read %d".formatted(name, tokens, read.tokens()));
      }
      var files = folder.getFileSystem(hadoop.value());
      for (var ending : new String[] {".bin", ".idx"}) {
        files.copyFromLocalFile(
            true, true, new Path(prefix + ending), new Path(folder, name + ending));
      }
    } finally {
      Files.deleteIfExists(local.resolve(name + ".bin"));
      Files.deleteIfExists(local.resolve(name + ".idx"));
      Files.delete(local);
    }
  }

  /** Frees what was kept of the ordered documents. */
  @Override
  public void close() {
    ordered.unpersist();
  }

  /** Windows and fragments of a partition, as they become whole. */
  private static final class Packed implements Iterator<Object> {
    private final Iterator<Row> rows;
    private final ArrayDeque<Object> pieces = new ArrayDeque<>();
    private Packing.Packer packer;

    private Packed(Iterator<Row> rows, Packing packing, long offset) {
      this.rows = rows;
      packer = packing.packer(offset, pieces::add, pieces::add);
    }

    @Override
    public boolean hasNext() {
      while (pieces.isEmpty() && packer != null) {
        if (rows.hasNext()) {
          var row = rows.next();
          packer.add(row.getString(0), tokens(row));
        } else {
          packer.finish();
          packer = null;
        }
      }
      return !pieces.isEmpty();
    }

    @Override
    public Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return pieces.remove();
    }
  }
}
