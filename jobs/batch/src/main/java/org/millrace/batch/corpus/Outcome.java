package org.millrace.batch.corpus;

import java.util.List;
import java.util.Map;
import org.millrace.kernel.clean.Decision;

/**
 * What a step made of a document.
 *
 * @param document as the step leaves it
 * @param failures the rules that drop it, the first first; empty if it stays
 * @param detail what the first failure found, such as the other document; null if that says nothing
 * @param edits how many characters, lines or finds each edit changed
 */
record Outcome(Document document, List<Decision> failures, String detail, Map<String, Long> edits) {

  static Outcome kept(Document document) {
    return new Outcome(document, List.of(), null, Map.of());
  }

  static Outcome kept(Document document, Map<String, Long> edits) {
    return new Outcome(document, List.of(), null, edits);
  }

  static Outcome dropped(Document document, Decision failure, String detail) {
    return new Outcome(document, List.of(failure), detail, Map.of());
  }

  boolean kept() {
    return failures.isEmpty();
  }
}
