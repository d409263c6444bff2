package org.millrace.batch.strategies.graph;

/**
 * How words become vectors.
 *
 * @param dimensions of a vector, at least 1
 * @param window words on either side of a word that are its context, at least 1
 * @param iterations over all sentences, at least 1
 * @param stepSize learning rate at the beginning, above 0
 * @param seed of what is random
 */
public record SkipGramSettings(
    int dimensions, int window, int iterations, double stepSize, long seed) {

  /** Dimensions by default. */
  public static final int DIMENSIONS = 300;

  /** Window by default; 4 for pruned instances. */
  public static final int WINDOW = 8;

  /** Iterations by default. */
  public static final int ITERATIONS = 5;

  /** Learning rate by default. */
  public static final double STEP_SIZE = .025;

  /** Refuses settings that learn nothing. */
  public SkipGramSettings {
    if (dimensions < 1 || window < 1 || iterations < 1 || !(stepSize > 0)) {
      throw new IllegalArgumentException(
          "dimensions, window and iterations are 1 or more, the step size above 0, got "
              + "%d, %d, %d and %s".formatted(dimensions, window, iterations, stepSize));
    }
  }

  /**
   * Defaults.
   *
   * @param seed of what is random
   */
  public static SkipGramSettings of(long seed) {
    return new SkipGramSettings(DIMENSIONS, WINDOW, ITERATIONS, STEP_SIZE, seed);
  }

  /** The same with other dimensions. */
  public SkipGramSettings dimensions(int other) {
    return new SkipGramSettings(other, window, iterations, stepSize, seed);
  }

  /** The same with another window. */
  public SkipGramSettings window(int other) {
    return new SkipGramSettings(dimensions, other, iterations, stepSize, seed);
  }

  /** The same with more or fewer iterations. */
  public SkipGramSettings iterations(int other) {
    return new SkipGramSettings(dimensions, window, other, stepSize, seed);
  }

  /** The same with another learning rate. */
  public SkipGramSettings stepSize(double other) {
    return new SkipGramSettings(dimensions, window, iterations, other, seed);
  }
}
