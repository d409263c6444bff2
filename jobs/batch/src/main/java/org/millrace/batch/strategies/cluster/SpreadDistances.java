package org.millrace.batch.strategies.cluster;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.millrace.batch.job.Lineage;
import org.millrace.kernel.strategy.cluster.Drawn;
import org.millrace.kernel.strategy.cluster.Farthest;
import org.millrace.kernel.strategy.cluster.FarthestFirst;
import org.millrace.kernel.strategy.cluster.PointSet;
import org.millrace.kernel.strategy.cluster.Points;

/** The column of least distances, made anew and kept with every centre: a job each. */
final class SpreadDistances implements PointSet.Distances {

  private final JavaRDD<Points> blocks;
  private JavaRDD<Least> column;
  private int centres;

  SpreadDistances(JavaRDD<Points> blocks) {
    this.blocks = blocks;
  }

  /**
   * The column's part of a block.
   *
   * @param distances of the block's points; not to be changed
   * @param farthest of them
   */
  private record Least(double[] distances, Farthest farthest) implements Serializable {

    static Least of(Points points, Least before, double[] centre) {
      var distances = before == null ? new double[points.size()] : before.distances.clone();
      if (before == null) {
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
      }
      return new Least(distances, FarthestFirst.lower(points, centre, distances));
    }
  }

  /** What two columns make of each other, block by block. */
  private record Pairs(Iterator<Points> points, Iterator<Least> before, double[] centre)
      implements Iterator<Least> {

    @Override
    public boolean hasNext() {
      return points.hasNext();
    }

    @Override
    public Least next() {
      return Least.of(points.next(), before.next(), centre);
    }
  }

  @Override
  public Farthest lower(double[] centre) {
    var before = column;
    column =
        before == null
            ? blocks.map(points -> Least.of(points, null, centre))
            : blocks.zipPartitions(before, (points, least) -> new Pairs(points, least, centre));
    column.persist(StorageLevel.MEMORY_AND_DISK());
    if (++centres % Lineage.STEPS == 0) {
      Lineage.cut(column);
    }
    var farthest = column.map(Least::farthest).reduce(Farthest::of);
    if (before != null) {
      before.unpersist();
    }
    return farthest;
  }

  @Override
  public Drawn weighted(long key) {
    return blocks
        .zipPartitions(
            column,
            (points, least) ->
                new Mapped<>(points, p -> Drawn.weighted(p, least.next().distances, key)))
        .filter(Objects::nonNull)
        .fold(null, Drawn::of);
  }

  @Override
  public void close() {
    if (column != null) {
      column.unpersist();
    }
  }
}
