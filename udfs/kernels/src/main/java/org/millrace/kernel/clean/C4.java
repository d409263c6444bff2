package org.millrace.kernel.clean;

import java.nio.CharBuffer;
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
  private static final List<String> PHRASE_LIST =
      List.of(
          "lorem ipsum",
          "javascript",
          "terms of use",
          "privacy policy",
          "cookie policy",
          "uses cookies",
          "use of cookies",
          "use cookies");

  private static final Keywords PHRASES = Keywords.of(PHRASE_LIST);
  private static final PhraseGate PHRASES_GATE = new PhraseGate(PHRASE_LIST);

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
    var text = document.toCharArray();
    var kept = new StringBuilder(text.length);
    var line = new Line();
    int removed = 0;
    int sentences = 0;
    int at = 0;
    while (at < text.length) {
      at = line.read(text, at);
      if (line.words < FEWEST_WORDS || !endsWell(line)) {
        removed++;
        continue;
      }
      long phrases = line.phrases();
      if ((phrases & LOREM_IPSUM) != 0) {
        return dropped(document, "lorem_ipsum", 1);
      }
      if ((phrases & JAVASCRIPT) != 0) {
        removed++;
        continue;
      }
      if (line.curly) {
        return dropped(document, "curly_bracket", 1);
      }
      if (phrases != 0) {
        removed++;
        continue;
      }
      sentences += Sentences.count(line.text, line.begin, line.end);
      kept.append(kept.isEmpty() ? "" : "\n").append(line.text, line.begin, line.end - line.begin);
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

  private boolean endsWell(Line line) {
    if (ends == LineEnds.ANY) {
      return true;
    }
    int last = line.end - 1;
    return last >= line.begin
        && ".?!\"'".indexOf(line.text[last]) >= 0
        && !(last - line.begin >= 2
            && line.text[last] == '.'
            && line.text[last - 1] == '.'
            && line.text[last - 2] == '.');
  }

  /** A line without white space at its ends and without citations, and what the rules ask of it. */
  private static final class Line {

    char[] text;
    int begin;
    int end;

    /** Between white space, counted before citations go; -1 if one is too long. */
    int words;

    boolean curly;

    /** Reads the line that begins at a place; returns where the next one does. */
    int read(char[] document, int from) {
      text = document;
      begin = from;
      words = 0;
      curly = false;
      boolean square = false;
      int before = Chars.SPACE;
      int at = from;
      for (; at < document.length; at++) {
        char c = document[at];
        int flags = Chars.flags(c);
        if ((flags & Chars.LINE_BREAK) != 0) {
          break;
        }
        words += before & ~flags;
        before = flags & Chars.SPACE;
        curly |= c == '{';
        square |= c == '[';
      }
      end = at;
      strip();
      if (end - begin > LONGEST_WORD && longestWord() > LONGEST_WORD) {
        words = -1;
      }
      if (square && words >= FEWEST_WORDS) {
        text = withoutCitations(new String(text, begin, end - begin)).toCharArray();
        begin = 0;
        end = text.length;
      }
      boolean crlf = at + 1 < document.length && document[at] == '\r' && document[at + 1] == '\n';
      return at + (crlf ? 2 : 1);
    }

    /** Which of {@link #PHRASES} occur, as bits. */
    long phrases() {
      return PHRASES_GATE.mayOccur(text, begin, end)
          ? PHRASES.bitsIn(CharBuffer.wrap(text, begin, end - begin))
          : 0;
    }

    private void strip() {
      begin = Chars.skipSpace(text, begin, end);
      while (end > begin && Chars.space(text[end - 1])) {
        end--;
      }
    }

    /** Code points of the longest word. */
    private int longestWord() {
      int longest = 0;
      int at = begin;
      while (at < end) {
        int from = Chars.skipSpace(text, at, end);
        at = Chars.skipWord(text, from, end);
        longest = Math.max(longest, Character.codePointCount(text, from, at - from));
      }
      return longest;
    }
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
