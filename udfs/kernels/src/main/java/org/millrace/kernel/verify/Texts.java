package org.millrace.kernel.verify;

import java.util.Locale;
import java.util.Set;

/** What the verifiers share in reading texts and targets. */
final class Texts {

  private static final Set<String> SENTINELS =
      Set.of("[invalidanswer]", "[invalid]", "[no answer]", "[noanswer]");

  private Texts() {}

  /** Whether the text holds no answer at all. */
  static boolean missing(String text) {
    return text.isBlank() || SENTINELS.contains(text.strip().toLowerCase(Locale.ROOT));
  }

  static String required(String value, String what) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("no " + what + " to verify against");
    }
    return value.strip();
  }

  static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
