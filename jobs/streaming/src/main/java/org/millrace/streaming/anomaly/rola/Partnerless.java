package org.millrace.streaming.anomaly.rola;

import java.util.List;

/**
 * Variables of a row that were flagged and had no partner to confirm or deny it, whatever {@link
 * MonitorConfig.NoPartner} makes of them.
 *
 * @param ts event time of the row, in milliseconds
 * @param variables by name, at least one
 */
public record Partnerless(String device, long ts, List<String> variables) implements MonitorEvent {

  public Partnerless {
    variables = List.copyOf(variables);
  }
}
