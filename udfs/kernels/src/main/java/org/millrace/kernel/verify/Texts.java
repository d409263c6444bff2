package org.millrace.kernel.verify;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the verifiers share in reading texts and targets. */
final class Texts {

  private static final Set<String> SENTINELS =
      Set.of("[invalidanswer]", "[invalid]", "[no answer]", "[noanswer]");

  private static final int LONGEST_SENTINEL = 20;
  private static final Pattern ANSWER = Pattern.compile("answer: ", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_SHOWN = 40;
  private static final Pattern BREAKS = Pattern.compile("\\p{Cntrl}|\\R");

  private Texts() {}

  /** Whether the text holds no answer at all. */
  static boolean missing(String text) {
    var bare = text.strip();
    // Lower-casing a long text can take quadratic time.
    return bare.length() <= LONGEST_SENTINEL
        && (bare.isEmpty() || SENTINELS.contains(bare.toLowerCase(Locale.ROOT)));
  }

  static String required(String value, String what) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("no " + what + " to verify against");
    }
    return value.strip();
  }

  /** The expression on the last line, without "answer: " before it and "= …" after it. */
  static String lastExpression(String text) {
    var lines = text.strip();
    var last = ANSWER.matcher(lines.substring(lines.lastIndexOf('\n') + 1)).replaceAll("");
    int equals = last.indexOf('=');
    return equals < 0 ? last : last.substring(0, equals);
  }

  /** The beginning of a text in one line, for a message. */
  static String shown(String text) {
    var line = BREAKS.matcher(text.strip()).replaceAll(" ");
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
  }

  static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
