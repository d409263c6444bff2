package org.millrace.batch.strategies.graph;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.millrace.batch.job.Lineage;
import org.millrace.kernel.strategy.graph.Neighbours;
import org.millrace.kernel.strategy.graph.Node2Vec;
import scala.Tuple2;

/**
 * Walks over a graph in partitions, by one of two ways that give the same. A small graph goes to
 * every task, which makes whole walks. Of a large one all walks take a step at once: they go to the
 * partition of the node where they are, which has its edges. What moves is a walk's path; if p or q
 * isn't 1, the neighbours of the node before too, which its degree's cap bounds.
 */
record Walking(JavaPairRDD<Long, Neighbours> neighbours, Node2Vec node2vec, int each) {

  /** Edges, both directions counted, that any task has room for: 60 MB. */
  private static final long SMALL = 2_000_000;

  private static final StructType WALK =
      new StructType()
          .add("start", DataTypes.LongType, false)
          .add("number", DataTypes.IntegerType, false)
          .add("nodes", DataTypes.createArrayType(DataTypes.LongType, false), false);

  Walking {
    if (each < 1) {
      throw new IllegalArgumentException("a node has 1 walk or more, not " + each);
    }
  }

  /**
   * A walk so far.
   *
   * @param path nodes, the start first
   * @param before edges of the last but one node; null where nothing asks for them
   */
  record Walk(long start, int number, long[] path, Neighbours before) implements Serializable {

    private Walk step(Node2Vec node2vec, Neighbours at) {
      int step = path.length;
      long from = step > 1 ? path[step - 2] : start;
      var longer = Arrays.copyOf(path, step + 1);
      longer[step] = node2vec.next(start, number, step, from, before, at);
      boolean first = node2vec.p() == 1 && node2vec.q() == 1;
      return new Walk(start, number, longer, first ? null : at);
    }

    private long last() {
      return path[path.length - 1];
    }
  }

  Dataset<Row> table(SparkSession spark) {
    long edges = neighbours.values().map(node -> (long) node.degree()).fold(0L, Long::sum);
    return table(spark, edges <= SMALL ? whole() : stepByStep());
  }

  Dataset<Row> table(SparkSession spark, JavaRDD<Walk> walks) {
    return spark.createDataFrame(
        walks.map(walk -> RowFactory.create(walk.start, walk.number, walk.path)), WALK);
  }

  /** A copy of the graph a task, which walks from its share of the nodes. */
  JavaRDD<Walk> whole() {
    int tasks = neighbours.context().defaultParallelism();
    var walks = node2vec;
    int count = each;
    return neighbours
        .flatMapToPair(
            node -> IntStream.range(0, tasks).mapToObj(task -> new Tuple2<>(task, node)).iterator())
        .partitionBy(new HashPartitioner(tasks))
        .mapPartitionsWithIndex(
            (task, part) -> {
              var graph = new HashMap<Long, Neighbours>();
              part.forEachRemaining(copy -> graph.put(copy._2()._1(), copy._2()._2()));
              return graph.keySet().stream()
                  .filter(start -> Math.floorMod(start, tasks) == task)
                  .flatMap(
                      start ->
                          IntStream.range(0, count)
                              .mapToObj(
                                  number ->
                                      new Walk(
                                          start,
                                          number,
                                          walks.walk(start, number, graph::get),
                                          null)))
                  .iterator();
            },
            false);
  }

  /** A shuffle of the walks a step. */
  JavaRDD<Walk> stepByStep() {
    int count = each;
    var walks =
        neighbours
            .keys()
            .flatMap(
                start ->
                    IntStream.range(0, count)
                        .mapToObj(n -> new Walk(start, n, new long[] {start}, null))
                        .iterator());
    JavaRDD<Walk> kept = null;
    for (int step = 1; step < node2vec.length(); step++) {
      // Walks begin where their node's edges are.
      walks = step(step == 1 ? walks : at(walks));
      if (step % Lineage.STEPS == 0 && step + 1 < node2vec.length()) {
        walks.persist(StorageLevel.MEMORY_AND_DISK());
        Lineage.cut(walks);
        walks.foreachPartition(part -> {});
        if (kept != null) {
          kept.unpersist();
        }
        kept = walks;
      }
    }
    return walks;
  }

  private Partitioner partitioner() {
    return neighbours.partitioner().get();
  }

  private JavaRDD<Walk> at(JavaRDD<Walk> walks) {
    return walks
        .mapToPair(walk -> new Tuple2<>(walk.last(), walk))
        .partitionBy(partitioner())
        .values();
  }

  private JavaRDD<Walk> step(JavaRDD<Walk> walks) {
    var steps = node2vec;
    return neighbours.zipPartitions(
        walks,
        (FlatMapFunction2<Iterator<Tuple2<Long, Neighbours>>, Iterator<Walk>, Walk>)
            (nodes, part) -> new Steps(nodes, part, steps));
  }

  /** The walks of a partition, one step further. */
  private static final class Steps implements Iterator<Walk> {
    private final Map<Long, Neighbours> graph = new HashMap<>();
    private final Iterator<Walk> walks;
    private final Node2Vec node2vec;

    private Steps(
        Iterator<Tuple2<Long, Neighbours>> nodes, Iterator<Walk> walks, Node2Vec node2vec) {
      nodes.forEachRemaining(node -> graph.put(node._1(), node._2()));
      this.walks = walks;
      this.node2vec = node2vec;
    }

    @Override
    public boolean hasNext() {
      return walks.hasNext();
    }

    @Override
    public Walk next() {
      var walk = walks.next();
      return walk.step(node2vec, graph.get(walk.last()));
    }
  }
}
