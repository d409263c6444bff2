package org.millrace.kernel.warc;

import java.util.Locale;
import java.util.Set;

/** Status line and header of an HTTP response, read leniently. */
final class HttpHead {

  private static final Set<String> WANTED =
      Set.of("content-type", "content-encoding", "transfer-encoding");
  private static final String PROTOCOL = "HTTP/";

  private final HeaderLines lines = new HeaderLines(WANTED);
  private final int status;
  private final int end;
  private final boolean whole;

  private HttpHead(Content content) {
    int at = 0;
    while (at < content.kept() && content.at(at) != '\n') {
      at++;
    }
    this.status = status(content, at);
    boolean more = at < content.kept();
    at++;
    while (more && at < content.kept()) {
      more = lines.take(content.at(at++));
    }
    this.whole = !more;
    this.end = Math.min(at, content.kept());
  }

  /** Reads the head at the beginning of a record's content; null if there is none. */
  static HttpHead of(Content content) {
    for (int i = 0; i < PROTOCOL.length(); i++) {
      if (i >= content.kept() || content.at(i) != PROTOCOL.charAt(i)) {
        return null;
      }
    }
    return new HttpHead(content);
  }

  /** Three digits; 0 if there are none. */
  int status() {
    return status;
  }

  /** Whether the empty line was found that ends the head. */
  boolean whole() {
    return whole;
  }

  /** Where the body begins. */
  int end() {
    return end;
  }

  MediaType contentType() {
    return MediaType.of(lines.get("content-type"));
  }

  String contentEncoding() {
    return lines.get("content-encoding");
  }

  boolean chunked() {
    var encoding = lines.get("transfer-encoding");
    return encoding != null && encoding.toLowerCase(Locale.ROOT).contains("chunked");
  }

  private static int status(Content content, int end) {
    int at = PROTOCOL.length();
    while (at < end && content.at(at) != ' ') {
      at++;
    }
    while (at < end && content.at(at) == ' ') {
      at++;
    }
    int status = 0;
    for (int i = 0; i < 3; i++, at++) {
      int digit = at < end ? Character.digit(content.at(at), 10) : -1;
      if (digit < 0) {
        return 0;
      }
      status = 10 * status + digit;
    }
    return status;
  }
}
