package org.millrace.streaming.anomaly.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonalDetectorTest {

  private static SeasonalDetector after(double[] values) {
    var detector = new SeasonalDetector();
    Detectors.scores(detector, values);
    return detector;
  }

  private static double[] pulses(int length, int period) {
    var random = new Random(1);
    var values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = (i % period < period / 4 ? 100 : 10) + random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 24, 48, 168, 288, 2_016})
  void learnsThePeriod(int period) {
    assertThat(after(pulses(6 * period + 500, period)).period()).isEqualTo(period);
  }

  @Test
  void noiseHasNoPeriod() {
    var random = new Random(2);
    double[] noise = random.doubles(5_000).toArray();

    assertThat(after(noise).period()).isZero();
  }

  @Test
  void expectsWhatThePhaseHad() {
    var detector = after(Detectors.wave(48 * 30, 3));

    detector.observe(500);
    assertThat(detector.expected()).isCloseTo(500, within(40.));
    Detectors.scores(detector, Detectors.flat(11, 600));
    detector.observe(700);
    assertThat(detector.expected()).isCloseTo(700, within(40.));
  }

  @Test
  void aMissingPulseIsAnomalousThoughItsValuesAreNot() {
    double[] values = pulses(288 * 10, 288);
    var detector = after(values);

    assertThat(detector.observe(10)).isEqualTo(Verdict.ANOMALOUS);
  }

  @Test
  void keepsThePeriodOverAGap() {
    var detector = after(Detectors.wave(48 * 20, 4));

    detector.afterGap();

    assertThat(detector.observe(500)).isEqualTo(Verdict.WARMING_UP);
    Detectors.scores(detector, Detectors.wave(48 * 2 + 2, 5));
    assertThat(detector.observe(500)).isNotEqualTo(Verdict.WARMING_UP);
    assertThat(detector.period()).isEqualTo(48);
  }
}
