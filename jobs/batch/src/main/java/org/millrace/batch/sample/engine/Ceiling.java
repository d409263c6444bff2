package org.millrace.batch.sample.engine;

import java.io.Serializable;

/**
 * What may be spent at most.
 *
 * @param tokens read and written
 * @param calls to the engine, repeated ones too
 * @param money by a {@link Price}
 */
public record Ceiling(double tokens, double calls, double money) implements Serializable {

  /** No ceiling. */
  public static final Ceiling NONE =
      new Ceiling(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** What is left of it, at least 0. */
  public Ceiling less(double tokens, double calls, double money) {
    return new Ceiling(
        Math.max(0, this.tokens - tokens),
        Math.max(0, this.calls - calls),
        Math.max(0, this.money - money));
  }

  /** A share of it. */
  public Ceiling times(double share) {
    return new Ceiling(tokens * share, calls * share, money * share);
  }

  /** Whether so much is within it. */
  boolean admits(double tokens, double calls, double money) {
    return tokens <= this.tokens && calls <= this.calls && money <= this.money;
  }
}
