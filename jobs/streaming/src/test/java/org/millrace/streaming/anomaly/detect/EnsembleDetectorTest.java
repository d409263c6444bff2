package org.millrace.streaming.anomaly.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EnsembleDetectorTest {

  @Test
  void theSeasonSpeaksAloneOfAnOrdinaryValueAtTheWrongPhase() {
    var detector = new EnsembleDetector(1);
    Detectors.scores(detector, Detectors.wave(48 * 40 + 12, 2));

    assertThat(detector.observe(300)).isEqualTo(Verdict.ANOMALOUS);
    assertThat(detector.expected()).isCloseTo(700, within(40.));
  }

  @Test
  void oneMemberAloneIsNoEnsemble() {
    var detector = new EnsembleDetector(1);
    double[] noise = new java.util.Random(3).doubles(2_000).toArray();
    Detectors.scores(detector, noise);

    detector.afterGap();

    assertThat(detector.observe(1e6)).isEqualTo(Verdict.WARMING_UP);
    Detectors.scores(detector, java.util.Arrays.copyOf(noise, ForestDetector.SHINGLE));
    assertThat(detector.observe(1e7)).isEqualTo(Verdict.ANOMALOUS);
  }
}
