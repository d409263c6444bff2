package org.millrace.streaming.input;

import java.util.ArrayList;
import java.util.List;
import org.millrace.streaming.job.BadRecord;

/** A line of comma- or tab-separated values. */
public final class CsvLine {

  private static final char QUOTE = '"';

  private CsvLine() {}

  /**
   * The fields of a line; quotes as in RFC 4180 if the separator is a comma.
   *
   * @throws BadRecord if a quoted field goes on behind its end or over the line's
   */
  public static List<String> split(String line, char separator) throws BadRecord {
    var fields = new ArrayList<String>();
    boolean quotes = separator == ',';
    int from = 0;
    int length = line.length();
    while (true) {
      if (quotes && from < length && line.charAt(from) == QUOTE) {
        var field = new StringBuilder();
        int at = from + 1;
        while (true) {
          int end = line.indexOf(QUOTE, at);
          if (end < 0) {
            throw new BadRecord("a quoted field goes over the end of the line");
          }
          field.append(line, at, end);
          at = end + 1;
          if (at < length && line.charAt(at) == QUOTE) {
            field.append(QUOTE);
            at++;
          } else {
            break;
          }
        }
        fields.add(field.toString());
        if (at == length) {
          return fields;
        }
        if (line.charAt(at) != separator) {
          throw new BadRecord("text after a quoted field");
        }
        from = at + 1;
      } else {
        int end = line.indexOf(separator, from);
        if (end < 0) {
          fields.add(line.substring(from));
          return fields;
        }
        fields.add(line.substring(from, end));
        from = end + 1;
      }
    }
  }
}
