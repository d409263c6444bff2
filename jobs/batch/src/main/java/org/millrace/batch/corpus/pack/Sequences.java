package org.millrace.batch.corpus.pack;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.millrace.kernel.tokens.Fragment;
import org.millrace.kernel.tokens.MegatronType;
import org.millrace.kernel.tokens.Packing;
import org.millrace.kernel.tokens.Window;

/**
 * Ordered documents as training sequences. Partitions are packed at once: each knows how many
 * tokens are before it, and the windows that several share are joined on the driver, so that the
 * windows don't depend on the partitions.
 */
public final class Sequences implements AutoCloseable {

  private static final StructType BOUNDARY =
      new StructType()
          .add("doc_id", StringType, false)
          .add("source", StringType)
          .add("start", IntegerType, false)
          .add("continued", BooleanType, false);

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

  /** What a partition holds; tokens without ends of documents. */
  private record Sum(int partition, long documents, long tokens) implements Serializable {}

  /** A fragment and the partition that it is from. */
  private record Part(int partition, Fragment fragment) implements Serializable {}

  /**
   * Sequences of documents. They are sorted here, once, and kept on the executors' disks.
   *
   * @param ordered of {@link Mix#shuffled}
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

  private static Iterator<Sum> sum(int partition, Iterator<Row> documents) {
    long count = 0;
    long tokens = 0;
    while (documents.hasNext()) {
      tokens += TokenBytes.count(documents.next().getAs(2));
      count++;
    }
    return List.of(new Sum(partition, count, tokens)).iterator();
  }

  /** The tokens of a row of {@link Mix#shuffled}. */
  static int[] tokens(Row document) {
    return TokenBytes.tokens(document.getAs(2));
  }

  private long size() {
    return sums.stream().mapToLong(s -> s.tokens() + s.documents()).sum();
  }

  private Packing packing() {
    return Packing.of(length, tokenizer.end());
  }

  /**
   * Documents, their tokens, windows, padding and the tokens of all windows: tokens out = tokens +
   * documents + padding.
   */
  public Map<String, Long> counts() {
    long windows = packing().windows(size());
    var counts = new LinkedHashMap<String, Long>();
    counts.put("documents", sums.stream().mapToLong(Sum::documents).sum());
    counts.put("tokens", sums.stream().mapToLong(Sum::tokens).sum());
    counts.put("windows", windows);
    counts.put("padding", packing().paddingOf(size()));
    counts.put("tokens_out", windows * length);
    return counts;
  }

  /**
   * Packed windows; partitions and the rows in them are in the order of training.
   *
   * @return {@code window}, its number; {@code tokens}; {@code used}, those that are no padding;
   *     {@code documents}: where each begins
   */
  public Dataset<Row> windows(SparkSession spark) {
    int windowLength = length;
    int end = tokenizer.end();
    var before = tokensBefore();
    var joined = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(joined(before));
    var rows =
        ordered.mapPartitionsWithIndex(
            (partition, documents) -> {
              var packing = Packing.of(windowLength, end);
              var whole =
                  pieces(new Packed(documents, packing, before.get(partition)), Window.class);
              var last = Stream.ofNullable(joined.value().get(partition));
              return Stream.concat(whole, last).map(Sequences::row).iterator();
            },
            true);
    return spark.createDataFrame(rows, WINDOW);
  }

  /** For each partition the tokens before it, ends of documents among them. */
  private HashMap<Integer, Long> tokensBefore() {
    var before = new HashMap<Integer, Long>();
    long sum = 0;
    for (var part : sums) {
      before.put(part.partition(), sum);
      sum += part.tokens() + part.documents();
    }
    return before;
  }

  /** The windows that aren't of one partition alone, by that in which each begins. */
  private HashMap<Integer, Window> joined(HashMap<Integer, Long> before) {
    int windowLength = length;
    int end = tokenizer.end();
    var parts =
        ordered.mapPartitionsWithIndex(
            (partition, documents) -> {
              var packing = Packing.of(windowLength, end);
              return pieces(new Packed(documents, packing, before.get(partition)), Fragment.class)
                  .map(fragment -> new Part(partition, fragment))
                  .iterator();
            },
            true);
    var byWindow = new TreeMap<Long, List<Part>>();
    for (var part : parts.collect()) {
      byWindow.computeIfAbsent(part.fragment().window(), w -> new ArrayList<>()).add(part);
    }
    var joined = new HashMap<Integer, Window>();
    for (var shared : byWindow.values()) {
      int first = shared.stream().mapToInt(Part::partition).min().getAsInt();
      joined.put(first, packing().join(shared.stream().map(Part::fragment).toList()));
    }
    return joined;
  }

  private static <T> Stream<T> pieces(Packed packed, Class<T> kind) {
    var all = Spliterators.spliteratorUnknownSize(packed, Spliterator.ORDERED);
    return StreamSupport.stream(all, false).filter(kind::isInstance).map(kind::cast);
  }

  private static Row row(Window window) {
    var documents =
        window.boundaries().stream()
            .map(b -> RowFactory.create(b.id(), b.source(), b.start(), b.continued()))
            .toArray();
    var tokens = Arrays.stream(window.tokens()).boxed().toArray();
    return RowFactory.create(window.index(), tokens, window.used(), documents);
  }

  /**
   * Writes Megatron data sets, one a partition that has documents: {@code part-00000.bin} and
   * {@code .idx}, in the order of training; a document with its end is a sequence.
   */
  public void megatron(Path folder) {
    var parts =
        new MegatronParts(
            folder,
            MegatronType.ofVocabulary(tokenizer.vocabulary()),
            tokenizer.end(),
            new SerializableConfiguration(ordered.context().hadoopConfiguration()));
    ordered.foreachPartition(parts::write);
  }

  /** Frees what was kept of the ordered documents. */
  @Override
  public void close() {
    ordered.unpersist();
  }
}
