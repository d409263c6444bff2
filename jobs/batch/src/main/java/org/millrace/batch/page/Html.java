package org.millrace.batch.page;

import java.util.Locale;

/**
 * Text and numbers as they stand in the page's HTML. Everything that comes from outside goes
 * through {@link #text} or {@link #clipped}; the result is also well-formed XML.
 */
public final class Html {

  /** What stands for a number that is not known. */
  public static final String NOTHING = "–";

  /** Longest title attribute in characters: more does not fit on a screen. */
  private static final int TITLE_LIMIT = 2_000;

  private Html() {}

  /**
   * Escapes a text for element content and quoted attributes. Control characters become their
   * pictures (U+2400..) and halves of surrogate pairs U+FFFD, so that no text can end or break the
   * page; tab and line ends stay.
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
      case '\r' -> out.append("&#13;");
      default -> {
        if (c < 0x20) {
          out.append((char) (0x2400 + c));
        } else if (c >= 0x7f && c <= 0x9f || c >= 0xd800 && c <= 0xdfff || (c & 0xfffe) == 0xfffe) {
          out.append('\ufffd');
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  /**
   * A text of at most {@code limit} characters; a longer one ends in an ellipsis and has the whole
   * in its title attribute. Empty text gives the dash.
   */
  public static String clipped(String raw, int limit) {
    if (raw.isBlank()) {
      return "<span class=\"none\">" + NOTHING + "</span>";
    }
    if (raw.codePointCount(0, raw.length()) <= limit) {
      return "<span dir=\"auto\" title=\"" + text(raw) + "\">" + text(raw) + "</span>";
    }
    return "<span dir=\"auto\" title=\""
        + text(head(raw, TITLE_LIMIT))
        + "\">"
        + text(head(raw, limit))
        + "</span>";
  }

  private static String head(String raw, int limit) {
    return raw.codePointCount(0, raw.length()) <= limit
        ? raw
        : raw.substring(0, raw.offsetByCodePoints(0, limit - 1)) + "…";
  }

  /** A share as percent with the given decimals and no sign of percent; dash when not finite. */
  public static String percent(double share, int decimals) {
    if (!Double.isFinite(share)) {
      return NOTHING;
    }
    String digits = String.format(Locale.ROOT, "%." + decimals + "f", 100 * share);
    return digits.matches("-0[.0]*") ? digits.substring(1) : digits.replace('-', '−');
  }

  /** A count with thousands separated, as in {@code 3,708}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A number with at most two decimals and none where it is whole; dash when not finite. */
  public static String number(double number) {
    if (!Double.isFinite(number)) {
      return NOTHING;
    }
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%,.0f", number)
        : String.format(Locale.ROOT, "%,.2f", number);
  }

  /** A number with all its digits, for title and sort attributes; empty when not finite. */
  public static String exact(double number) {
    return Double.isFinite(number) ? Double.toString(number) : "";
  }

  /** A table cell that holds a share as percent, with all digits in its title. */
  public static String percentCell(double share, int decimals) {
    return "<td class=\"n\" title=\""
        + exact(share)
        + "\" data-v=\""
        + exact(share)
        + "\">"
        + percent(share, decimals)
        + "</td>";
  }
}
