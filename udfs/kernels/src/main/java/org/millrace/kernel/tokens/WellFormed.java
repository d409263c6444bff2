package org.millrace.kernel.tokens;

/** A text that has a UTF-8 form: native code takes a lone surrogate for anything. */
public final class WellFormed {

  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /** The text, each lone surrogate replaced by U+FFFD; the same object if there is none. */
  public static String of(String text) {
    int at = lone(text, 0);
    if (at == text.length()) {
      return text;
    }
    var chars = text.toCharArray();
    for (; at < chars.length; at = lone(text, at + 1)) {
      chars[at] = REPLACEMENT;
    }
    return new String(chars);
  }

  private static int lone(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else {
        return i;
      }
    }
    return text.length();
  }
}
