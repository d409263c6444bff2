package org.millrace.streaming.anomaly.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailDetectorTest {

  @ParameterizedTest
  @ValueSource(doubles = {-.3, 0, .4})
  void theFitFindsTheShape(double shape) {
    var random = new Random(1);
    double[] excesses = new double[20_000];
    for (int i = 0; i < excesses.length; i++) {
      double u = random.nextDouble();
      excesses[i] = shape == 0 ? -3 * Math.log(u) : 3 / shape * (Math.pow(u, -shape) - 1);
    }

    var tail = Tail.fit(excesses);

    assertThat(tail.shape()).isCloseTo(shape, within(.05));
    assertThat(tail.scale()).isCloseTo(3, within(.2));
    assertThat(tail.beyond(tail.scale()))
        .isCloseTo(shape == 0 ? Math.exp(-1) : Math.pow(1 + shape, -1 / shape), within(.02));
  }

  @Test
  void gaussianNoiseIsAnomalousAboutAsOftenAsAsked() {
    var random = new Random(5);
    var detector = new TailDetector();
    int anomalies = 0;

    for (int i = 0; i < 100_000; i++) {
      anomalies += detector.observe(random.nextGaussian()) == Verdict.ANOMALOUS ? 1 : 0;
    }

    assertThat(anomalies).isBetween(1, 40);
  }

  @Test
  void aWiderSeriesIsLearnedInTheEnd() {
    var random = new Random(6);
    var detector = new TailDetector();
    for (int i = 0; i < 3_000; i++) {
      detector.observe(random.nextGaussian());
    }
    int late = 0;

    for (int i = 0; i < 6_000; i++) {
      boolean anomalous = detector.observe(50 * random.nextGaussian()) == Verdict.ANOMALOUS;
      late += anomalous && i > 3_000 ? 1 : 0;
    }

    assertThat(late).isLessThan(10);
  }
}
