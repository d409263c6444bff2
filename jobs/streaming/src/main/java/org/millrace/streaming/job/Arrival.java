package org.millrace.streaming.job;

import org.millrace.schema.RejectedRecord;

/**
 * What a source has read: a value, or a record or a field of one for the quarantine, or word that
 * something was left out; one of the three is not null.
 *
 * @param value the value
 * @param ts its event time, milliseconds since 1970 UTC; of no meaning without a value
 * @param clock whose clock gave the time; null without a value
 */
public record Arrival<T>(T value, long ts, String clock, RejectedRecord rejected, String dropped) {

  static <T> Arrival<T> of(T value, long ts, String clock) {
    return new Arrival<>(value, ts, clock, null, null);
  }

  static <T> Arrival<T> rejected(RejectedRecord record) {
    return new Arrival<>(null, Long.MIN_VALUE, null, record, null);
  }

  static <T> Arrival<T> dropped(String rule) {
    return new Arrival<>(null, Long.MIN_VALUE, null, null, rule);
  }
}
