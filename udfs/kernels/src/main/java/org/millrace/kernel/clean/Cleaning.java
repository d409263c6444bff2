package org.millrace.kernel.clean;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of cleaning rules, applied to one document after the other. Rules that measure and stand
 * side by side share one reading of the document, and all of them that fail are named; rules that
 * edit see what the ones before them left. A document goes out at the first place where it fails.
 *
 * <p>An instance reuses its buffers and belongs to one thread.
 */
public final class Cleaning {

  /**
   * A document as far as rules look at it.
   *
   * @param text not null
   * @param title null if unknown
   * @param language ISO 639-1; null if unknown
   */
  public record Subject(String text, String title, String language) {

    /** Null checks the text. */
    public Subject {
      requireNonNull(text, "text is null");
    }

    Subject withText(String changed) {
      return new Subject(changed, title, language);
    }
  }

  /**
   * What became of a document.
   *
   * @param subject as the rules left it
   * @param failures of the place where it went out, the first first; empty if it stays
   * @param edits how many characters, lines or finds each edit changed, those that did
   */
  public record Result(Subject subject, List<Decision> failures, Map<String, Long> edits) {}

  /** A rule, or rules that are asked together. */
  interface Op {
    void apply(Draft draft);
  }

  /** A document under the rules. */
  static final class Draft {
    private Subject subject;
    private final List<Decision> failures = new ArrayList<>();
    private final Map<String, Long> edits = new LinkedHashMap<>();

    private Draft(Subject subject) {
      this.subject = subject;
    }

    String text() {
      return subject.text();
    }

    String title() {
      return subject.title();
    }

    void edit(String name, String text, long changed) {
      subject = subject.withText(text);
      if (changed > 0) {
        edits.merge(name, changed, Long::sum);
      }
    }

    void language(String language) {
      subject = new Subject(subject.text(), subject.title(), language);
    }

    void judge(Decision decision) {
      if (!decision.kept()) {
        failures.add(decision);
      }
    }
  }

  private final List<Op> ops;

  Cleaning(List<Op> ops) {
    this.ops = List.copyOf(ops);
  }

  /** Cleans a document. */
  public Result clean(Subject subject) {
    var draft = new Draft(subject);
    for (var op : ops) {
      op.apply(draft);
      if (!draft.failures.isEmpty()) {
        break;
      }
    }
    return new Result(draft.subject, draft.failures, draft.edits);
  }
}
