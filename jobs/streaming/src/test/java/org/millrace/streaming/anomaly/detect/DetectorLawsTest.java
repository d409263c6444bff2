package org.millrace.streaming.anomaly.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of every detector of one variable. */
class DetectorLawsTest {

  @Property(tries = 40)
  void writtenAndReadGoesOnAsIfNothingHadHappened(
      @ForAll Detectors kind, @ForAll long seed, @ForAll @IntRange(max = 1_500) int cut)
      throws IOException {
    double[] values = Detectors.wave(1_700, seed);
    var kept = kind.fresh();
    Detectors.scores(kept, Arrays.copyOf(values, cut));

    var read = kind.read(Detectors.written(kept));

    assertThat(read.score()).isEqualTo(kept.score());
    assertThat(read.threshold()).isEqualTo(kept.threshold());
    assertThat(read.expected()).isEqualTo(Double.valueOf(kept.expected()));
    double[] rest = Arrays.copyOfRange(values, cut, values.length);
    assertThat(Detectors.scores(read, rest)).isEqualTo(Detectors.scores(kept, rest));
    assertThat(Detectors.written(read)).isEqualTo(Detectors.written(kept));
  }

  @Property(tries = 20)
  void scoresAreFiniteWhateverTheValues(@ForAll Detectors kind, @ForAll long seed) {
    var random = new java.util.Random(seed);
    var detector = kind.fresh();

    for (int i = 0; i < 600; i++) {
      double wild = random.nextGaussian() * Math.pow(10, random.nextInt(30) - 15);
      detector.observe(random.nextInt(10) == 0 ? wild : 1);

      assertThat(detector.score()).isFinite().isNotNegative();
      assertThat(detector.threshold()).isPositive().isFinite();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFlatSeriesIsNeverAnomalous(Detectors kind) {
    var detector = kind.fresh();

    for (double value : Detectors.flat(1_500, 45)) {
      assertThat(detector.observe(value)).isNotEqualTo(Verdict.ANOMALOUS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void warmsUpBeforeItSpeaks(Detectors kind) {
    var detector = kind.fresh();

    assertThat(detector.observe(1)).isEqualTo(Verdict.WARMING_UP);
    assertThat(detector.score()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void equalSeedsGiveEqualScores(Detectors kind) {
    double[] values = Detectors.wave(1_000, 3);

    assertThat(Detectors.scores(kind.fresh(), values))
        .isEqualTo(Detectors.scores(kind.fresh(), values));
  }

  @ParameterizedTest
  @EnumSource
  void shiftAndScaleOfTheSeriesDoNotMatter(Detectors kind) {
    double[] values = Detectors.wave(1_000, 5);
    double[] moved = Arrays.stream(values).map(value -> 4 * value - 1_000).toArray();

    assertThat(Detectors.scores(kind.fresh(), moved))
        .isEqualTo(Detectors.scores(kind.fresh(), values));
  }

  @ParameterizedTest
  @EnumSource
  void aSpikeIsAnomalousAtOnce(Detectors kind) {
    double[] values = Detectors.wave(1_500, 7);
    values[1_400] = 4_000;
    var detector = kind.fresh();
    Detectors.scores(detector, Arrays.copyOf(values, 1_400));

    assertThat(detector.observe(values[1_400])).isEqualTo(Verdict.ANOMALOUS);
  }

  @ParameterizedTest
  @EnumSource
  void aNewLevelIsAnomalousAtFirstAndNormalInTheEnd(Detectors kind) {
    double[] values = Detectors.wave(6_000, 9);
    for (int i = 1_500; i < values.length; i++) {
      values[i] += 3_000;
    }
    var detector = kind.fresh();
    int early = 0;
    int late = 0;

    for (int i = 0; i < values.length; i++) {
      boolean anomalous = detector.observe(values[i]) == Verdict.ANOMALOUS;
      early += anomalous && i >= 1_500 && i < 1_600 ? 1 : 0;
      late += anomalous && i >= 5_500 ? 1 : 0;
    }

    assertThat(early).isPositive();
    assertThat(late).isLessThan(25);
  }

  @ParameterizedTest
  @EnumSource
  void aGapIsNoAnomaly(Detectors kind) {
    var detector = kind.fresh();
    Detectors.scores(detector, Detectors.wave(1_000, 11));

    detector.afterGap();

    assertThat(detector.observe(500)).isNotEqualTo(Verdict.ANOMALOUS);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotANumberIsRefused(Detectors kind) {
    assertThatThrownBy(() -> kind.fresh().observe(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite values, not NaN");
  }

  @ParameterizedTest
  @EnumSource
  void stateOfAnotherVersionIsRefused(Detectors kind) {
    byte[] state = Detectors.written(kind.fresh());
    state[0] = 99;

    assertThatThrownBy(() -> kind.read(state))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has version 99");
  }

  @ParameterizedTest
  @EnumSource
  void stateIsBounded(Detectors kind) {
    var detector = kind.fresh();
    Detectors.scores(detector, Detectors.wave(6_000, 13));

    assertThat(Detectors.written(detector)).hasSizeLessThan(200_000);
  }
}
