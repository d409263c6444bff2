package org.millrace.streaming.anomaly.rola;

/**
 * The status of a variable changed.
 *
 * @param ts event time of the row, in milliseconds
 * @param from null when the variable is seen for the first time
 * @param afterGap whether a gap in time is why, or was recently
 */
public record StatusChange(
    String device, String variable, long ts, SeriesStatus from, SeriesStatus to, boolean afterGap)
    implements MonitorEvent {}
