package org.millrace.batch.sample.engine;

import java.io.Serializable;

/**
 * How an engine samples.
 *
 * @param temperature at least 0 and finite; 0 is greedy, every sample of a prompt is then the same
 * @param topP share of the probability mass that may be drawn, above 0 and at most 1
 * @param maxTokens most completion tokens of one answer, at least 1
 * @param seed of every random choice, mixed with the prompt and the sample index
 */
public record Parameters(double temperature, double topP, int maxTokens, long seed)
    implements Serializable {

  /** Temperature 0.8, top-p 1, 2,048 tokens, seed 42: the defaults of search-and-learn. */
  public static final Parameters DEFAULT = new Parameters(0.8, 1, 2048, 42);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value out of range
   */
  public Parameters {
    require(temperature >= 0 && temperature < Double.POSITIVE_INFINITY, "temperature", temperature);
    require(topP > 0 && topP <= 1, "topP", topP);
    require(maxTokens >= 1, "maxTokens", maxTokens);
  }

  private static void require(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is out of range: " + value);
    }
  }
}
