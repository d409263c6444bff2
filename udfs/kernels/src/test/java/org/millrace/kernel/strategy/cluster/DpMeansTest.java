package org.millrace.kernel.strategy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DpMeansTest {

  private static Clustering parallel(List<Points> blocks, int k) {
    var traversal = DpMeans.traversal(blocks, k + 1);
    double lambda = traversal.lambda(k);
    return DpMeans.of(lambda).parallel(blocks, traversal.start(lambda));
  }

  @ParameterizedTest
  @CsvSource({"10,2", "12,8", "20,2", "20,32", "40,3", "40,32"})
  void findsThePlantedGaussiansAtTheirLambda(int k, int dimensions) {
    for (int seed = 0; seed < 5; seed++) {
      var planted = Gaussians.of(seed, k, dimensions, 30);
      var blocks = planted.blocks(3);
      double lambda = DpMeans.traversal(blocks, k).lambda(k);

      var found = DpMeans.of(lambda).best(blocks, DpMeans.STARTS, 2 * k, 1);

      assertThat(found.centres().count()).isEqualTo(k);
      assertThat(Contingency.of(found.labels(), planted.truth()).adjustedRand()).isEqualTo(1);
      assertThat(found.settled()).isTrue();
    }
  }

  @Test
  void aStartFromAPointSavesTheClusterThatTheFallenMeanLeft() {
    // The mean (0, 1.5) falls empty, and (10, 0) is at λ = 36 from (10, 6): they stay together.
    double[][] places = {{-10, -10}, {-10, 10}, {10, 6}, {10, 0}};
    var rows = new double[40][];
    Arrays.setAll(rows, i -> places[i % 4]);
    var blocks = List.of(Points.ofRows(rows));
    var traversal = DpMeans.traversal(blocks, 5);

    var from = DpMeans.of(36).parallel(blocks, traversal.start(36));

    assertThat(traversal.lambda(4)).isEqualTo(36);
    assertThat(from.objective()).isEqualTo(20 * 9 + 3 * 36);
    assertThat(DpMeans.of(36).best(blocks, 2, 9, 0).objective()).isEqualTo(4 * 36);
  }

  @Test
  void theSteepestFallOfLambdaIsThePlantedNumber() {
    for (int seed = 0; seed < 10; seed++) {
      var planted = Gaussians.of(seed, 12, 8, 30);

      assertThat(DpMeans.traversal(planted.blocks(1), 20).steepest(2, 19)).isEqualTo(12);
    }
  }

  @Test
  void theObjectiveFollowsByHand() {
    // From 0: costs 0 + 1 + 100, and 3 a centre. 10 is above 3 from the new mean 11/3, too.
    var blocks = List.of(Points.ofRows(new double[] {0}, new double[] {1}, new double[] {10}));

    var found = DpMeans.of(3).parallel(blocks, Centres.of(new double[] {0}, 1));

    assertThat(found.objectives()[0]).isEqualTo(104);
    assertThat(found.labels()).containsExactly(0, 0, 1);
    assertThat(found.centres()).isEqualTo(Centres.of(new double[] {.5, 10}, 1));
    assertThat(found.objective()).isEqualTo(.5 + 2 * 3);
  }

  @Test
  void aPointAtLambdaOpensNoClusterAndOneBeyondDoes() {
    var blocks = List.of(Points.ofRows(new double[] {0}, new double[] {2}));
    var middle = Centres.of(new double[] {1}, 1);

    assertThat(DpMeans.of(1).parallel(blocks, middle).centres().count()).isEqualTo(1);
    assertThat(DpMeans.of(.999).parallel(blocks, middle).centres().count()).isEqualTo(2);
    assertThat(DpMeans.ofDistance(1).parallel(blocks, middle).centres().count()).isEqualTo(1);
  }

  @Test
  void emptyClustersAreDropped() {
    var blocks = List.of(Points.ofRows(new double[] {0}, new double[] {1}));

    var found = DpMeans.of(9).parallel(blocks, Centres.of(new double[] {50, 0, -50}, 1));

    assertThat(found.centres()).isEqualTo(Centres.of(new double[] {.5}, 1));
    assertThat(found.labels()).containsExactly(0, 0);
  }

  @Test
  void duplicatesAreOneClusterEachAtLambdaZero() {
    var rows = new double[40][];
    Arrays.setAll(rows, i -> new double[] {i % 4, 7});

    var traversal = DpMeans.traversal(List.of(Points.ofRows(rows)), 30);
    var found = DpMeans.of(0).parallel(List.of(Points.ofRows(rows)), traversal.start(0));

    assertThat(traversal.rounds()).isLessThanOrEqualTo(6);
    assertThat(found.centres().count()).isEqualTo(4);
    assertThat(found.objective()).isZero();
  }

  @Test
  void oneDuplicatedPointIsOneCluster() {
    var blocks = List.of(Points.ofRows(new double[] {3, 4}, new double[] {3, 4}));

    var found = parallel(blocks, 1);

    assertThat(found.centres()).isEqualTo(Centres.of(new double[] {3, 4}, 2));
    assertThat(found.labels()).containsExactly(0, 0);
  }

  @Test
  void blocksAndTheOrderOfRowsDontMatter() {
    var random = new Random(4);
    var rows = new double[500][];
    Arrays.setAll(rows, i -> random.doubles(5).toArray());
    var order = IntStream.range(0, 500).toArray();
    var shuffled = random.ints(0, 1 << 30).limit(500).toArray();
    var other =
        IntStream.range(0, 500)
            .boxed()
            .sorted((a, b) -> Integer.compare(shuffled[a], shuffled[b]))
            .mapToInt(i -> i)
            .toArray();

    var one = DpMeans.of(.2).best(Gaussians.blocks(rows, order, 1), 3, 50, 9);
    var seven = DpMeans.of(.2).best(Gaussians.blocks(rows, other, 7), 3, 50, 9);

    assertThat(one.centres().count()).isGreaterThan(10);
    assertThat(seven.centres()).isEqualTo(one.centres());
    assertThat(seven.objectives()).isEqualTo(one.objectives());
    assertThat(IntStream.range(0, 500).map(i -> one.labels()[other[i]]).toArray())
        .isEqualTo(seven.labels());
  }

  @Test
  void theBestOfSeveralStartsIsNoWorseThanTheFirst() {
    var random = new Random(8);
    var rows = new double[300][];
    Arrays.setAll(rows, i -> random.doubles(2).toArray());
    var blocks = List.of(Points.ofRows(rows));

    double first = DpMeans.of(.03).best(blocks, 1, 50, 1).objective();
    double best = DpMeans.of(.03).best(blocks, 10, 50, 1).objective();

    assertThat(best).isLessThan(first);
  }

  @Test
  void aCapOnRoundsIsSaid() {
    var blocks = Gaussians.of(1, 12, 4, 10).blocks(1);
    var mean = DpMeans.traversal(blocks, 1).start(Double.MAX_VALUE);

    var found = DpMeans.of(1).rounds(2).parallel(blocks, mean);

    assertThat(found.rounds()).isEqualTo(2);
    assertThat(found.settled()).isFalse();
    assertThat(Arrays.stream(found.labels()).max().orElseThrow())
        .isLessThan(found.centres().count());
  }

  @Test
  void mistakesSayWhatIsWrong() {
    assertThatThrownBy(() -> DpMeans.of(Double.NaN)).hasMessageContaining("lambda from 0");
    assertThatThrownBy(() -> DpMeans.traversal(List.of(), 1)).hasMessage("no points to cluster");
    assertThatThrownBy(() -> Points.ofRows(new double[] {1, 2}, new double[] {1, Double.NaN}))
        .hasMessage("the vector of id 1 has NaN at place 1: leave such rows out");
    assertThat(Points.accepts(new double[] {1, Double.POSITIVE_INFINITY})).isFalse();
    assertThat(Points.accepts(new double[] {1, -3})).isTrue();
  }
}
