package org.millrace.batch.sample.engine;

import java.io.Serializable;

/**
 * What tokens cost.
 *
 * @param prompt money for a million tokens read, at least 0
 * @param completion money for a million tokens written, at least 0
 */
public record Price(double prompt, double completion) implements Serializable {

  private static final double MILLION = 1e6;

  /** Checks the range. */
  public Price {
    if (!(prompt >= 0 && completion >= 0)) {
      throw new IllegalArgumentException("a price is at least 0");
    }
  }

  /** What so many tokens cost. */
  public double of(long promptTokens, long completionTokens) {
    return (promptTokens * prompt + completionTokens * completion) / MILLION;
  }
}
