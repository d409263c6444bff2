package org.millrace.kernel.clean;

import java.util.List;

/**
 * C4's rules (arXiv 1910.10683, section 2.2) in datatrove's order: lines go out one by one, and a
 * document with a forbidden word or too few sentences left is dropped. Immutable; threads may share
 * it. Sentences are told by {@link Sentences}.
 */
public final class C4 {

  /** What lines must end in. */
  public enum LineEnds {
    /** . ? ! " or ', and not "..." */
    TERMINAL,
    /** Anything, as FineWeb uses these rules. */
    ANY
  }

  /**
   * What is left of a document.
   *
   * @param text the lines that stay, joined by LF; the text as it was if the document is dropped
   * @param removedLines how many lines went out
   */
  public record Result(String text, int removedLines, Decision decision) {}

  /** A word of more code points takes its line out. */
  public static final int LONGEST_WORD = 1000;

  /** Lines of fewer words go out. */
  public static final int FEWEST_WORDS = 3;

  /** A document with fewer sentences is dropped. */
  public static final int FEWEST_SENTENCES = 5;

  /** A document with fewer lines, or with fewer long ones, is dropped by {@link #paragraphs}. */
  public static final int FEWEST_PARAGRAPHS = 3;

  /** Code points of a long line. */
  public static final int PARAGRAPH_CHARACTERS = 200;

  /** The one of the bad words that may stand in a Chinese text: C4's list drops too much by it. */
  private static final String ALLOWED_CHINESE = "性";

  private static final long LOREM_IPSUM = 1;
  private static final long JAVASCRIPT = 1 << 1;

  /** The two of the bits above, then those whose line is about a policy. */
  private static final Keywords PHRASES =
      Keywords.of(
          List.of(
              "lorem ipsum",
              "javascript",
              "terms of use",
              "privacy policy",
              "cookie policy",
              "uses cookies",
              "use of cookies",
              "use cookies"));

  private final LineEnds ends;

  private C4(LineEnds ends) {
    this.ends = ends;
  }

  /** The rules with a choice of line ends. */
  public static C4 with(LineEnds ends) {
    return new C4(ends);
  }

  /** Takes lines out of a document, or drops it with the reason and what was measured. */
  public Result clean(String document) {
    var kept = new StringBuilder(document.length());
    int removed = 0;
    int sentences = 0;
    int at = 0;
    while (at < document.length()) {
      int end = at;
      while (end < document.length() && !lineBreak(document.charAt(end))) {
        end++;
      }
      var line = Lines.strip(document.substring(at, end));
      at = end + (crlf(document, end) ? 2 : 1);
      int words = words(line);
      line = words < 0 ? line : withoutCitations(line);
      if (words < FEWEST_WORDS || !endsWell(line)) {
        removed++;
        continue;
      }
      long phrases = PHRASES.bitsIn(line);
      if ((phrases & LOREM_IPSUM) != 0) {
        return dropped(document, "lorem_ipsum", 1);
      }
      if ((phrases & JAVASCRIPT) != 0) {
        removed++;
        continue;
      }
      if (line.indexOf('{') >= 0) {
        return dropped(document, "curly_bracket", 1);
      }
      if (phrases != 0) {
        removed++;
        continue;
      }
      sentences += Sentences.count(line);
      kept.append(kept.isEmpty() ? "" : "\n").append(line);
    }
    return sentences < FEWEST_SENTENCES
        ? new Result(document, removed, new Decision("too_few_sentences", sentences))
        : new Result(Lines.strip(kept.toString()), removed, Decision.KEPT);
  }

  /**
   * The extra rule that wants three lines between LFs of 200 characters; measures the characters of
   * the third-longest line, 0 if there are fewer lines.
   */
  public static Decision paragraphs(String document) {
    var longest = new int[FEWEST_PARAGRAPHS];
    int from = 0;
    while (from <= document.length()) {
      int feed = document.indexOf('\n', from);
      int end = feed < 0 ? document.length() : feed;
      int points = document.codePointCount(from, end);
      for (int i = 0; i < longest.length; i++) {
        if (points > longest[i]) {
          int shorter = longest[i];
          longest[i] = points;
          points = shorter;
        }
      }
      from = end + 1;
    }
    int third = longest[FEWEST_PARAGRAPHS - 1];
    return third < PARAGRAPH_CHARACTERS ? new Decision("< 3 paragraphs", third) : Decision.KEPT;
  }

  /** A matcher of bad words for {@link #badWords} in a language written with spaces. */
  public static Keywords badWordList(List<String> words) {
    return Keywords.wholeWords(words);
  }

  /** A matcher of bad words for {@link #badWords} in Chinese: anywhere, and 性 is allowed. */
  public static Keywords chineseBadWordList(List<String> words) {
    return Keywords.of(words.stream().filter(w -> !w.strip().equals(ALLOWED_CHINESE)).toList());
  }

  /** The extra rule that drops a document with a bad word; measures how many different ones. */
  public static Decision badWords(String document, Keywords list) {
    int found = list.countIn(document);
    return found > 0 ? new Decision("document_removed_with_badwords", found) : Decision.KEPT;
  }

  private static Result dropped(String document, String reason, double value) {
    return new Result(document, 0, new Decision(reason, value));
  }

  private static boolean lineBreak(char c) {
    return (Chars.flags(c) & Chars.LINE_BREAK) != 0;
  }

  private static boolean crlf(String text, int at) {
    return at + 1 < text.length() && text.charAt(at) == '\r' && text.charAt(at + 1) == '\n';
  }

  /** The words between white space of a line; -1 if one is too long. */
  private static int words(String line) {
    int words = 0;
    int at = 0;
    while (at < line.length()) {
      int begin = at;
      while (at < line.length() && !Chars.space(line.charAt(at))) {
        at++;
      }
      if (at - begin > LONGEST_WORD && line.codePointCount(begin, at) > LONGEST_WORD) {
        return -1;
      }
      words += at > begin ? 1 : 0;
      at++;
    }
    return words;
  }

  private boolean endsWell(String line) {
    return ends == LineEnds.ANY
        || (!line.isEmpty()
            && ".?!\"'".indexOf(line.charAt(line.length() - 1)) >= 0
            && !line.endsWith("..."));
  }

  /** Without [edit], [citation needed] and numbers, or nothing, in square brackets. */
  private static String withoutCitations(String line) {
    int open = line.indexOf('[');
    if (open < 0) {
      return line;
    }
    var plain = new StringBuilder(line.length());
    int from = 0;
    while (open >= 0) {
      int end = citationEnd(line, open);
      if (end > 0) {
        plain.append(line, from, open);
        from = end;
      }
      open = line.indexOf('[', Math.max(open + 1, from));
    }
    return plain.append(line, from, line.length()).toString();
  }

  private static int citationEnd(String line, int open) {
    for (var note : new String[] {"[edit]", "[citation needed]"}) {
      if (line.startsWith(note, open)) {
        return open + note.length();
      }
    }
    int at = open + 1;
    while (at < line.length() && Character.isDigit(line.charAt(at))) {
      at++;
    }
    return at < line.length() && line.charAt(at) == ']' ? at + 1 : 0;
  }
}
