package org.millrace.kernel.clean;

import java.text.Normalizer;
import java.util.HashSet;

/**
 * The steps of PanGu-α's cleaning (arXiv 2104.12369, section 3.1) that look at one document and are
 * no ratios: its normal form, what is deleted, and the drops by title and word lists. The ratios
 * are {@link RulePacks#PANGU} and {@link RulePacks#PANGU_CLEANED}.
 */
public final class Pangu {

  /**
   * A text with something taken out.
   *
   * @param removed how many code points or lines, as the step says
   */
  public record Edit(String text, long removed) {}

  /** This many different advertising keywords drop a document. */
  public static final int ADVERT_HITS = 1;

  /** This many different sensitive words drop a document: "more than three". */
  public static final int SENSITIVE_HITS = 4;

  private static final String TITLE_ONLY = "pangu_title_only";

  private Pangu() {}

  /** The form in which a text is stored: NFC, with LF for CR LF, CR, NEL, LS and PS. */
  public static String normalForm(String text) {
    var form =
        Normalizer.isNormalized(text, Normalizer.Form.NFC)
            ? text
            : Normalizer.normalize(text, Normalizer.Form.NFC);
    int at = 0;
    while (at < form.length() && !otherLineEnd(form.charAt(at))) {
      at++;
    }
    if (at == form.length()) {
      return form;
    }
    var lines = new StringBuilder(form.length()).append(form, 0, at);
    for (; at < form.length(); at++) {
      char c = form.charAt(at);
      boolean joined = c == '\r' && at + 1 < form.length() && form.charAt(at + 1) == '\n';
      if (!joined) {
        lines.append(otherLineEnd(c) ? '\n' : c);
      }
    }
    return lines.toString();
  }

  /**
   * Step 3: drops a document whose every line that is not blank equals its title, white space and
   * compatibility forms aside.
   *
   * @param title null or blank if unknown: then the document is kept
   */
  public static Decision titleOnly(String text, String title) {
    var wanted = title == null ? "" : key(title);
    if (wanted.isEmpty()) {
      return Decision.KEPT;
    }
    int lines = 0;
    for (var line : text.split("\n")) {
      var key = key(line);
      if (!key.isEmpty() && !key.equals(wanted)) {
        return Decision.KEPT;
      }
      lines += key.isEmpty() ? 0 : 1;
    }
    return lines == 0 ? Decision.KEPT : new Decision(TITLE_ONLY, lines);
  }

  /**
   * Step 4: deletes control (but LF and TAB), format, private-use, unassigned and symbol
   * characters, lone surrogates and variation selectors; counts code points.
   */
  public static Edit withoutSpecialSymbols(String text) {
    int at = 0;
    while (at < text.length() && !special(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    if (at == text.length()) {
      return new Edit(text, 0);
    }
    var plain = new StringBuilder(text.length()).append(text, 0, at);
    long removed = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (special(c)) {
        removed++;
      } else {
        plain.appendCodePoint(c);
      }
    }
    return new Edit(plain.toString(), removed);
  }

  /**
   * Step 5: keeps the first of lines that are equal but for white space and compatibility forms,
   * and drops blank lines, which aren't counted; counts lines.
   */
  public static Edit withoutDuplicateParagraphs(String text) {
    var seen = new HashSet<String>();
    var kept = new StringBuilder(text.length());
    long removed = 0;
    int from = 0;
    while (from < text.length()) {
      int feed = text.indexOf('\n', from);
      int end = feed < 0 ? text.length() : feed;
      var key = key(text.substring(from, end));
      if (!key.isEmpty() && seen.add(key)) {
        kept.append(kept.isEmpty() ? "" : "\n").append(text, from, end);
      } else if (!key.isEmpty()) {
        removed++;
      }
      from = end + 1;
    }
    return new Edit(kept.toString(), removed);
  }

  /** Step 6: drops a document with so many different advertising keywords. */
  public static Decision adverts(String text, Keywords list, int enough) {
    int found = list.countIn(text);
    return found >= enough ? new Decision("pangu_advert", found) : Decision.KEPT;
  }

  /** Step 10: drops a document with so many different sensitive words. */
  public static Decision sensitive(String text, Keywords list, int enough) {
    int found = list.countIn(text);
    return found >= enough ? new Decision("pangu_sensitive", found) : Decision.KEPT;
  }

  /** By which lines are compared: NFKC, white space collapsed and trimmed. */
  public static String key(String line) {
    var form =
        Normalizer.isNormalized(line, Normalizer.Form.NFKC)
            ? line
            : Normalizer.normalize(line, Normalizer.Form.NFKC);
    var key = new StringBuilder(form.length());
    boolean gap = false;
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      if (Chars.space(c)) {
        gap = !key.isEmpty();
      } else {
        key.append(gap ? " " : "").append(c);
        gap = false;
      }
    }
    return key.toString();
  }

  private static boolean otherLineEnd(char c) {
    return c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  private static boolean special(int c) {
    if (c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7F)) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.OTHER_SYMBOL ->
          true;
      default -> c >= 0xFE00 && c <= 0xFE0F;
    };
  }
}
