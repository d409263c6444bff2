package org.millrace.kernel.clean;

/** Characters as the finders of numbers and addresses see them. */
final class Ascii {

  private Ascii() {}

  static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean letterOrDigit(char c) {
    return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean digitAt(String text, int i) {
    return i >= 0 && i < text.length() && digit(text.charAt(i));
  }

  /** Whether a letter or digit stands at a place; a Chinese character is neither here. */
  static boolean wordAt(String text, int i) {
    return i >= 0
        && i < text.length()
        && Character.isLetterOrDigit(text.charAt(i))
        && !Chars.chinese(text.charAt(i));
  }

  static boolean oneOfAt(String text, int i, String characters) {
    return i >= 0 && i < text.length() && characters.indexOf(text.charAt(i)) >= 0;
  }
}
