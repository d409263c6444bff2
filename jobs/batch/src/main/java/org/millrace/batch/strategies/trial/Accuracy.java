package org.millrace.batch.strategies.trial;

import java.util.Optional;
import org.millrace.kernel.strategy.equity.PredictiveEquality;

/** How right predictions are, as means over the held-out instances. */
public final class Accuracy {

  private final double jaccard;
  private final double sets;
  private final double exact;
  private final double edits;
  private final PredictiveEquality equality;

  Accuracy(double jaccard, double sets, double exact, double edits, PredictiveEquality equality) {
    this.jaccard = jaccard;
    this.sets = sets;
    this.exact = exact;
    this.edits = edits;
    this.equality = equality;
  }

  /** Jaccard similarity of predicted and actual skills, as sets: 0 to 1. */
  public double jaccard() {
    return jaccard;
  }

  /** Share of predictions with just the right skills, in whatever order. */
  public double sets() {
    return sets;
  }

  /** Share of predictions with just the right skills in the right order. */
  public double exact() {
    return exact;
  }

  /** Edit distance over the longer length, 0 for equal ones, to 1. */
  public double edits() {
    return edits;
  }

  /** By group of learners, from the weakest; empty where fewer than two groups are known. */
  public Optional<PredictiveEquality> equality() {
    return Optional.ofNullable(equality);
  }
}
