package org.millrace.streaming.page;

import java.util.Locale;

/** Text and numbers as they stand in the page; the result is also well-formed XML. */
public final class Html {

  /** What stands for a number that is not known. */
  public static final String NOTHING = "–";

  private static final int CONTROL_PICTURES = 0x2400;

  private Html() {}

  /**
   * Escapes a text for element content and quoted attributes: markup by references, control
   * characters by their pictures, what is no character by U+FFFD.
   */
  public static String text(String raw) {
    var out = new StringBuilder(raw.length() + 16);
    raw.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\t', '\n' -> out.append((char) c);
      default -> {
        if (c < ' ') {
          out.append((char) (CONTROL_PICTURES + c));
        } else if (c >= 0x7f && c <= 0x9f
            || Character.getType(c) == Character.SURROGATE
            || (c & 0xfffe) == 0xfffe) {
          out.append('\ufffd');
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  /** A count with thousands separated, as in {@code 3,708}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A number with fixed decimals and a minus sign that is one. */
  public static String decimals(double number, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number).replace('-', '−');
  }

  /** A value of a series in at most four digits, for the axis. */
  public static String axis(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size >= 1e6 || size < 1e-3) {
      var power = String.format(Locale.ROOT, "%.2e", value).replaceFirst("e([+-])0*", "e$1");
      return power.replace("+", "").replace('-', '−');
    }
    int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4;
    var text = decimals(value, decimals);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** A length in pixels with a decimal at most. */
  public static String pixels(double pixels) {
    var text = String.format(Locale.ROOT, "%.1f", pixels);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
