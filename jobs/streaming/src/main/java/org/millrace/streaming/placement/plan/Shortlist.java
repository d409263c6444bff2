package org.millrace.streaming.placement.plan;

import java.util.List;
import java.util.TreeMap;

/** The best candidates, one for each score. */
final class Shortlist {

  private static final int KEPT = 4;

  private final TreeMap<Score, Candidate> byScore = new TreeMap<>();
  private long seen;

  void add(Candidate candidate) {
    seen++;
    if (byScore.size() == KEPT && candidate.score().compareTo(byScore.lastKey()) > 0) {
      return;
    }
    byScore.merge(candidate.score(), candidate, Candidate::better);
    if (byScore.size() > KEPT) {
      byScore.pollLastEntry();
    }
  }

  boolean isEmpty() {
    return byScore.isEmpty();
  }

  Candidate best() {
    return byScore.firstEntry().getValue();
  }

  /** From the best on. */
  List<Candidate> all() {
    return List.copyOf(byScore.values());
  }

  /** How many candidates were added. */
  long seen() {
    return seen;
  }
}
