package org.millrace.streaming.anomaly.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class NabScorerTest {

  /** 100 rows, the first 15 of them in probation, rows 50 to 59 an anomaly. */
  private static final NabSeries ONE_WINDOW = new NabSeries(100, List.of(new Window(50, 59)));

  private static BitSet rows(int... rows) {
    var set = new BitSet();
    for (int row : rows) {
      set.set(row);
    }
    return set;
  }

  private static double standard(int... rows) {
    return score(NabProfile.STANDARD, rows);
  }

  private static double score(NabProfile profile, int... rows) {
    return new NabScorer(List.of(ONE_WINDOW), profile).ofFlags(List.of(rows(rows)));
  }

  @Test
  void nothingFlaggedIsZero() {
    for (var profile : NabProfile.values()) {
      assertThat(score(profile)).isZero();
    }
  }

  @Test
  void theFirstRowOfTheWindowIsPerfect() {
    for (var profile : NabProfile.values()) {
      assertThat(score(profile, 50)).isEqualTo(100);
    }
  }

  @Test
  void aLaterHitEarnsLess() {
    // S(-.5) = 2/(1+e^-2.5) - 1 = .848284, S(-.1) = .244919, S(-1) = .986614
    assertThat(standard(55)).isCloseTo(100 * (1 + .848284 / .986614) / 2, within(1e-3));
    assertThat(standard(59)).isCloseTo(100 * (1 + .244919 / .986614) / 2, within(1e-3));
  }

  @Test
  void theBestHitCountsOnce() {
    assertThat(standard(53, 55, 59)).isEqualTo(standard(53));
  }

  @Test
  void aFlagBeforeAnyWindowCostsAllItCan() {
    assertThat(standard(20)).isCloseTo(-5.5, within(1e-9));
    assertThat(score(NabProfile.LOW_FP, 20)).isCloseTo(-11, within(1e-9));
    assertThat(score(NabProfile.LOW_FN, 20)).isCloseTo(-11 / 3., within(1e-9));
  }

  @Test
  void aFlagAfterAWindowCostsMoreWithDistance() {
    // S(1/9) = 2/(1+e^(5/9)) - 1 = -.270858; 28 rows are more than 3 widths of 9
    assertThat(standard(60)).isCloseTo(-5.5 * .270858, within(1e-3));
    assertThat(standard(87)).isCloseTo(-5.5, within(1e-9));
  }

  @Test
  void everyFalseFlagCounts() {
    assertThat(standard(20, 21, 22)).isCloseTo(-16.5, within(1e-9));
  }

  @Test
  void probationIsIgnored() {
    assertThat(ONE_WINDOW.probation()).isEqualTo(15);
    assertThat(new NabSeries(20_000, List.of()).probation()).isEqualTo(750);
    assertThat(standard(0, 14)).isZero();
    assertThat(standard(15)).isNegative();
  }

  @Test
  void aMissWeighsDoubleInLowFn() {
    var two = new NabSeries(100, List.of(new Window(30, 39), new Window(50, 59)));

    // one of two: raw 1 - 2, null -4, perfect 2
    assertThat(new NabScorer(List.of(two), NabProfile.LOW_FN).ofFlags(List.of(rows(30))))
        .isCloseTo(50, within(1e-9));
  }

  @Test
  void seriesAreAddedBeforeTheyAreNormalised() {
    var quiet = new NabSeries(100, List.of());
    var scorer = new NabScorer(List.of(ONE_WINDOW, quiet), NabProfile.STANDARD);

    assertThat(scorer.ofFlags(List.of(rows(50), rows(80)))).isCloseTo(94.5, within(1e-9));
  }

  @Test
  void tuningFindsTheOneThreshold() {
    var second = new NabSeries(100, List.of(new Window(70, 79)));
    var scorer = new NabScorer(List.of(ONE_WINDOW, second), NabProfile.STANDARD);
    double[] a = new double[100];
    double[] b = new double[100];
    a[3] = 9; // in probation
    a[50] = 5;
    a[20] = 2;
    b[70] = 4;
    b[30] = 4;

    var tuned = scorer.tune(List.of(a, b));

    assertThat(tuned.threshold()).isEqualTo(4);
    assertThat(tuned.score()).isCloseTo(100 - 2.75, within(1e-9));
    assertThat(scorer.ofScores(List.of(a, b), 4)).isCloseTo(tuned.score(), within(1e-9));
  }

  @Test
  void tuningPrefersSilenceToNoise() {
    double[] noise = new double[100];
    noise[90] = 1;

    var tuned = new NabScorer(List.of(ONE_WINDOW), NabProfile.STANDARD).tune(List.of(noise));

    assertThat(tuned).isEqualTo(new NabScorer.Tuned(Double.POSITIVE_INFINITY, 0));
  }

  @Test
  void anEpisodeOpensOnce() {
    assertThat(NabScorer.opens(rows(3, 4, 7, 11, 20), 3)).isEqualTo(rows(3, 20));
    assertThat(NabScorer.opens(rows(3, 4, 7, 11, 20), 2)).isEqualTo(rows(3, 11, 20));
    assertThat(NabScorer.opens(rows(3, 4, 7), 0)).isEqualTo(rows(3, 7));
  }

  @Test
  void labelsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> new NabSeries(100, List.of(new Window(50, 60), new Window(60, 70))))
        .hasMessageContaining("is not after the window before it");
    assertThatThrownBy(() -> new NabScorer(List.of(), NabProfile.STANDARD))
        .hasMessageContaining("one at least");
    assertThatThrownBy(() -> new Window(5, 4)).hasMessageContaining("before its start");
  }
}
