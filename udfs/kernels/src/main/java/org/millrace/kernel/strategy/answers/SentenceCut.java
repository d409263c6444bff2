package org.millrace.kernel.strategy.answers;

import java.util.Locale;
import java.util.Set;

/** Where a line's sentences end. */
final class SentenceCut {

  private static final String WIDE_ENDS = "。！？；";
  private static final String ENDS = ".!?";
  private static final String CLOSERS = "\"'”’)]）」』】*";
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "e.g", "i.e", "etc", "vs", "mr", "mrs", "ms", "dr", "prof", "fig", "eq", "no", "cf",
          "approx", "resp", "st");

  private SentenceCut() {}

  /** The place after the sentence that goes on at a place; the line's end for its last one. */
  static int next(String line, int from) {
    boolean formula = false;
    int depth = 0;
    for (int at = from; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '\\' && at + 1 < line.length()) {
        char after = line.charAt(++at);
        depth += after == '(' || after == '[' ? 1 : after == ')' || after == ']' ? -1 : 0;
      } else if (c == '$') {
        formula = !formula && line.indexOf('$', at + 1) > 0;
      } else if (!formula && depth <= 0 && ends(line, at, from)) {
        return close(line, at + 1);
      }
    }
    return line.length();
  }

  private static boolean ends(String line, int at, int from) {
    char c = line.charAt(at);
    if (WIDE_ENDS.indexOf(c) >= 0) {
      return true;
    }
    if (ENDS.indexOf(c) < 0) {
      return false;
    }
    int after = close(line, at + 1);
    if (after < line.length() && line.charAt(after) != ' ') {
      return false;
    }
    boolean ellipsis = line.startsWith("..", at) || (at > from && line.startsWith("..", at - 1));
    return (c != '.' || !abbreviates(line, at, from)) && begins(line, after, ellipsis);
  }

  /** Whether what follows may begin a sentence: no small letter, after three dots a letter. */
  private static boolean begins(String line, int from, boolean ellipsis) {
    int at = from;
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at >= line.length()
        || (!Character.isLowerCase(line.charAt(at))
            && (!ellipsis || Character.isLetter(line.charAt(at))));
  }

  private static boolean abbreviates(String line, int stop, int from) {
    int begin = stop;
    while (begin > from
        && (Character.isLetter(line.charAt(begin - 1)) || line.charAt(begin - 1) == '.')) {
      begin--;
    }
    return ABBREVIATIONS.contains(line.substring(begin, stop).toLowerCase(Locale.ROOT));
  }

  /** The place after the ends, quotes and brackets at a place. */
  private static int close(String line, int from) {
    int at = from;
    while (at < line.length()
        && (CLOSERS.indexOf(line.charAt(at)) >= 0
            || ENDS.indexOf(line.charAt(at)) >= 0
            || WIDE_ENDS.indexOf(line.charAt(at)) >= 0)) {
      at++;
    }
    return at;
  }
}
