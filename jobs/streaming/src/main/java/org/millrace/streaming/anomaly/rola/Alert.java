package org.millrace.streaming.anomaly.rola;

import java.util.List;
import java.util.OptionalLong;

/**
 * An episode opened, changed or closed. The same rows give the same alerts, with the same ids,
 * wherever and however often they are read.
 *
 * @param alertId of the episode: a hash of device, opening time and detector
 * @param openTs event time of its first report, in milliseconds
 * @param ts event time of this alert
 * @param closeTs event time of its last report, once closed
 * @param detector name of the detector
 * @param mode name of the configuration
 * @param severity the highest so far
 * @param score the highest so far, in thresholds
 * @param peakTs event time of that
 * @param reports how many rows were reported so far
 * @param variables all so far, each at its peak
 * @param partners that had a vote, each as it voted last
 * @param status of the episode's variables, the worst of them
 * @param afterGap whether it opened shortly after a gap in time
 * @param configHash of the whole configuration
 */
public record Alert(
    String alertId,
    String device,
    Kind kind,
    long openTs,
    long ts,
    OptionalLong closeTs,
    String detector,
    String mode,
    Severity severity,
    double score,
    long peakTs,
    long reports,
    List<VariableScore> variables,
    List<PartnerVote> partners,
    SeriesStatus status,
    boolean afterGap,
    String configHash)
    implements MonitorEvent {

  /** What happened to the episode. */
  public enum Kind {
    OPEN,
    /** Its severity grew, or variables joined. */
    UPDATE,
    CLOSE
  }

  public Alert {
    variables = List.copyOf(variables);
    partners = List.copyOf(partners);
  }

  /** Milliseconds from the first to the last report; empty while it is open. */
  public OptionalLong duration() {
    return closeTs.isPresent()
        ? OptionalLong.of(closeTs.getAsLong() - openTs)
        : OptionalLong.empty();
  }
}
