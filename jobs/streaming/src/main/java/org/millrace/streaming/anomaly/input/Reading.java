package org.millrace.streaming.anomaly.input;

/**
 * Values of one device at one time: a row, or a part of one.
 *
 * @param device not empty
 * @param ts event time, milliseconds since 1970 UTC
 * @param variables their names, no two the same
 * @param values one a variable; NaN where the device reported none. Not to be changed.
 * @param arrived when it was read, by this machine's clock: for metrics, never for results
 */
public record Reading(String device, long ts, String[] variables, double[] values, long arrived) {}
