package org.millrace.kernel.strategy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

/** Laws on random points, duplicates among them. */
class DpMeansLawsTest {

  private static double[][] rows(long seed, int count, int dimensions) {
    var random = new Random(seed);
    var rows = new double[count][dimensions];
    for (int i = 0; i < count; i++) {
      boolean again = i > 0 && random.nextInt(5) == 0;
      rows[i] =
          again
              ? rows[random.nextInt(i)].clone()
              : random.doubles(dimensions).map(x -> x * x).toArray();
    }
    return rows;
  }

  @Property(tries = 300)
  void parallelRoundsNeverRaiseTheObjectiveAndLeaveNoFarPointAndNoEmptyCluster(
      @ForAll @IntRange(max = 1_000_000) int seed,
      @ForAll @IntRange(min = 1, max = 80) int count,
      @ForAll @IntRange(min = 1, max = 4) int dimensions,
      @ForAll @Scale(9) @DoubleRange(min = .005, max = .6) double lambda) {
    var blocks = Gaussians.blocks(rows(seed, count, dimensions), indexes(count), 3);
    var mean = DpMeans.traversal(blocks, 1).start(Double.MAX_VALUE);

    var found = DpMeans.of(lambda).parallel(blocks, mean);

    assertNeverRises(found.objectives());
    assertThat(found.settled()).isTrue();
    assertThat(farthest(blocks, found)).isLessThanOrEqualTo(lambda);
    assertThat(Arrays.stream(found.labels()).distinct().count()).isEqualTo(found.centres().count());
  }

  @Property(tries = 300)
  void passesOfEpochsNeverRaiseTheObjectiveEither(
      @ForAll @IntRange(max = 1_000_000) int seed,
      @ForAll @IntRange(min = 1, max = 80) int count,
      @ForAll @IntRange(min = 1, max = 30) int epoch,
      @ForAll @Scale(9) @DoubleRange(min = .005, max = .6) double lambda) {
    var points = Points.ofRows(rows(seed, count, 3));
    var mean = DpMeans.traversal(List.of(points), 1).start(Double.MAX_VALUE);

    var found = DpMeans.of(lambda).optimistic(points, mean, epoch);

    assertNeverRises(found.objectives());
    assertThat(found.settled()).isTrue();
    assertThat(farthest(List.of(points), found)).isLessThanOrEqualTo(lambda);
    assertThat(Arrays.stream(found.labels()).distinct().count()).isEqualTo(found.centres().count());
  }

  @Property(tries = 300)
  void optimisticEqualsTheSerialAlgorithmInItsDocumentedOrderBitForBit(
      @ForAll @IntRange(max = 1_000_000) int seed,
      @ForAll @IntRange(min = 1, max = 90) int count,
      @ForAll @IntRange(min = 1, max = 30) int epoch,
      @ForAll @Scale(9) @DoubleRange(min = .005, max = .6) double lambda) {
    var rows = rows(seed, count, 3);
    var points = Points.ofRows(rows);
    var mean = DpMeans.traversal(List.of(points), 1).start(Double.MAX_VALUE);

    var optimistic = DpMeans.of(lambda).optimistic(points, mean, epoch);
    var serial = new SerialDpMeans(rows, lambda, epoch).run(mean.centre(0));

    assertThat(optimistic.labels()).isEqualTo(serial.labels());
    for (int c = 0; c < optimistic.centres().count(); c++) {
      assertThat(optimistic.centres().centre(c)).isEqualTo(serial.centres().get(c));
    }
    assertThat(optimistic.rounds()).isEqualTo(serial.passes());
  }

  @Property(tries = 100)
  void scalingPointsAndLambdaChangesNoLabel(
      @ForAll @IntRange(max = 1_000_000) int seed,
      @ForAll @IntRange(min = -9, max = 9) int power,
      @ForAll @Scale(9) @DoubleRange(min = .005, max = .6) double lambda) {
    var rows = rows(seed, 60, 3);
    double scale = Math.scalb(1.0, power);
    var scaled =
        Arrays.stream(rows)
            .map(row -> Arrays.stream(row).map(x -> x * scale).toArray())
            .toArray(double[][]::new);

    var labels = DpMeans.of(lambda).best(List.of(Points.ofRows(rows)), 2, 60, 1).labels();

    assertThat(
            DpMeans.of(lambda * scale * scale)
                .best(List.of(Points.ofRows(scaled)), 2, 60, 1)
                .labels())
        .isEqualTo(labels);
  }

  @Property(tries = 100)
  void fewerStartCentresAtALargerLambda(
      @ForAll @IntRange(max = 1_000_000) int seed,
      @ForAll @Scale(9) @DoubleRange(min = .001, max = .6) double one,
      @ForAll @Scale(9) @DoubleRange(min = .001, max = .6) double other) {
    var traversal = DpMeans.traversal(List.of(Points.ofRows(rows(seed, 50, 2))), 60);

    assertThat(traversal.start(Math.max(one, other)).count())
        .isLessThanOrEqualTo(traversal.start(Math.min(one, other)).count());
    for (int k = 1; k < traversal.rounds(); k++) {
      assertThat(traversal.lambda(k + 1)).isLessThanOrEqualTo(traversal.lambda(k));
      assertThat(traversal.start(traversal.lambda(k)).count()).isLessThanOrEqualTo(k);
    }
  }

  @Property(tries = 50)
  void aScheduleFallsByItsFactorToTheFinestLambda(@ForAll @IntRange(max = 1_000_000) int seed) {
    var traversal = DpMeans.traversal(List.of(Points.ofRows(rows(seed, 50, 2))), 20);

    var schedule = traversal.schedule(2, 8, .8);

    assertThat(schedule[0]).isEqualTo(traversal.lambda(2));
    for (int i = 1; i < schedule.length; i++) {
      assertThat(schedule[i]).isEqualTo(schedule[i - 1] * .8);
    }
    double last = schedule[schedule.length - 1];
    assertThat(last).isGreaterThanOrEqualTo(traversal.lambda(8));
    assertThat(last * .8).isLessThan(traversal.lambda(8));
  }

  private static int[] indexes(int count) {
    return IntStream.range(0, count).toArray();
  }

  private static void assertNeverRises(double[] objectives) {
    for (int r = 1; r < objectives.length; r++) {
      assertThat(objectives[r]).isLessThanOrEqualTo(objectives[r - 1] * (1 + 1e-9));
    }
  }

  private static double farthest(List<Points> blocks, Clustering found) {
    double farthest = 0;
    for (var block : blocks) {
      for (int i = 0; i < block.size(); i++) {
        farthest = Math.max(farthest, found.centres().leastSquaredDistance(block.vector(i)));
      }
    }
    return farthest;
  }

  /** The serial algorithm as one would write it down, with nothing of the kernel's in it. */
  private static final class SerialDpMeans {
    private final double[][] rows;
    private final double lambda;
    private final int epoch;

    SerialDpMeans(double[][] rows, double lambda, int epoch) {
      this.rows = rows;
      this.lambda = lambda;
      this.epoch = epoch;
    }

    record Result(List<double[]> centres, int[] labels, int passes) {}

    Result run(double[] first) {
      List<double[]> centres = List.of(first);
      for (int pass = 1; ; pass++) {
        var open = new ArrayList<>(centres);
        var labels = pass(open);
        var means = means(open.size(), labels);
        if (same(means, centres)) {
          return new Result(centres, labels, pass);
        }
        centres = means;
      }
    }

    private int[] pass(List<double[]> centres) {
      var labels = new int[rows.length];
      for (int from = 0; from < rows.length; from += epoch) {
        int to = Math.min(rows.length, from + epoch);
        var order = new ArrayList<Integer>();
        var proposals = new ArrayList<Integer>();
        for (int i = from; i < to; i++) {
          (distance(rows[i], centres.get(nearest(rows[i], centres))) > lambda ? proposals : order)
              .add(i);
        }
        order.addAll(proposals);
        for (int i : order) {
          int nearest = nearest(rows[i], centres);
          if (distance(rows[i], centres.get(nearest)) > lambda) {
            nearest = centres.size();
            centres.add(rows[i]);
          }
          labels[i] = nearest;
        }
      }
      return labels;
    }

    private List<double[]> means(int count, int[] labels) {
      var means = new ArrayList<double[]>();
      for (int c = 0; c < count; c++) {
        var sum = new BigDecimal[rows[0].length];
        Arrays.fill(sum, BigDecimal.ZERO);
        int members = 0;
        for (int i = 0; i < rows.length; i++) {
          if (labels[i] == c) {
            members++;
            for (int d = 0; d < sum.length; d++) {
              sum[d] = sum[d].add(new BigDecimal(rows[i][d]));
            }
          }
        }
        if (members > 0) {
          int n = members;
          means.add(Arrays.stream(sum).mapToDouble(s -> s.doubleValue() / n).toArray());
        }
      }
      return means;
    }

    private static int nearest(double[] row, List<double[]> centres) {
      int nearest = 0;
      for (int c = 1; c < centres.size(); c++) {
        if (distance(row, centres.get(c)) < distance(row, centres.get(nearest))) {
          nearest = c;
        }
      }
      return nearest;
    }

    private static double distance(double[] a, double[] b) {
      double sum = 0;
      for (int d = 0; d < a.length; d++) {
        sum += (a[d] - b[d]) * (a[d] - b[d]);
      }
      return sum;
    }

    private static boolean same(List<double[]> a, List<double[]> b) {
      return Arrays.deepEquals(a.toArray(), b.toArray());
    }
  }
}
