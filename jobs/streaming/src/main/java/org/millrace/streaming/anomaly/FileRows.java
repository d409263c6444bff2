package org.millrace.streaming.anomaly;

import java.util.Map;
import org.millrace.streaming.anomaly.input.Reading;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.job.Format;

/**
 * Each file as a device whose rows come one a second in the order in which they stand there, so
 * that each gets a verdict, whatever times it has. A row's number depends on its line alone.
 *
 * @param format of the records; the device that it finds does not count
 * @param devices by the path of the file
 */
record FileRows(Format<Reading> format, Map<String, String> devices) implements Format<Reading> {

  private static final long STEP_MILLIS = 1_000;

  /** The number, from 0, of the row of a line. */
  int row(long line) {
    return Math.toIntExact(format.header() == Header.FIRST_LINE ? line - 2 : line - 1);
  }

  /** The number of the row that had this time in the stream. */
  static int rowAt(long ts) {
    return Math.toIntExact(ts / STEP_MILLIS);
  }

  @Override
  public Header header() {
    return format.header();
  }

  @Override
  public Decoder<Reading> decoder(String source, String header) {
    var decoder = format.decoder(source, header);
    var device = devices.get(source);
    return new Decoder<>() {
      @Override
      public void decode(byte[] record, int length, Out<Reading> out) {
        throw new UnsupportedOperationException("a row without its line has no number");
      }

      @Override
      public void decode(byte[] record, int length, long line, Out<Reading> out) throws BadRecord {
        decoder.decode(record, length, line, renamed(device, row(line) * STEP_MILLIS, out));
      }
    };
  }

  private static Decoder.Out<Reading> renamed(String device, long rowTs, Decoder.Out<Reading> out) {
    return new Decoder.Out<>() {
      @Override
      public void value(Reading value, long ts, String clock) {
        out.value(
            new Reading(device, rowTs, value.variables(), value.values(), value.arrived()),
            rowTs,
            device);
      }

      @Override
      public void rejected(String field, String text, BadRecord why) {
        out.rejected(field, text, why);
      }

      @Override
      public void dropped(String rule) {
        out.dropped(rule);
      }
    };
  }
}
