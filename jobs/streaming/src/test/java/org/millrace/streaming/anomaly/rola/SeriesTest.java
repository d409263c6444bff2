package org.millrace.streaming.anomaly.rola;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.streaming.anomaly.detect.Detector;
import org.millrace.streaming.anomaly.detect.Verdict;

class SeriesTest {

  /** Flags what is above 1. */
  private static final class AboveOne implements Detector {

    private double value;

    @Override
    public Verdict observe(double value) {
      this.value = value;
      return value > 1 ? Verdict.ANOMALOUS : Verdict.NORMAL;
    }

    @Override
    public double score() {
      return value;
    }

    @Override
    public double threshold() {
      return 1;
    }

    @Override
    public double expected() {
      return Double.NaN;
    }

    @Override
    public void afterGap() {}

    @Override
    public void write(DataOutput out) {}
  }

  @Test
  void whatStaysFlaggedForLongIsALevelAndNoOutlier() {
    var series = new Series("x", new AboveOne());
    double[] values = {0, 2, 2, 2, 2, 0, 2, Double.NaN, 2};
    var outlying = new ArrayList<Boolean>();
    for (int t = 0; t < values.length; t++) {
      series.observe(t, values[t], MonitorConfig.guarded());
      outlying.add(series.outlying(3));
    }

    assertThat(outlying)
        .isEqualTo(List.of(false, true, true, true, false, false, true, false, true));
  }

  @Test
  void withoutRowsThereAreNoOutliers() {
    var series = new Series("x", new AboveOne());
    series.observe(0, 2, MonitorConfig.paper());

    assertThat(series.outlying(MonitorConfig.paper().outlierRows())).isFalse();
  }

  @Test
  void moreFlagsThanAreRememberedAreNoOutlierEither() {
    var series = new Series("x", new AboveOne());
    for (int t = 0; t < 100; t++) {
      series.observe(t, 2, MonitorConfig.guarded());
    }

    assertThat(series.outlying(MonitorConfig.MAX_LAG)).isFalse();
  }
}
