package org.millrace.kernel.clean;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Repairs lines whose UTF-8 bytes were read as Windows-1252, ISO 8859-1 or GBK, once or several
 * times over: {@code cafÃ©} was café, 浣犲ソ was 你好.
 *
 * <p>A line is repaired only if all of it, turned back into bytes, is strict UTF-8, and the
 * sequences are ones that no one writes:
 *
 * <ul>
 *   <li>of Windows-1252 or ISO 8859-1, one that gives U+0080–00FF, a symbol of U+2000–2BFF or a
 *       supplementary character, or has a C1 control, or follows right after another, or three of
 *       any kind. A letter with the punctuation that may stand after a word, as in CAFÉ™, counts
 *       for nothing;
 *   <li>of GBK, ones that give nothing but East Asian characters and general punctuation, two Han
 *       characters at least, more of them by share in the common half of GB 2312 (its level 1) than
 *       before.
 * </ul>
 *
 * The result must have no control, private-use or unassigned character. What lost bytes on the way
 * (U+FFFD, 锟斤拷) stays. Other control characters are for {@link Pangu#withoutSpecialSymbols} to
 * delete, after this, as a lost C1 control or NEL can't be turned back: repair before {@link
 * Pangu#normalForm}.
 *
 * <p>Linear in time; thread-safe.
 */
public final class Mojibake {

  /**
   * A text and how much of it was repaired.
   *
   * @param text the same string if nothing was
   * @param lines repaired lines
   */
  public record Repair(String text, long lines) {}

  /** How often over the wrong charset is undone. */
  public static final int ROUNDS = 3;

  private static final int ENOUGH_WEAK = 3;
  private static final char FIRST_LEAD = 0xC2;
  private static final char LAST_LEAD = 0xF4;
  private static final String AFTER_WORDS = "\u00a0…’‘”“»›™®–—";

  private static final Charset GBK = Charset.forName("GBK");

  /** By character its byte in Windows-1252, of unused ones ISO 8859-1's; 0 for none. */
  private static final byte[] WINDOWS_1252 = new byte[0x2123];

  /** What GBK reads from a first byte of a UTF-8 sequence of three. */
  private static final BitSet GBK_LEADS = new BitSet(Character.MAX_VALUE);

  private static final BitSet COMMON = new BitSet(Character.MAX_VALUE);

  static {
    var windows = Charset.forName("windows-1252");
    for (int b = 0x80; b <= 0xFF; b++) {
      WINDOWS_1252[b] = (byte) b;
    }
    for (int b = 0x80; b <= 0x9F; b++) {
      char c = new String(new byte[] {(byte) b}, windows).charAt(0);
      if (c != '\uFFFD') {
        WINDOWS_1252[c] = (byte) b;
      }
    }
    fill(GBK_LEADS, GBK, 0xE2, 0xEF, 0x80);
    fill(COMMON, Charset.forName("GB2312"), 0xB0, 0xD7, 0xA1);
  }

  private Mojibake() {}

  private static void fill(BitSet set, Charset charset, int lead, int lastLead, int trail) {
    for (int first = lead; first <= lastLead; first++) {
      for (int second = trail; second <= 0xFE; second++) {
        char c = new String(new byte[] {(byte) first, (byte) second}, charset).charAt(0);
        if (c != '\uFFFD') {
          set.set(c);
        }
      }
    }
  }

  /**
   * Repairs each line that is surely wrong. Lines are what stands between LFs.
   *
   * @param text not null, as it was decoded: before any normalisation
   */
  public static Repair repair(String text) {
    requireNonNull(text, "text is null");
    StringBuilder out = null;
    long lines = 0;
    int length = text.length();
    for (int from = 0, next; from < length; from = next) {
      int feed = text.indexOf('\n', from);
      int end = feed < 0 ? length : feed;
      next = Math.min(length, end + 1);
      var repaired = suspicious(text, from, end) ? repairLine(text.substring(from, end)) : null;
      if (repaired != null) {
        out = out == null ? new StringBuilder(length).append(text, 0, from) : out;
        out.append(repaired).append(text, end, next);
        lines++;
      } else if (out != null) {
        out.append(text, from, next);
      }
    }
    return new Repair(out == null ? text : out.toString(), lines);
  }

  /** Whether the first character beyond ASCII can be the first byte of a sequence. */
  private static boolean suspicious(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return (c >= FIRST_LEAD && c <= LAST_LEAD) || GBK_LEADS.get(c);
      }
    }
    return false;
  }

  /** The line as it was meant; null if nothing says that it was meant differently. */
  private static String repairLine(String line) {
    String best = null;
    var now = line;
    for (int round = 0; round < ROUNDS && now != null; round++) {
      var next = readAsWindows(now);
      now = next == null ? readAsGbk(now) : next;
      best = now == null ? best : now;
    }
    return best == null || best.codePoints().anyMatch(Mojibake::unwritten) ? null : best;
  }

  private static boolean unwritten(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\t' && c != '\r';
      case Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED -> true;
      default -> c == 0xFFFD;
    };
  }

  private static String readAsWindows(String line) {
    var bytes = new byte[line.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = line.charAt(i);
      byte b = c < 0x80 ? (byte) c : c < WINDOWS_1252.length ? WINDOWS_1252[c] : 0;
      if (b == 0 && c != 0) {
        return null;
      }
      bytes[i] = b;
    }
    var meant = utf8(bytes);
    return meant != null && meant.length() < line.length() && proves(line, meant) ? meant : null;
  }

  /** Whether the sequences of a line, of which all are strict UTF-8, are ones no one writes. */
  private static boolean proves(String line, String meant) {
    int weak = 0;
    int lastEnd = -1;
    for (int i = 0, j = 0; j < meant.length(); ) {
      int c = meant.codePointAt(j);
      int units = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (units > 1 && (i == lastEnd || !afterWord(line, i, i + units))) {
        boolean strong = c <= 0xFF || (c >= 0x2000 && c <= 0x2BFF) || units == 4;
        if (strong || i == lastEnd || hasControl(line, i, i + units) || ++weak == ENOUGH_WEAK) {
          return true;
        }
        lastEnd = i + units;
      }
      i += units;
      j += Character.charCount(c);
    }
    return false;
  }

  /** Whether a sequence can be the last letter of a word and punctuation. */
  private static boolean afterWord(String line, int from, int end) {
    char lead = line.charAt(from);
    char before = from == 0 ? ' ' : line.charAt(from - 1);
    boolean inWord =
        Character.isUpperCase(lead) ? Character.isUpperCase(before) : Character.isLetter(before);
    for (int i = from + 1; i < end; i++) {
      inWord &= AFTER_WORDS.indexOf(line.charAt(i)) >= 0;
    }
    return inWord;
  }

  private static boolean hasControl(String line, int from, int end) {
    for (int i = from; i < end; i++) {
      if (line.charAt(i) >= 0x80 && line.charAt(i) < 0xA0) {
        return true;
      }
    }
    return false;
  }

  private static String readAsGbk(String line) {
    try {
      var bytes = GBK.newEncoder().encode(CharBuffer.wrap(line));
      var meant = utf8(bytes);
      return meant != null && eastAsian(meant) && commonShare(meant) > commonShare(line)
          ? meant
          : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean eastAsian(String text) {
    return text.codePoints()
            .allMatch(
                c ->
                    c < 0x80
                        || (c >= 0x2000 && c <= 0x206F)
                        || (c >= 0x3000 && c <= 0x30FF)
                        || (c >= 0x4E00 && c <= 0x9FFF)
                        || (c >= 0xFF01 && c <= 0xFFEF))
        && text.codePoints().filter(Character::isIdeographic).count() >= 2;
  }

  /** Of the Han characters. */
  private static double commonShare(String text) {
    long all = text.codePoints().filter(Character::isIdeographic).count();
    return all == 0 ? 0 : (double) text.codePoints().filter(COMMON::get).count() / all;
  }

  private static String utf8(byte[] bytes) {
    return utf8(ByteBuffer.wrap(bytes));
  }

  private static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
