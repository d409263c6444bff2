package org.millrace.streaming.anomaly.input;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;

/** What a decoder makes of a record. */
record Decoded(List<Reading> readings, List<String> cells, List<String> dropped, String reason) {

  static Decoded of(Decoder<Reading> decoder, String record) {
    return of(decoder, record.getBytes(StandardCharsets.UTF_8));
  }

  static Decoded of(Decoder<Reading> decoder, byte[] record) {
    var readings = new ArrayList<Reading>();
    var cells = new ArrayList<String>();
    var dropped = new ArrayList<String>();
    var out =
        new Decoder.Out<Reading>() {
          @Override
          public void value(Reading value, long ts, String clock) {
            readings.add(value);
          }

          @Override
          public void rejected(String field, String text, BadRecord why) {
            cells.add(field + " '" + text + "': " + why.getMessage());
          }

          @Override
          public void dropped(String rule) {
            dropped.add(rule);
          }
        };
    try {
      decoder.decode(record, record.length, out);
      return new Decoded(readings, cells, dropped, null);
    } catch (BadRecord e) {
      return new Decoded(List.of(), List.of(), List.of(), e.getMessage());
    }
  }

  /** The single reading as text. */
  String only() {
    if (reason != null) {
      return "bad: " + reason;
    }
    var text = new StringBuilder();
    for (var reading : readings) {
      text.append(reading.device()).append('@').append(reading.ts());
      for (int i = 0; i < reading.values().length; i++) {
        text.append(' ').append(reading.variables()[i]).append('=').append(reading.values()[i]);
      }
    }
    return text.toString();
  }
}
