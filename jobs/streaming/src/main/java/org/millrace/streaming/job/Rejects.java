package org.millrace.streaming.job;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.millrace.schema.RejectedRecord;

/** Makes the records of the quarantine, and decodes with one. */
final class Rejects {

  private static final int KEPT = 4096;

  private Rejects() {}

  private static String text(byte[] record, int length) {
    // Four bytes a code point at most, so that this keeps enough.
    int bytes = Math.min(length, 4 * KEPT);
    return new String(record, 0, bytes, StandardCharsets.UTF_8);
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
    out.begin(source, position);
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
    out.begin(source, position);
    out.rejected(reason, record, length);
  }

  /** Gathers the arrivals of one record. */
  static final class Collecting<T> implements Decoder.Out<T> {

    final ArrayDeque<Arrival<T>> arrivals = new ArrayDeque<>();

    private String source;
    private long position;

    void begin(String source, long position) {
      this.source = source;
      this.position = position;
      arrivals.clear();
    }

    /** Sets the whole record apart. */
    void rejected(String reason, byte[] record, int length) {
      rejected(reason, null, text(record, length));
    }

    private void rejected(String reason, String field, String text) {
      var kept = text.length() > KEPT ? text.substring(0, KEPT) : text;
      arrivals.add(Arrival.rejected(new RejectedRecord(reason, source, position, kept, field)));
    }

    @Override
    public void value(T value, long ts, String clock) {
      arrivals.add(Arrival.of(value, ts, clock));
    }

    @Override
    public void rejected(String field, String text, BadRecord why) {
      rejected(why.getMessage(), field, text);
    }

    @Override
    public void dropped(String rule) {
      arrivals.add(Arrival.dropped(rule));
    }
  }
}
