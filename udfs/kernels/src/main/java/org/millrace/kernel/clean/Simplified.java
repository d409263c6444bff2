package org.millrace.kernel.clean;

import static java.util.Objects.requireNonNull;

import com.github.houbb.opencc4j.support.data.impl.OpenccDatas;
import com.github.houbb.opencc4j.util.ZhTwConverterUtil;
import java.util.BitSet;

/**
 * Traditional to simplified Chinese with Taiwan's phrases (軟體 becomes 软件) by the tables of OpenCC,
 * through opencc4j. A phrase of the tables that is written in characters common to both scripts,
 * such as 程式, is converted in simplified text too.
 *
 * <p>Linear in time. A line is converted only if it has a character that the tables change or the
 * end of a phrase of theirs. Thread-safe; the tables are loaded at the first call.
 */
public final class Simplified {

  /**
   * A text is in traditional script from this share of characters that the tables change, in per
   * cent of its Chinese ones: traditional manual pages have 22 and more, simplified ones up to 2.
   */
  public static final int TRADITIONAL_PERCENT = 5;

  /**
   * UTF-16 units that are converted in one piece, which bounds the memory of a call. A longer line
   * is cut there, and a phrase across the cut is converted by its characters.
   */
  public static final int PIECE = 1 << 14;

  /** First of the scripts that the tables know: below it nothing changes. */
  private static final char FIRST = 0x2E80;

  private static final BitSet CHANGED = new BitSet(Character.MAX_VALUE);

  /** Hashes of the last two characters of each phrase. */
  private static final BitSet ENDINGS = new BitSet(Character.MAX_VALUE);

  static {
    // The library fills its tables when first asked, without regard to other threads.
    ZhTwConverterUtil.toSimple("軟體");
    var characters = OpenccDatas.twTsChar().data().getDataMap();
    characters.forEach(
        (from, to) -> {
          if (from.length() == 1 && !to.get(0).equals(from)) {
            CHANGED.set(from.charAt(0));
          }
        });
    for (var phrase : OpenccDatas.twTsPhrase().data().getDataMap().keySet()) {
      int last = phrase.length() - 1;
      if (last == 0) {
        CHANGED.set(phrase.charAt(0));
      } else {
        ENDINGS.set(ending(phrase.charAt(last - 1), phrase.charAt(last)));
      }
    }
  }

  private Simplified() {}

  /**
   * The text in simplified characters, if it is in traditional script.
   *
   * @param text not null
   * @return the same string if it is not, or nothing changes
   */
  public static String of(String text) {
    return traditional(text) ? convert(text) : text;
  }

  /**
   * Whether a text is in traditional script: see {@link #TRADITIONAL_PERCENT}.
   *
   * @param text not null
   */
  public static boolean traditional(String text) {
    requireNonNull(text, "text is null");
    long chinese = 0;
    long changed = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= FIRST && Character.isIdeographic(c)) {
        chinese++;
        changed += CHANGED.get(c) ? 1 : 0;
      }
    }
    return changed > 0 && 100 * changed >= TRADITIONAL_PERCENT * chinese;
  }

  /**
   * The text in simplified characters, whatever script it is in.
   *
   * @param text not null
   * @return the same string if nothing changes
   */
  public static String convert(String text) {
    requireNonNull(text, "text is null");
    StringBuilder out = null;
    int length = text.length();
    for (int from = 0, end; from < length; from = end) {
      end = endOfPiece(text, from);
      if (mayChange(text, from, end)) {
        out = out == null ? new StringBuilder(length).append(text, 0, from) : out;
        out.append(ZhTwConverterUtil.toSimple(text.substring(from, end)));
      } else if (out != null) {
        out.append(text, from, end);
      }
    }
    return out == null || text.contentEquals(out) ? text : out.toString();
  }

  private static int endOfPiece(String text, int from) {
    int most = Math.min(text.length(), from + PIECE);
    int end = from;
    while (end < most) {
      if (text.charAt(end++) == '\n') {
        return end;
      }
    }
    return end;
  }

  private static boolean mayChange(String text, int from, int end) {
    char before = 0;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c >= FIRST && (CHANGED.get(c) || ENDINGS.get(ending(before, c)))) {
        return true;
      }
      before = c;
    }
    return false;
  }

  private static int ending(char first, char second) {
    return (first * 31 + second * 7919) & Character.MAX_VALUE;
  }
}
