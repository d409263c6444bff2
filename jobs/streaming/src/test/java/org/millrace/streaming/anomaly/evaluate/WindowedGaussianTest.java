package org.millrace.streaming.anomaly.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A published detector gets its published score, which says that the scorer is NAB's. */
class WindowedGaussianTest {

  private static final int WINDOW = 6_400;
  private static final int STEP = 100;
  private static final double LEAST_SIGMA = 1e-6;

  /** Where 1 - Q(z) rounds to the published threshold 1.0 at the 12 digits of published scores. */
  private static final double CERTAIN = 7.1305;

  /** Distance of each value from the mean of up to 6 400 earlier ones, in standard deviations. */
  private static double[] scores(double[] values) {
    var scores = new double[values.length];
    int from = 0;
    int to = 0;
    double mean = 0;
    double sigma = 1;
    for (int i = 0; i < values.length; i++) {
      scores[i] = i == 0 ? 0 : Math.abs(values[i] - mean) / sigma;
      boolean filling = i < WINDOW;
      if (filling || (i + 1 - to) == STEP) {
        to = i + 1;
        from = Math.max(0, to - WINDOW);
        mean = mean(values, from, to);
        sigma = sigma(values, from, to, mean);
      }
    }
    return scores;
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum / (to - from);
  }

  private static double sigma(double[] values, int from, int to, double mean) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (values[i] - mean) * (values[i] - mean);
    }
    double sigma = Math.sqrt(sum / (to - from));
    return sigma == 0 ? LEAST_SIGMA : sigma;
  }

  @Test
  void windowedGaussianGetsItsPublishedScores() throws IOException {
    var files = NabFile.all();
    var scores = files.stream().map(file -> scores(file.values())).toList();

    assertThat(score(files, scores, NabProfile.STANDARD)).isCloseTo(34.0, within(.05));
    assertThat(score(files, scores, NabProfile.LOW_FP)).isCloseTo(11.5, within(.05));
    assertThat(score(files, scores, NabProfile.LOW_FN)).isCloseTo(42.8, within(.05));
  }

  private static double score(List<NabFile> files, List<double[]> scores, NabProfile profile) {
    return new NabScorer(NabFile.labels(files), profile).ofScores(scores, CERTAIN);
  }
}
