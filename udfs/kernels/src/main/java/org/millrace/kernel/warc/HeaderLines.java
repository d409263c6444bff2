package org.millrace.kernel.warc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The header lines of a record or of an HTTP response, of which only some fields are kept. */
final class HeaderLines {

  /** A line is kept up to so many bytes. */
  static final int LONGEST_LINE = 1 << 16;

  private final Set<String> wanted;
  private final Map<String, String> fields = new HashMap<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private String last;

  /**
   * @param wanted lower-case names of the fields to keep
   */
  HeaderLines(Set<String> wanted) {
    this.wanted = wanted;
  }

  /** Takes the next byte; false once the empty line is read that ends a header. */
  boolean take(int c) {
    if (c != '\n') {
      if (line.size() < LONGEST_LINE) {
        line.write(c);
      }
      return true;
    }
    var text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (text.isEmpty() || text.equals("\r")) {
      return false;
    }
    if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
      unfold(text.strip());
    } else {
      field(text);
    }
    return true;
  }

  /** The first value of a field; null if there is none or it is empty. */
  String get(String name) {
    var value = fields.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private void field(String text) {
    int colon = text.indexOf(':');
    var name = colon < 0 ? "" : text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    last = wanted.contains(name) && !fields.containsKey(name) ? name : null;
    if (last != null) {
      fields.put(name, text.substring(colon + 1).strip());
    }
  }

  private void unfold(String text) {
    if (last != null && fields.get(last).length() < LONGEST_LINE) {
      fields.merge(last, text, (a, b) -> a.isEmpty() ? b : a + " " + b);
    }
  }
}
