package org.millrace.kernel.warc;

import java.util.Locale;
import java.util.Set;

/** The named fields of a WARC record (ISO 28500, section 5), as far as they matter here. */
final class RecordHead {

  private static final Set<String> WANTED =
      Set.of(
          "warc-type",
          "warc-record-id",
          "warc-date",
          "warc-target-uri",
          "warc-identified-payload-type",
          "content-type",
          "content-length");

  /** Beyond so many digits a length is no length. */
  private static final int MOST_DIGITS = 18;

  private final HeaderLines lines = new HeaderLines(WANTED);

  boolean take(int c) {
    return lines.take(c);
  }

  /** The WARC type in lower case; null if it is missing. */
  String type() {
    var type = lines.get("warc-type");
    return type == null ? null : type.toLowerCase(Locale.ROOT);
  }

  String id() {
    return bare(lines.get("warc-record-id"));
  }

  String date() {
    return lines.get("warc-date");
  }

  String url() {
    return bare(lines.get("warc-target-uri"));
  }

  MediaType contentType() {
    return MediaType.of(lines.get("content-type"));
  }

  MediaType payloadType() {
    return MediaType.of(lines.get("warc-identified-payload-type"));
  }

  /** The bytes of the record's content; -1 if that isn't said. */
  long length() {
    var text = lines.get("content-length");
    boolean number =
        text != null
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Long.parseLong(text) : -1;
  }

  private static String bare(String text) {
    boolean bracketed = text != null && text.startsWith("<") && text.endsWith(">");
    return bracketed ? text.substring(1, text.length() - 1) : text;
  }
}
