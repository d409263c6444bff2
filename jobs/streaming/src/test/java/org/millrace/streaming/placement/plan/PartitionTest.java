package org.millrace.streaming.placement.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionTest {

  @ParameterizedTest
  @CsvSource({"30, 16, 14", "36, 19, 17", "48, 26, 22"})
  void theSpeedsOfGroup1(int layers, int first, int second) {
    assertThat(Partition.layers(layers, new int[] {197, 160})).containsExactly(first, second);
  }

  @ParameterizedTest
  @CsvSource({"30, 17, 13", "48, 27, 21"})
  void thePapersAlphaGivesMoreThanItsScripts(int layers, int first, int second) {
    assertThat(Partition.layers(layers, new int[] {197, 160}, 105, 100))
        .containsExactly(first, second);
  }

  @Test
  void floatingPointWouldLoseALayer() {
    assertThat(Partition.layers(22, new int[] {15, 7})).containsExactly(15, 7);
    assertThat(Partition.layers(44, new int[] {15, 29})).containsExactly(15, 29);
    assertThat((int) (22 * (15.0 / (15.0 + 7.0)))).isEqualTo(14);
  }

  @Test
  void allRatiosThatDivideAreMetExactly() {
    int triples = 0;
    int lostByDoubles = 0;
    for (int n = 1; n <= 128; n++) {
      for (int sum = 2; sum <= n; sum++) {
        for (int a = 1; n % sum == 0 && a < sum; a++) {
          int b = sum - a;
          triples++;
          lostByDoubles += (int) (n * ((double) a / sum)) == n / sum * a ? 0 : 1;

          assertThat(Partition.layers(n, new int[] {a, b}))
              .containsExactly(n / sum * a, n / sum * b);
        }
      }
    }
    assertThat(triples).isEqualTo(12_890);
    assertThat(lostByDoubles).isEqualTo(300);
  }

  @Test
  void anyTwoStagesOfUpTo128LayersHaveAllOfThem() {
    for (int n = 2; n <= 128; n++) {
      for (int a = 1; a <= 128; a++) {
        for (int b = 1; b <= 128; b++) {
          var parts = Partition.layers(n, new int[] {a, b});

          if (parts[0] + parts[1] != n || parts[0] < 1 || parts[1] < 1) {
            assertThat(parts).as("%d layers at %d:%d", n, a, b).isNull();
          }
        }
      }
    }
  }

  @Test
  void laterStagesBeginWhereEarlierOnesEnd() {
    // the public code starts stage 1 of 48 layers at 13:11 at its own number of layers
    var parts = Partition.layers(48, new int[] {13, 11});

    assertThat(parts).containsExactly(26, 22);
  }

  @Property(tries = 500)
  void everyStageHasALayerAndNoneIsLost(
      @ForAll @Size(min = 1, max = 16) int[] speeds,
      @ForAll @IntRange(min = 16, max = 128) int layers,
      @ForAll @IntRange(min = 90, max = 110) int alpha) {
    for (int i = 0; i < speeds.length; i++) {
      speeds[i] = 1 + Math.floorMod(speeds[i], 100_000);
    }

    var parts = Partition.layers(layers, speeds, alpha, 100);

    assertThat(Arrays.stream(parts).sum()).isEqualTo(layers);
    assertThat(Arrays.stream(parts).min().orElse(0)).isPositive();
  }

  @Property(tries = 200)
  void equalSpeedsGiveEqualStages(
      @ForAll @IntRange(min = 1, max = 16) int stages,
      @ForAll @IntRange(min = 1, max = 8) int each,
      @ForAll @IntRange(min = 1, max = 1_000_000) int speed) {
    var speeds = new int[stages];
    Arrays.fill(speeds, speed);

    assertThat(Partition.layers(stages * each, speeds)).containsOnly(each);
  }

  @Test
  void fewerLayersThanStagesAreRefused() {
    assertThatThrownBy(() -> Partition.layers(3, new int[] {1, 1, 1, 1}))
        .hasMessage("3 layers do not fill 4 pipeline stages; give fewer stages");
  }
}
