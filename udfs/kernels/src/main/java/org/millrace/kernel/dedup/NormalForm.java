package org.millrace.kernel.dedup;

import static java.util.Objects.requireNonNull;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * The forms of a text in which near-duplicates are looked for. Letters go to lower case one code
 * point at a time, so that no letter's form depends on its neighbours. White space is Unicode's
 * White_Space and U+001C to U+001F.
 *
 * <p>Traditional characters stay as they are: convert them before.
 */
public final class NormalForm {

  private NormalForm() {}

  /**
   * Form for shingles of characters: NFKC, lower case, each run of white space one space, none at
   * the ends.
   *
   * @param text not null
   */
  public static String characters(String text) {
    var chars = requireNonNull(text, "text is null").toCharArray();
    int length = chars.length;
    var out = new Spaced(length);
    boolean plain = length > 0 && isPlain(chars[0]);
    for (int i = 0; i < length; ) {
      char c = chars[i];
      boolean nextPlain = i + 1 == length || isPlain(chars[i + 1]);
      if (plain && nextPlain) {
        if (isIdeograph(c)) {
          out.addIdeograph(c);
        } else {
          out.add(c >= 0xFF01 ? c - 0xFEE0 : c);
        }
        i++;
      } else {
        int end = i + 1;
        while (end < length && !isPlain(chars[end])) {
          end++;
        }
        out.add(Normalizer.normalize(new String(chars, i, end - i), Normalizer.Form.NFKC));
        i = end;
        nextPlain = true;
      }
      plain = nextPlain;
    }
    return out.toString();
  }

  /**
   * Form for shingles of words: lower case, each number (digits, with one fraction) 0, punctuation,
   * symbols and controls a space, NFD without non-spacing marks, each run of white space one space,
   * none at the ends.
   *
   * @param text not null
   */
  public static String words(String text) {
    requireNonNull(text, "text is null");
    int length = text.length();
    var out = new Spaced(length);
    boolean ascii = true;
    for (int i = 0; i < length; ) {
      int c = text.codePointAt(i);
      ascii &= c < 0x80;
      if (Character.isDigit(c)) {
        i = endOfNumber(text, i);
        out.add('0');
      } else {
        i += Character.charCount(c);
        out.add(separates(c) ? ' ' : c);
      }
    }
    return ascii ? out.toString() : withoutMarks(out.toString());
  }

  /**
   * Whether NFKC takes this character for itself, or for ASCII where it is a full-width one, unless
   * one that isn't plain follows; and never joins it to what is before. Chinese text is nearly all
   * of this kind, and the general way is many times slower.
   */
  private static boolean isPlain(char c) {
    return isIdeograph(c)
        || c < 0x80
        || c >= 0xFF01 && c <= 0xFF5E
        || c >= 0x3001 && c <= 0x3003
        || c >= 0x3008 && c <= 0x3011
        || c >= 0x2018 && c <= 0x201D
        || c == 0x2014;
  }

  private static boolean isIdeograph(char c) {
    return c >= 0x4E00 && c <= 0x9FFF;
  }

  private static int endOfNumber(String text, int from) {
    int end = endOfDigits(text, from);
    if (end < text.length() && text.charAt(end) == '.') {
      int fraction = endOfDigits(text, end + 1);
      return fraction > end + 1 ? fraction : end;
    }
    return end;
  }

  private static int endOfDigits(String text, int from) {
    int i = from;
    while (i < text.length() && Character.isDigit(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    return i;
  }

  private static boolean separates(int c) {
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL,
          Character.CONTROL ->
          true;
      default -> false;
    };
  }

  private static String withoutMarks(String text) {
    var apart = Normalizer.normalize(text, Normalizer.Form.NFD);
    // Spaced again, as a mark may have been a word of its own.
    var out = new Spaced(apart.length());
    apart
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(out::add);
    return out.toString();
  }

  /** Takes text in lower case, a run of white space as one space between other characters. */
  private static final class Spaced {
    private char[] chars;
    private int length;
    private boolean space;

    private Spaced(int capacity) {
      chars = new char[capacity + 3];
    }

    private void add(String text) {
      for (int i = 0; i < text.length(); ) {
        int c = text.codePointAt(i);
        add(c);
        i += Character.charCount(c);
      }
    }

    private void add(int c) {
      if (isSpace(c)) {
        space = length > 0;
        return;
      }
      makeRoom();
      if (c < 0x80) {
        chars[length++] = (char) (c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
      } else {
        length += Character.toChars(Character.toLowerCase(c), chars, length);
      }
    }

    /** Neither white space nor of any case. */
    private void addIdeograph(char c) {
      makeRoom();
      chars[length++] = c;
    }

    private void makeRoom() {
      if (length + 3 > chars.length) {
        chars = Arrays.copyOf(chars, 2 * length + 3);
      }
      if (space) {
        chars[length++] = ' ';
        space = false;
      }
    }

    private static boolean isSpace(int c) {
      return c == ' '
          || c < 0x80 && Character.isWhitespace(c)
          || c > 0x80
              && c < 0x4E00
              && (c == 0x85 || Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    @Override
    public String toString() {
      return new String(chars, 0, length);
    }
  }
}
