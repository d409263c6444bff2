package org.millrace.streaming.anomaly.rola;

import java.util.List;

/**
 * A row of a device that is anomalous.
 *
 * @param ts event time of the row, in milliseconds
 * @param severity {@link Severity#INFO} if no other variable could confirm it
 * @param score the highest of the variables' scores, in thresholds
 * @param variables the confirmed ones, in the order in which the device brought them
 * @param partners that had a vote, in the same order
 * @param afterGap whether one of the variables had a gap in time shortly before
 */
public record Report(
    String device,
    long ts,
    Severity severity,
    double score,
    List<VariableScore> variables,
    List<PartnerVote> partners,
    boolean afterGap)
    implements MonitorEvent {

  public Report {
    variables = List.copyOf(variables);
    partners = List.copyOf(partners);
  }
}
