package org.millrace.streaming.anomaly.rola;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.millrace.streaming.anomaly.rola.Alert.Kind;
import org.millrace.streaming.anomaly.rola.MonitorConfig.Learning;
import org.millrace.streaming.job.Fingerprint;

/**
 * Turns the reports of a device into episodes. The first report opens one at once; later ones
 * extend it and are silent unless its severity grows or variables join; it closes after enough
 * quiet rows, so a level that became the baseline closes by itself.
 */
public final class Episodes {

  /**
   * Whose episodes these are.
   *
   * @param configHash of the whole configuration
   */
  public record Origin(String device, String detector, String mode, String configHash) {}

  private final Origin origin;
  private final MonitorConfig config;
  private final Function<String, SeriesStatus> statuses;

  private boolean open;
  private long openTs;
  private long reportTs;
  private long peakTs;
  private double peak;
  private Severity severity;
  private boolean afterGap;
  private long reports;
  private int quiet;
  private int sinceReport;
  private final Map<String, VariableScore> variables = new LinkedHashMap<>();
  private final Map<String, PartnerVote> partners = new LinkedHashMap<>();

  /**
   * None yet.
   *
   * @param statuses the present status of a variable
   */
  public Episodes(Origin origin, MonitorConfig config, Function<String, SeriesStatus> statuses) {
    this.origin = origin;
    this.config = config;
    this.statuses = statuses;
  }

  /** Whether there is an open episode. */
  public boolean open() {
    return open;
  }

  /** Takes the report of a row. */
  public List<Alert> report(Report report) {
    boolean opening = !open;
    if (opening) {
      begin(report);
    }
    boolean grown = report.severity().compareTo(severity) > 0;
    int members = variables.size();
    extend(report);
    if (opening) {
      return List.of(alert(Kind.OPEN, report.ts(), OptionalLong.empty()));
    }
    return grown || variables.size() > members
        ? List.of(alert(Kind.UPDATE, report.ts(), OptionalLong.empty()))
        : List.of();
  }

  private void begin(Report report) {
    open = true;
    openTs = report.ts();
    peak = 0;
    severity = report.severity();
    afterGap = report.afterGap();
    reports = 0;
    variables.clear();
    partners.clear();
  }

  private void extend(Report report) {
    reportTs = report.ts();
    reports++;
    quiet = 0;
    sinceReport = 0;
    if (report.score() > peak) {
      peak = report.score();
      peakTs = report.ts();
    }
    if (report.severity().compareTo(severity) > 0) {
      severity = report.severity();
    }
    for (var variable : report.variables()) {
      variables.merge(variable.name(), variable, (a, b) -> b.score() > a.score() ? b : a);
    }
    for (var partner : report.partners()) {
      partners.put(partner.name(), partner);
    }
  }

  /** Takes the time of a row without a report. */
  public List<Alert> quiet(long ts) {
    if (!open) {
      return List.of();
    }
    sinceReport++;
    if (!learning()) {
      quiet++;
    }
    return quiet >= config.episodeGap() ? close(ts) : List.of();
  }

  private boolean learning() {
    return config.learning() == Learning.EXTENDS_EPISODE
        && sinceReport <= MonitorConfig.MAX_LEARNING_GAPS * config.episodeGap()
        && (status() == SeriesStatus.ANOMALOUS || status() == SeriesStatus.WARMING_UP);
  }

  /** Closes the open episode, if there is one, at a time after which nothing is expected. */
  public List<Alert> close(long ts) {
    if (!open) {
      return List.of();
    }
    var alert = alert(Kind.CLOSE, ts, OptionalLong.of(reportTs));
    open = false;
    return List.of(alert);
  }

  private SeriesStatus status() {
    return variables.keySet().stream()
        .map(statuses)
        .max(Comparator.comparingInt(Episodes::badness))
        .orElse(SeriesStatus.OK);
  }

  private static int badness(SeriesStatus status) {
    return switch (status) {
      case OK -> 0;
      case STALE -> 1;
      case WARMING_UP -> 2;
      case ANOMALOUS -> 3;
    };
  }

  private Alert alert(Kind kind, long ts, OptionalLong closeTs) {
    return new Alert(
        Fingerprint.hex(origin.device(), Long.toString(openTs), origin.detector()),
        origin.device(),
        kind,
        openTs,
        ts,
        closeTs,
        origin.detector(),
        origin.mode(),
        severity,
        peak,
        peakTs,
        reports,
        VariableScore.attributed(new ArrayList<>(variables.values())),
        new ArrayList<>(partners.values()),
        status(),
        afterGap,
        origin.configHash());
  }

  /** Writes the open episode, or that there is none. */
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(open);
    if (!open) {
      return;
    }
    out.writeLong(openTs);
    out.writeLong(reportTs);
    out.writeLong(peakTs);
    out.writeDouble(peak);
    out.writeByte(severity.ordinal());
    out.writeBoolean(afterGap);
    out.writeLong(reports);
    out.writeInt(quiet);
    out.writeInt(sinceReport);
    out.writeShort(variables.size());
    for (var variable : variables.values()) {
      out.writeUTF(variable.name());
      out.writeDouble(variable.value());
      out.writeDouble(variable.expected());
      out.writeDouble(variable.score());
    }
    out.writeShort(partners.size());
    for (var partner : partners.values()) {
      out.writeUTF(partner.name());
      out.writeDouble(partner.r());
      out.writeInt(partner.n());
      out.writeBoolean(partner.agreed());
    }
  }

  /** Takes up what {@link #write} wrote; for one that has seen nothing. */
  void read(DataInput in) throws IOException {
    open = in.readBoolean();
    if (!open) {
      return;
    }
    openTs = in.readLong();
    reportTs = in.readLong();
    peakTs = in.readLong();
    peak = in.readDouble();
    severity = Codes.of(Severity.values(), in);
    afterGap = in.readBoolean();
    reports = in.readLong();
    quiet = in.readInt();
    sinceReport = in.readInt();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      var name = in.readUTF();
      double value = in.readDouble();
      double expected = in.readDouble();
      variables.put(
          name,
          new VariableScore(
              name, value, expected, in.readDouble(), Direction.of(value, expected), 0));
    }
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      var name = in.readUTF();
      partners.put(name, new PartnerVote(name, in.readDouble(), in.readInt(), in.readBoolean()));
    }
  }
}
