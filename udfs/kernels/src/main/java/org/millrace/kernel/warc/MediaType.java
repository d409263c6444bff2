package org.millrace.kernel.warc;

import java.util.Locale;
import java.util.Set;

/**
 * A content type.
 *
 * @param name type and subtype in lower case; empty if unknown
 * @param charset null if not declared
 */
record MediaType(String name, String charset) {

  private static final Set<String> PAGES =
      Set.of("text/html", "application/xhtml+xml", "text/plain");

  /** Reads a Content-Type field; null gives an unknown type. */
  static MediaType of(String field) {
    if (field == null) {
      return new MediaType("", null);
    }
    var parts = field.split(";", 16);
    String charset = null;
    for (int i = 1; i < parts.length && charset == null; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0 && parts[i].substring(0, equals).strip().equalsIgnoreCase("charset")) {
        var value = parts[i].substring(equals + 1).replaceAll("[\"']", "").strip();
        charset = value.isEmpty() ? null : value;
      }
    }
    return new MediaType(parts[0].strip().toLowerCase(Locale.ROOT), charset);
  }

  /** Whether pages of this type are read. */
  boolean page() {
    return PAGES.contains(name);
  }
}
