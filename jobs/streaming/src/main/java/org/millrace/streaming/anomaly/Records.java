package org.millrace.streaming.anomaly;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.millrace.schema.AnomalousVariable;
import org.millrace.schema.Anomaly;
import org.millrace.schema.LateMetric;
import org.millrace.schema.Partner;
import org.millrace.schema.SeriesStatus;
import org.millrace.streaming.anomaly.input.Reading;
import org.millrace.streaming.anomaly.rola.Alert;
import org.millrace.streaming.anomaly.rola.Direction;
import org.millrace.streaming.anomaly.rola.PartnerVote;
import org.millrace.streaming.anomaly.rola.Report;
import org.millrace.streaming.anomaly.rola.StatusChange;
import org.millrace.streaming.anomaly.rola.VariableScore;
import org.millrace.streaming.job.Fingerprint;

/** What a monitor says, as the records of the contracts. */
final class Records {

  /** Version of the Anomaly record. */
  private static final int SCHEMA = 1;

  private Records() {}

  static Anomaly anomaly(Alert alert) {
    return Anomaly.newBuilder()
        .setSchema$(SCHEMA)
        .setAlertId(alert.alertId())
        .setDevice(alert.device())
        .setKind(alert.kind().name())
        .setOpenTs(alert.openTs())
        .setTs(alert.ts())
        .setCloseTs(alert.closeTs().isPresent() ? alert.closeTs().getAsLong() : null)
        .setDetector(alert.detector())
        .setMode(alert.mode())
        .setSeverity(alert.severity().name())
        .setScore(alert.score())
        .setPeakTs(alert.peakTs())
        .setReports(alert.reports())
        .setVariables(variables(alert.variables()))
        .setPartners(partners(alert.partners()))
        .setStatus(alert.status().name())
        .setAfterGap(alert.afterGap())
        .setConfigHash(alert.configHash())
        .build();
  }

  /** A single anomalous row, under an id of its own. */
  static Anomaly report(Report report, String detector, String mode) {
    return Anomaly.newBuilder()
        .setSchema$(SCHEMA)
        .setAlertId(Fingerprint.hex(report.device(), String.valueOf(report.ts()), detector))
        .setDevice(report.device())
        .setKind("REPORT")
        .setOpenTs(report.ts())
        .setTs(report.ts())
        .setCloseTs(null)
        .setDetector(detector)
        .setMode(mode)
        .setSeverity(report.severity().name())
        .setScore(report.score())
        .setPeakTs(report.ts())
        .setReports(1)
        .setVariables(variables(report.variables()))
        .setPartners(partners(report.partners()))
        .setStatus("ANOMALOUS")
        .setAfterGap(report.afterGap())
        .setConfigHash("")
        .build();
  }

  private static List<AnomalousVariable> variables(List<VariableScore> scores) {
    var worstFirst = new ArrayList<>(scores);
    worstFirst.sort(
        Comparator.comparingDouble(VariableScore::score)
            .reversed()
            .thenComparing(VariableScore::name));
    return worstFirst.stream().map(Records::variable).toList();
  }

  private static AnomalousVariable variable(VariableScore score) {
    boolean expected = !Double.isNaN(score.expected());
    return new AnomalousVariable(
        score.name(),
        score.value(),
        expected ? score.expected() : null,
        expected ? score.residual() : null,
        score.score(),
        score.direction() == Direction.BOTH ? "NONE" : score.direction().name(),
        score.attribution());
  }

  private static List<Partner> partners(List<PartnerVote> votes) {
    return votes.stream()
        .map(vote -> new Partner(vote.name(), vote.r(), vote.n(), vote.agreed()))
        .toList();
  }

  static SeriesStatus status(StatusChange change) {
    return new SeriesStatus(change.device(), change.variable(), change.ts(), change.to().name());
  }

  static LateMetric late(Reading reading, int i, long lateness) {
    double value = reading.values()[i];
    return new LateMetric(
        reading.device(),
        reading.variables()[i],
        reading.ts(),
        Double.isNaN(value) ? null : value,
        lateness);
  }
}
