package org.millrace.streaming.job;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.millrace.schema.RejectedRecord;

/** Makes the records of the quarantine, and decodes with one. */
final class Rejects {

  private static final int KEPT = 4096;

  private Rejects() {}

  static RejectedRecord of(String reason, String source, long position, byte[] record, int length) {
    // Four bytes a code point at most, so that this keeps enough.
    int bytes = Math.min(length, 4 * KEPT);
    var text = new String(record, 0, bytes, StandardCharsets.UTF_8);
    return new RejectedRecord(
        reason, source, position, text.length() > KEPT ? text.substring(0, KEPT) : text);
  }

  /** The class of a reason, what stands before its colon. */
  static String kind(String reason) {
    int colon = reason.indexOf(':');
    return colon < 0 ? reason : reason.substring(0, colon);
  }

  /** Decodes a record into arrivals; a bad one into a single rejected one. */
  static <T> void decode(
      Decoder<T> decoder,
      String source,
      long position,
      byte[] record,
      int length,
      Collecting<T> out) {
    out.begin();
    String reason;
    try {
      decoder.decode(record, length, position, out);
      return;
    } catch (BadRecord e) {
      reason = e.getMessage();
    } catch (RuntimeException e) {
      // A decoder must not die of its input; what it missed is seen in the quarantine.
      reason = "unreadable: " + e.getClass().getSimpleName();
    }
    out.begin();
    out.add(Arrival.rejected(of(reason, source, position, record, length)));
  }

  /** Gathers the arrivals of one record. */
  static final class Collecting<T> implements Decoder.Out<T> {

    final ArrayDeque<Arrival<T>> arrivals = new ArrayDeque<>();

    void begin() {
      arrivals.clear();
    }

    void add(Arrival<T> arrival) {
      arrivals.add(arrival);
    }

    @Override
    public void value(T value, long ts, String clock) {
      arrivals.add(Arrival.of(value, ts, clock));
    }

    @Override
    public void dropped(String rule) {
      arrivals.add(Arrival.dropped(rule));
    }
  }
}
