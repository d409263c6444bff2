package org.millrace.kernel.clean;

/** What the cleaning steps share in reading lines. */
final class Lines {

  private Lines() {}

  /** Without the white space at both ends, no-break spaces included. */
  static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && Chars.space(text.charAt(from))) {
      from++;
    }
    while (to > from && Chars.space(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }
}
