package org.millrace.streaming.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.command.UserError;
import org.millrace.schema.RejectedRecord;

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
    try (var file = RecordFile.open(path, format)) {
      var found = new Rejects.Collecting<T>();
      while (file.next(found)) {
        for (var arrival : found.arrivals) {
          if (arrival.value() != null) {
            visitor.value(path, file.line(), arrival.value(), arrival.ts());
          }
        }
      }
    }
  }

  /**
   * The files without a record; reads each as far as its first.
   *
   * @throws UserError if that is all of them, or if the header of one can't be used
   */
  static List<String> empty(List<String> paths, Format<?> format) throws IOException {
    var empty = new ArrayList<String>();
    boolean headers = false;
    for (var path : paths) {
      try (var file = RecordFile.open(path, format)) {
        headers |= file.hasHeader();
        if (!file.advanceToRecord()) {
          empty.add(path);
        }
      }
    }
    if (empty.size() == paths.size()) {
      throw new UserError(
          "--input %s: %s%s",
          empty.get(0),
          headers ? "no records in it" : "empty, not even a header",
          empty.size() == 1 ? "" : "; nor in the other " + (empty.size() - 1) + " files");
    }
    return empty;
  }

  /** The first record that can't be used, in the order of files and lines. */
  static <T> Optional<RejectedRecord> firstRejected(List<String> paths, Format<T> format)
      throws IOException {
    var found = new Rejects.Collecting<T>();
    for (var path : paths) {
      try (var file = RecordFile.open(path, format)) {
        while (file.next(found)) {
          for (var arrival : found.arrivals) {
            if (arrival.rejected() != null) {
              return Optional.of(arrival.rejected());
            }
          }
        }
      }
    }
    return Optional.empty();
  }
}
