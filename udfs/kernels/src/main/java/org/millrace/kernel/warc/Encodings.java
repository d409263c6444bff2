package org.millrace.kernel.warc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** Content encodings (RFC 9110, section 8.4.1): gzip, deflate and br. */
final class Encodings {

  private static final int MOST = 4;

  private Encodings() {}

  /**
   * Undoes the encodings that a Content-Encoding field lists, the last one first. A body that says
   * gzip but isn't stays as it is, because many crawlers decode it but keep the field.
   *
   * @param field null if the response has none
   * @param limit of each result in bytes
   * @throws BadPayload if the body is broken, grows beyond the limit or its encoding is unknown
   */
  static byte[] decoded(byte[] body, String field, int limit) throws BadPayload {
    if (field == null || body.length == 0) {
      return body;
    }
    var names = field.toLowerCase(Locale.ROOT).split(",", -1);
    if (names.length > MOST) {
      throw new BadPayload("the body has " + names.length + " content encodings");
    }
    var plain = body;
    for (int i = names.length - 1; i >= 0; i--) {
      plain = undone(plain, names[i].strip(), limit);
    }
    return plain;
  }

  private static byte[] undone(byte[] body, String name, int limit) throws BadPayload {
    try {
      return switch (name) {
        case "", "identity", "none", "utf-8" -> body;
        case "gzip", "x-gzip" ->
            gzip(body) ? read(new GZIPInputStream(new ByteArrayInputStream(body)), limit) : body;
        case "deflate" -> deflated(body, limit);
        case "br" -> read(new BrotliInputStream(new ByteArrayInputStream(body)), limit);
        default -> throw new BadPayload("content encoding " + brief(name) + " is not supported");
      };
    } catch (IOException | RuntimeException e) {
      throw new BadPayload("the body is no whole " + name + ": " + e.getMessage());
    }
  }

  private static byte[] deflated(byte[] body, int limit) throws IOException, BadPayload {
    boolean wrapped =
        body.length > 1
            && (body[0] & 0x0F) == 8
            && ((body[0] & 0xFF) << 8 | body[1] & 0xFF) % 31 == 0;
    var inflater = new Inflater(!wrapped);
    try {
      return read(new InflaterInputStream(new ByteArrayInputStream(body), inflater), limit);
    } finally {
      inflater.end();
    }
  }

  private static boolean gzip(byte[] body) {
    return body.length > 1 && (body[0] & 0xFF) == 0x1F && (body[1] & 0xFF) == 0x8B;
  }

  private static byte[] read(InputStream in, int limit) throws IOException, BadPayload {
    try (in) {
      var whole = new ByteArrayOutputStream();
      var some = new byte[1 << 14];
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        if (whole.size() + n > limit) {
          throw new BadPayload("the decoded body is larger than " + limit + " bytes");
        }
        whole.write(some, 0, n);
      }
      return whole.toByteArray();
    }
  }

  private static String brief(String name) {
    return name.length() > 40 ? name.substring(0, 40) + "…" : name;
  }
}
