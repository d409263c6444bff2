package org.millrace.streaming.anomaly;

import java.util.Locale;
import org.millrace.streaming.anomaly.detect.EnsembleDetector;
import org.millrace.streaming.anomaly.rola.MonitorConfig;

/** What watches each variable. */
enum DetectorKind {
  /** RePAD2; with the vote, the paper's RoLA. */
  ROLA(MonitorConfig.EPISODE_GAP, 20_000),
  /** Neighbours, a forest and the season. */
  ENSEMBLE(EnsembleDetector.EPISODE_GAP, 200),
  /** The values at the same phase of the last periods. */
  SEASONAL(MonitorConfig.EPISODE_GAP, 1_000),
  /** The tail of the distances from the last median. */
  TAIL(MonitorConfig.EPISODE_GAP, 4_000),
  /** Random Cut Forest. */
  FOREST(MonitorConfig.EPISODE_GAP, 200);

  /** Quiet rows after which an episode closes. */
  final int episodeGap;

  /** Devices on the heap: with ten variables each, some hundred MB; of forests, some GB. */
  final int devicesOnHeap;

  DetectorKind(int episodeGap, int devicesOnHeap) {
    this.episodeGap = episodeGap;
    this.devicesOnHeap = devicesOnHeap;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
