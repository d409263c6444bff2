package org.millrace.kernel.strategy.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Points around planted centres that stand at least 8 standard deviations apart. */
record Gaussians(double[][] rows, int[] truth) {

  static Gaussians of(long seed, int k, int dimensions, int each) {
    var random = new Random(seed);
    var centres = new ArrayList<double[]>();
    double side = 12 * Math.max(2, Math.pow(k, 1.0 / dimensions) * 2);
    while (centres.size() < k) {
      var candidate = random.doubles(dimensions, 0, side).toArray();
      if (centres.stream().allMatch(c -> Centres.squaredDistance(c, 0, candidate) >= 100)) {
        centres.add(candidate);
      }
    }
    var order = new ArrayList<>(IntStream.range(0, k * each).boxed().toList());
    Collections.shuffle(order, random);
    var rows = new double[k * each][dimensions];
    var truth = new int[k * each];
    for (int i = 0; i < rows.length; i++) {
      truth[i] = order.get(i) % k;
      for (int d = 0; d < dimensions; d++) {
        rows[i][d] = centres.get(truth[i])[d] + random.nextGaussian() / Math.sqrt(dimensions);
      }
    }
    return new Gaussians(rows, truth);
  }

  Points points() {
    return Points.ofRows(rows);
  }

  /** The rows in as many blocks, each row with its place as id. */
  List<Points> blocks(int count) {
    return blocks(rows, IntStream.range(0, rows.length).toArray(), count);
  }

  /** The rows in an order, in blocks, each with its place as id. */
  static List<Points> blocks(double[][] rows, int[] order, int count) {
    var blocks = new ArrayList<Points>();
    for (int b = 0; b < count; b++) {
      var part =
          IntStream.range(order.length * b / count, order.length * (b + 1) / count)
              .map(i -> order[i])
              .toArray();
      blocks.add(
          Points.of(
              LongStream.range(0, part.length).map(i -> part[(int) i]).toArray(),
              IntStream.of(part).boxed().flatMapToDouble(i -> Arrays.stream(rows[i])).toArray(),
              rows[0].length));
    }
    return blocks;
  }
}
