package org.millrace.streaming.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One reading of a file outside the stream. */
public final class FileScan {

  /** Takes what is read. */
  public interface Visitor<T> {

    /**
     * A good value.
     *
     * @param path of the file
     * @param line its number, from 1
     * @param ts event time
     */
    void value(String path, long line, T value, long ts);
  }

  private FileScan() {}

  static <T> void of(String path, Format<T> format, Visitor<T> visitor) throws IOException {
    try (var lines = new Lines(Paths.open(path))) {
      String header = null;
      if (format.header() == Format.Header.FIRST_LINE) {
        if (!lines.advance()) {
          return;
        }
        header = new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8);
      }
      var decoder = format.decoder(path, header);
      var found = new Rejects.Collecting<T>();
      while (lines.advance()) {
        if (lines.blank() || lines.cut()) {
          continue;
        }
        Rejects.decode(decoder, path, lines.number(), lines.bytes(), lines.length(), found);
        for (var arrival : found.arrivals) {
          if (arrival.value() != null) {
            visitor.value(path, lines.number(), arrival.value(), arrival.ts());
          }
        }
      }
    }
  }
}
