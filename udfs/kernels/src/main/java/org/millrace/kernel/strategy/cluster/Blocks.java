package org.millrace.kernel.strategy.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.millrace.kernel.strategy.Draws;

/**
 * The points of one process in blocks, as partitions hold them, with their labels and distances:
 * the local stand-in for what the engine's partitions do. Blocks are worked on in parallel and
 * reduced in order.
 */
final class Blocks {

  private final List<Points> points;
  private final int[][] labels;
  private final double[][] distances;

  Blocks(List<Points> points) {
    if (points.stream().allMatch(block -> block.size() == 0)) {
      throw new IllegalArgumentException("no points to cluster");
    }
    this.points = points;
    labels = points.stream().map(block -> new int[block.size()]).toArray(int[][]::new);
    distances = points.stream().map(block -> new double[block.size()]).toArray(double[][]::new);
  }

  int size() {
    return points.stream().mapToInt(Points::size).sum();
  }

  RoundSums assign(Centres centres) {
    return reduce(
        IntStream.range(0, points.size())
            .parallel()
            .mapToObj(b -> RoundSums.assign(points.get(b), centres, labels[b]))
            .toList());
  }

  private static RoundSums reduce(List<RoundSums> parts) {
    var sums = parts.get(0);
    parts.subList(1, parts.size()).forEach(sums::merge);
    return sums;
  }

  int[] labels() {
    return Arrays.stream(labels).flatMapToInt(Arrays::stream).toArray();
  }

  /** The mean of all points. */
  double[] mean() {
    var zero = Centres.of(new double[points.get(0).dimensions()], points.get(0).dimensions());
    var none = points.stream().map(b -> RoundSums.labelled(b, zero, new int[b.size()])).toList();
    return reduce(none).means().flat();
  }

  /** The point whose draw is the smallest. */
  double[] drawn(long key) {
    double[] drawn = null;
    double least = Double.POSITIVE_INFINITY;
    for (var block : points) {
      for (int i = 0; i < block.size(); i++) {
        double draw = Draws.uniform(Draws.key(key, block.id(i)));
        if (draw < least) {
          least = draw;
          drawn = block.vector(i);
        }
      }
    }
    return drawn;
  }

  FarthestFirst farthestFirst(double[] first, int rounds) {
    for (var block : distances) {
      Arrays.fill(block, Double.POSITIVE_INFINITY);
    }
    var found = new ArrayList<Farthest>();
    var centre = first;
    do {
      found.add(lower(centre));
      centre = found.get(found.size() - 1).vector();
    } while (found.size() < rounds && found.get(found.size() - 1).squaredDistance() > 0);
    return FarthestFirst.of(first, found);
  }

  private Farthest lower(double[] centre) {
    return IntStream.range(0, points.size())
        .parallel()
        .mapToObj(b -> FarthestFirst.lower(points.get(b), centre, distances[b]))
        .reduce(null, Farthest::of, Farthest::of);
  }

  /** k-means++: each next centre a point drawn with weight its squared distance. */
  Centres plusPlus(int k, long seed) {
    for (var block : distances) {
      Arrays.fill(block, Double.POSITIVE_INFINITY);
    }
    var first = drawn(Draws.key(seed, 0));
    var centres = new ArrayList<double[]>(List.of(first));
    while (centres.size() < k && lower(centres.get(centres.size() - 1)).squaredDistance() > 0) {
      centres.add(weighted(Draws.key(seed, centres.size())));
    }
    return Centres.of(new double[0], first.length).with(centres);
  }

  private double[] weighted(long key) {
    double[] drawn = null;
    double least = Double.POSITIVE_INFINITY;
    for (int b = 0; b < points.size(); b++) {
      for (int i = 0; i < distances[b].length; i++) {
        double time = Draws.exponential(Draws.key(key, points.get(b).id(i))) / distances[b][i];
        if (time < least) {
          least = time;
          drawn = points.get(b).vector(i);
        }
      }
    }
    return drawn;
  }
}
