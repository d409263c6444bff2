package org.millrace.streaming.anomaly.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.streaming.anomaly.evaluate.NabFile;
import org.millrace.streaming.anomaly.evaluate.NabProfile;
import org.millrace.streaming.anomaly.evaluate.NabScorer;

/** The ensemble as it comes, one setting for all files, one alert per episode. */
class NabTest {

  private static final long SEED = 42;

  private static BitSet alerts(double[] values) {
    var detector = new EnsembleDetector(SEED);
    var flags = new BitSet(values.length);
    for (int row = 0; row < values.length; row++) {
      flags.set(row, detector.observe(values[row]) == Verdict.ANOMALOUS);
    }
    return NabScorer.opens(flags, EnsembleDetector.EPISODE_GAP);
  }

  @Test
  void ensembleOnTheSharedFiles() throws IOException {
    var files = NabFile.all();
    var alerts = new ArrayList<BitSet>();
    for (var file : files) {
      alerts.add(alerts(file.values()));
    }

    assertThat(score(files, alerts, NabProfile.STANDARD)).isGreaterThan(72);
    assertThat(score(files, alerts, NabProfile.LOW_FP)).isGreaterThan(63);
    assertThat(score(files, alerts, NabProfile.LOW_FN)).isGreaterThan(77);
  }

  private static double score(List<NabFile> files, List<BitSet> alerts, NabProfile profile) {
    return new NabScorer(NabFile.labels(files), profile).ofFlags(alerts);
  }
}
