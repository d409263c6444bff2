package org.millrace.kernel.strategy.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The points of one process in blocks, as partitions hold them, and the labels of the last
 * assignment. Blocks are worked on in parallel and reduced in order.
 */
final class Blocks implements PointSet {

  private final List<Points> points;
  private final int[][] labels;

  Blocks(List<Points> points) {
    if (points.stream().allMatch(block -> block.size() == 0)) {
      throw new IllegalArgumentException("no points to cluster");
    }
    this.points = points;
    labels = points.stream().map(block -> new int[block.size()]).toArray(int[][]::new);
  }

  @Override
  public int dimensions() {
    return points.get(0).dimensions();
  }

  @Override
  public RoundSums assign(Centres centres) {
    var parts =
        IntStream.range(0, points.size())
            .parallel()
            .mapToObj(b -> RoundSums.assign(points.get(b), centres, labels[b]))
            .toList();
    var sums = parts.get(0);
    parts.subList(1, parts.size()).forEach(sums::merge);
    return sums;
  }

  /** Each point's centre of the last assignment, block after block. */
  int[] labels() {
    return Arrays.stream(labels).flatMapToInt(Arrays::stream).toArray();
  }

  /** A fit with each point's nearest centre. */
  Clustering labelled(Fit fit) {
    assign(fit.centres());
    return fit.labelled(labels());
  }

  @Override
  public Drawn drawn(long key) {
    return points.stream().map(block -> Drawn.uniform(block, key)).reduce(null, Drawn::of);
  }

  @Override
  public Distances distances() {
    return new Column();
  }

  private final class Column implements Distances {
    private final double[][] distances =
        points.stream()
            .map(
                block -> {
                  var far = new double[block.size()];
                  Arrays.fill(far, Double.POSITIVE_INFINITY);
                  return far;
                })
            .toArray(double[][]::new);

    @Override
    public Farthest lower(double[] centre) {
      return IntStream.range(0, points.size())
          .parallel()
          .mapToObj(b -> FarthestFirst.lower(points.get(b), centre, distances[b]))
          .reduce(null, Farthest::of, Farthest::of);
    }

    @Override
    public Drawn weighted(long key) {
      return IntStream.range(0, points.size())
          .mapToObj(b -> Drawn.weighted(points.get(b), distances[b], key))
          .reduce(null, Drawn::of, Drawn::of);
    }

    @Override
    public void close() {
      // Memory of this process: nothing to give back.
    }
  }
}
