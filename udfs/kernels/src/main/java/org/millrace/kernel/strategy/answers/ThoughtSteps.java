package org.millrace.kernel.strategy.answers;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a chain of thought, English or Chinese, into steps: a line each, within it a sentence each.
 * A formula on lines of its own belongs to the step before it, a block of code is one step, and a
 * line that was wrapped goes on. Numbers, bullets, "Step 3:" and 第三步 before a step are taken off,
 * and labels with nothing after them, such as "Solution:" or 解：, are no steps. What has neither
 * letter nor digit is none either. Linear time.
 */
public final class ThoughtSteps {

  private static final Pattern TAG = Pattern.compile("</?(?:think|thought|reasoning|answer)>");
  private static final Pattern MARKER =
      Pattern.compile(
          "^(?:[#>•\\s]|[*\\-+](?=\\s)|\\*\\*|[(（]\\d{1,3}[)）]|\\d{1,3}(?:[)）、]|\\.(?!\\d)|\\s*[:：])"
              + "|(?i:step)\\s{0,3}\\d{1,3}\\s{0,3}[:.)：]?"
              + "|(?:步骤|步驟)\\s{0,3}[0-9一二三四五六七八九十]{1,3}\\s{0,3}[：:、.]?"
              + "|第[0-9一二三四五六七八九十]{1,3}步\\s{0,3}[：:，,、]?)");
  private static final Pattern LABEL =
      Pattern.compile("^[\\p{L}]{1,20}(?: [\\p{L}]{1,20})?\\s{0,3}[:：]$");

  private final List<String> steps = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();

  private ThoughtSteps() {}

  /**
   * Steps of a text.
   *
   * @param text not null, may be empty
   * @return in order, white space runs as one space, none blank
   */
  public static List<String> split(String text) {
    requireNonNull(text, "text is null");
    var splitter = new ThoughtSteps();
    splitter.read(TAG.matcher(text).replaceAll("\n").lines().toList());
    splitter.close();
    return List.copyOf(splitter.steps);
  }

  private void read(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      var end = blockEnd(line);
      if (end != null) {
        int last = i;
        while (last + 1 < lines.size() && !closes(lines.get(last), end, last == i)) {
          last++;
        }
        block(String.join(" ", lines.subList(i, last + 1)), end);
        i = last;
      } else {
        line(line);
      }
    }
  }

  /** What ends the block that a line begins; null if it begins none. */
  private static String blockEnd(String line) {
    if (line.startsWith("```")) {
      return "```";
    }
    if (line.startsWith("\\[")) {
      return "\\]";
    }
    return line.startsWith("$$") ? "$$" : null;
  }

  private static boolean closes(String line, String end, boolean first) {
    var stripped = line.strip();
    return (first ? stripped.indexOf(end, end.length()) : stripped.indexOf(end)) >= 0;
  }

  /** Code is a step of its own; a formula goes on with the step before, if there is one. */
  private void block(String text, String end) {
    if (end.equals("```")) {
      close();
      add(text);
    } else if (open.isEmpty() && !steps.isEmpty()) {
      steps.set(steps.size() - 1, spaced(steps.get(steps.size() - 1) + " " + text));
    } else {
      open.append(' ').append(text);
    }
  }

  private void line(String line) {
    if (line.isEmpty()) {
      close();
      return;
    }
    int marked = markers(line);
    if (marked > 0 || !goesOn(line)) {
      close();
    }
    var rest = line.substring(marked);
    int from = 0;
    for (int at = 0; at < rest.length(); at = SentenceCut.next(rest, at)) {
      if (at > from) {
        open.append(' ').append(rest, from, at);
        close();
        from = at;
      }
    }
    open.append(' ').append(rest.substring(from));
  }

  /** Where the markers that a line begins with end. */
  private static int markers(String line) {
    var marker = MARKER.matcher(line);
    int end = 0;
    while (end < line.length() && marker.region(end, line.length()).lookingAt()) {
      end = marker.end();
    }
    return end;
  }

  /** Whether a line goes on with the open step: one that was wrapped before a small letter. */
  private boolean goesOn(String line) {
    return !open.isEmpty() && Character.isLowerCase(line.charAt(0));
  }

  private void close() {
    add(open.toString());
    open.setLength(0);
  }

  private void add(String text) {
    var step = spaced(text);
    boolean says = step.codePoints().anyMatch(Character::isLetterOrDigit);
    if (says && !LABEL.matcher(step.replace("*", "")).matches()) {
      steps.add(step);
    }
  }

  private static String spaced(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("^[ *]+(?= )|\\*\\* ?$", "").strip();
  }
}
