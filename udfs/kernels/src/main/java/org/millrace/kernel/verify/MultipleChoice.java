package org.millrace.kernel.verify;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A letter of a multiple choice. The whole text may be one, as X, (X), X., X), {@code X.**}, in
 * bold or in a box; or the letter follows the last "answer is" or "answer:". A letter that prose
 * follows is no answer, and a lone lower-case letter is one only in brackets or after such an
 * anchor.
 */
public final class MultipleChoice implements Verifier {

  private static final long serialVersionUID = 1L;

  /** Letters where none are named. */
  public static final String DEFAULT_LETTERS = "ABCDEFGHIJ";

  // A letter, or one in brackets; what may stand around it in Markdown and LaTeX is taken off
  // first.
  private static final Pattern WHOLE =
      Pattern.compile("([A-Z])(?:[.):]|\\.\\)|\\)\\.)?|\\(([A-Za-z])\\)\\.?");
  private static final Pattern ANCHOR =
      Pattern.compile(
          "(?i)\\b(?:answer|choice|option)(?:\\s++is)?+\\s*+[:=]\\s*+|\\banswer\\s++is\\s++");
  private static final Pattern AFTER =
      Pattern.compile(
          "(?:option\\s+|choice\\s+)?(?:([A-Za-z])|\\(([A-Za-z])\\))(?:[.):,;]|\\s*$|\\s*\\n)");
  private static final Pattern WRAPPERS =
      Pattern.compile("\\\\(?:boxed|text|textbf|mathrm|mbox|fbox)\\s*\\{|[{}$*_`]|\\\\[()\\[\\]]");
  private static final int LONGEST_WHOLE = 64;
  private static final int LOOKED_AT = 32;

  private final String letters;

  /**
   * @param letters the letters that may be chosen, upper case
   */
  public MultipleChoice(String letters) {
    if (!letters.matches("[A-Z]{1,26}")) {
      throw new IllegalArgumentException("letters must be A to Z, such as ABCD, not " + letters);
    }
    this.letters = letters;
  }

  @Override
  public Judgement judge(String prompt, String target, String text) {
    var wanted = whole(Texts.required(target, "target").toUpperCase(Locale.ROOT));
    if (wanted == null) {
      throw new IllegalArgumentException(
          "target is no letter of " + letters + ": " + Texts.shown(target));
    }
    if (Texts.missing(text)) {
      return Judgement.MISSING;
    }
    var stripped = text.strip();
    var answer = whole(stripped);
    if (answer == null) {
      answer = anchored(stripped);
    }
    return answer == null ? Judgement.UNPARSED : Judgement.of(answer, answer.equals(wanted));
  }

  /** The letter that a text without outer white space is. */
  private String whole(String text) {
    if (text.length() > LONGEST_WHOLE) {
      return null;
    }
    var bare = WRAPPERS.matcher(text).replaceAll("").strip();
    var matcher = WHOLE.matcher(bare);
    return matcher.matches() ? letter(matcher.group(1), matcher.group(2)) : null;
  }

  private String anchored(String text) {
    var anchor = ANCHOR.matcher(text);
    int at = -1;
    while (anchor.find()) {
      at = anchor.end();
    }
    if (at < 0) {
      return null;
    }
    var rest = text.substring(at, Math.min(text.length(), at + LOOKED_AT));
    boolean cut = at + LOOKED_AT < text.length();
    var bare = WRAPPERS.matcher(rest).replaceAll("").stripLeading() + (cut ? "…" : "");
    var matcher = AFTER.matcher(bare);
    return matcher.lookingAt() ? letter(matcher.group(1), matcher.group(2)) : null;
  }

  private String letter(String plain, String bracketed) {
    var letter = (plain == null ? bracketed : plain).toUpperCase(Locale.ROOT);
    return letters.contains(letter) ? letter : null;
  }

  @Override
  public String name() {
    return "choice";
  }

  @Override
  public String version() {
    return "1";
  }
}
