package org.millrace.streaming.anomaly;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** How long rows take from being read to being judged, by the machine's clock. */
final class Latency {

  private static final int SAMPLES = 4096;

  /** A sample of rows is enough for quantiles, and keeps the clock off the path. */
  private static final int EVERY = 16;

  private final DescriptiveStatisticsHistogram histogram =
      new DescriptiveStatisticsHistogram(SAMPLES);
  private int left = 1;

  void register(MetricGroup metrics) {
    metrics.histogram("verdictLatencyMillis", histogram);
  }

  void update(long arrived) {
    if (--left == 0) {
      left = EVERY;
      histogram.update(System.currentTimeMillis() - arrived);
    }
  }
}
