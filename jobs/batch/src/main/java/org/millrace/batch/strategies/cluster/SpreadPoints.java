package org.millrace.batch.strategies.cluster;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;
import org.millrace.kernel.strategy.cluster.Centres;
import org.millrace.kernel.strategy.cluster.Drawn;
import org.millrace.kernel.strategy.cluster.Epochs;
import org.millrace.kernel.strategy.cluster.PointSet;
import org.millrace.kernel.strategy.cluster.Points;
import org.millrace.kernel.strategy.cluster.RoundSums;
import scala.Tuple2;

/**
 * The vectors of a table as points in partitions, in blocks that are kept in memory, or on disk
 * where they don't fit, until this is closed. A round is one job: the centres are broadcast, each
 * partition adds up its own, and the sums, which keep what rounding loses, are reduced; so neither
 * partitions nor the order of rows show in what comes out.
 *
 * <p>Ids are numbers, each once, or strings, which are then sorted and numbered; ties go to the
 * smallest. Rows that can't be clustered are in {@link #rejected}. The table is read twice, once
 * more to sort it, and again for labels: persist what is dear to compute. Labels are told by the
 * function {@code nearest_centroid}, which the session must have.
 */
public final class SpreadPoints implements PointSet, AutoCloseable {

  /** Partitions of a core at most: each adds its sums to the reduce of every round. */
  private static final int TASKS = 4;

  /** Sums of so many bytes in all are merged on the driver alone. */
  private static final long FEW = 64L << 20;

  private final VectorTable table;
  private final EpochPlan plan;
  private final JavaRDD<Points> blocks;
  private final JavaSparkContext context;
  private final long size;

  private SpreadPoints(VectorTable table, EpochPlan plan) {
    this.table = table;
    this.plan = plan;
    context = JavaSparkContext.fromSparkContext(table.accepted().sparkSession().sparkContext());
    blocks = blocks().persist(StorageLevel.MEMORY_AND_DISK());
    size = blocks.map(block -> (long) block.size()).fold(0L, Long::sum);
  }

  /**
   * Points for rounds that see all of them at once.
   *
   * @param vectors {@code id} string, int or long, {@code vector} array of numbers; float and
   *     double are kept as they are
   * @throws IllegalArgumentException where a column is missing or of another type
   */
  public static SpreadPoints of(Dataset<Row> vectors) {
    return new SpreadPoints(VectorTable.of(vectors), EpochPlan.NONE);
  }

  /**
   * Points that {@link #epochs} can go through in the order of their ids; the table is sorted.
   *
   * @param vectors as of {@link #of}
   * @param epoch points of an epoch, at least 1
   */
  public static SpreadPoints inEpochs(Dataset<Row> vectors, int epoch) {
    int cores = vectors.sparkSession().sparkContext().defaultParallelism();
    return new SpreadPoints(VectorTable.of(vectors), EpochPlan.of(epoch, cores));
  }

  private boolean epochal() {
    return !plan.equals(EpochPlan.NONE);
  }

  private JavaRDD<Points> blocks() {
    boolean ranked = !table.numbered();
    var packer = new Packer(Math.max(1, table.dimensions()), table.floats(), ranked);
    if (!ranked && !epochal()) {
      var rows = table.accepted().queryExecution().toRdd().toJavaRDD();
      int most = TASKS * context.defaultParallelism();
      return (rows.getNumPartitions() > most ? rows.coalesce(most) : rows)
          .mapPartitions(part -> points(packer.pack(part, 0, EpochPlan.NONE)));
    }
    var rows = table.accepted().orderBy("id").queryExecution().toRdd().toJavaRDD();
    var firsts = firsts(rows);
    if (!epochal()) {
      return rows.mapPartitionsWithIndex(
          (place, part) -> points(packer.pack(part, firsts[place], EpochPlan.NONE)), false);
    }
    var parts = plan;
    long all = firsts[firsts.length - 1];
    return JavaPairRDD.fromJavaRDD(
            rows.mapPartitionsWithIndex(
                (place, part) -> keyed(packer.pack(part, firsts[place], parts), parts), false))
        .partitionBy(new ByPlace(parts.epochs(all) * parts.slices()))
        .values();
  }

  /** The rank of each partition's first row, and the number of rows at the end. */
  private static long[] firsts(JavaRDD<InternalRow> rows) {
    var sizes =
        rows.mapPartitions(
                part -> {
                  long size = 0;
                  for (; part.hasNext(); part.next()) {
                    size++;
                  }
                  return List.of(size).iterator();
                })
            .collect();
    var firsts = new long[sizes.size() + 1];
    for (int i = 0; i < sizes.size(); i++) {
      firsts[i + 1] = firsts[i] + sizes.get(i);
    }
    return firsts;
  }

  private static Iterator<Points> points(Iterator<Packer.Block> blocks) {
    return new Mapped<>(blocks, Packer.Block::points);
  }

  private static Iterator<Tuple2<Integer, Points>> keyed(
      Iterator<Packer.Block> blocks, EpochPlan plan) {
    return new Mapped<>(blocks, block -> new Tuple2<>(plan.part(block.rank()), block.points()));
  }

  /** Keys are partitions. */
  private static final class ByPlace extends Partitioner {
    private static final long serialVersionUID = 1;

    private final int partitions;

    private ByPlace(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }
  }

  /** Points that are kept. */
  public long size() {
    return size;
  }

  @Override
  public int dimensions() {
    return table.dimensions();
  }

  /** {@code id, vector} of the points, ids and vectors as they were given. */
  public Dataset<Row> accepted() {
    return table.accepted();
  }

  /**
   * {@code id, vector, reason} of rows without an id or a vector, with a number that is none, or
   * with another number of numbers than most.
   */
  public Dataset<Row> rejected() {
    return table.rejected();
  }

  /** {@code id, cluster, d2} of the points: the nearest centre of each. */
  Dataset<Row> labels(Centres centres) {
    return table.labels(centres);
  }

  JavaRDD<Points> rdd() {
    return blocks;
  }

  @Override
  public RoundSums assign(Centres centres) {
    var shared = context.broadcast(centres);
    try {
      return sums(blocks, centres, points -> assign(points, shared));
    } finally {
      shared.destroy();
    }
  }

  private static RoundSums assign(Points points, Broadcast<Centres> centres) {
    return RoundSums.assign(points, centres.value(), new int[points.size()]);
  }

  /** Sums of blocks. */
  interface Summing extends java.io.Serializable {
    RoundSums of(Points points);
  }

  /** One job: sums a block, merged in each partition and then over all. */
  static RoundSums sums(JavaRDD<Points> blocks, Centres centres, Summing summing) {
    var parts =
        blocks.mapPartitions(
            (FlatMapFunction<Iterator<Points>, RoundSums>)
                part -> {
                  RoundSums sums = null;
                  while (part.hasNext()) {
                    var more = summing.of(part.next());
                    sums = sums == null ? more : sums.merge(more);
                  }
                  return sums == null ? List.<RoundSums>of().iterator() : List.of(sums).iterator();
                });
    long bytes = 16L * centres.count() * centres.dimensions() * parts.getNumPartitions();
    return bytes <= FEW ? parts.reduce(RoundSums::merge) : parts.treeReduce(RoundSums::merge);
  }

  @Override
  public Drawn drawn(long key) {
    return blocks.map(block -> Drawn.uniform(block, key)).reduce(Drawn::of);
  }

  @Override
  public Distances distances() {
    return new SpreadDistances(blocks);
  }

  /**
   * The points epoch by epoch.
   *
   * @throws IllegalStateException unless they are {@link #inEpochs}
   */
  public Epochs epochs() {
    if (!epochal()) {
      throw new IllegalStateException("these points are in no epochs: see inEpochs");
    }
    return new SpreadEpochs(blocks, plan, size);
  }

  /** Frees what was kept; tables can be read still. */
  @Override
  public void close() {
    blocks.unpersist();
  }
}
