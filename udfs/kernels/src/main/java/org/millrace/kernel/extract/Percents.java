package org.millrace.kernel.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Percent-encoding (RFC 3986, section 2.1), of UTF-8. */
final class Percents {

  private static final String UNRESERVED = "-._~";
  private static final String RESERVED = "!$&'()*+,;=:@/?[]|";
  private static final String HEX = "0123456789ABCDEF";

  private Percents() {}

  /**
   * Encodes what must be, decodes what is encoded without need, and writes the rest in upper case;
   * a percent sign that encodes nothing becomes {@code %25}.
   */
  static String normal(String text) {
    var bytes = text.getBytes(UTF_8);
    var normal = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int c = bytes[i] & 0xFF;
      int encoded = c == '%' ? octet(bytes, i) : -1;
      if (encoded >= 0) {
        append(normal, encoded, unreserved(encoded));
        i += 2;
      } else {
        append(normal, c, unreserved(c) || RESERVED.indexOf(c) >= 0);
      }
    }
    return normal.toString();
  }

  /** Decodes whatever is encoded. */
  static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var bytes = text.getBytes(UTF_8);
    var decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int encoded = bytes[i] == '%' ? octet(bytes, i) : -1;
      decoded.write(encoded < 0 ? bytes[i] : encoded);
      i += encoded < 0 ? 0 : 2;
    }
    return decoded.toString(UTF_8);
  }

  private static int octet(byte[] bytes, int at) {
    int high = at + 2 < bytes.length ? Character.digit(bytes[at + 1], 16) : -1;
    int low = high < 0 ? -1 : Character.digit(bytes[at + 2], 16);
    return low < 0 ? -1 : high << 4 | low;
  }

  private static boolean unreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0;
  }

  private static void append(StringBuilder to, int c, boolean bare) {
    if (bare) {
      to.append((char) c);
    } else {
      to.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
    }
  }
}
