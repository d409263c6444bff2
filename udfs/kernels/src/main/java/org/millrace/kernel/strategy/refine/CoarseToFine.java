package org.millrace.kernel.strategy.refine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The search for λ: rounds of falling λ, as of {@link
 * org.millrace.kernel.strategy.cluster.FarthestFirst#schedule}, until a round scores hardly higher
 * than the best so far. The best round counts, not the last. Splitting a pure key goes on to raise
 * the score a little by chance: a least gain stops before that.
 */
public final class CoarseToFine {

  private CoarseToFine() {}

  /**
   * A round.
   *
   * @param lambda its λ
   * @param score its total, NaN if no key says anything
   * @param result what it found
   * @param <T> such as the clusterings of students and problems
   */
  public record Round<T>(double lambda, double score, T result) {}

  /**
   * All rounds that were run.
   *
   * @param best of them
   * @param rounds in order, the best among them
   * @param <T> what a round finds
   */
  public record Search<T>(Round<T> best, List<Round<T>> rounds) {}

  /**
   * Runs rounds until one gains nothing.
   *
   * @param lambdas falling, at least one
   * @param round of a λ
   * @param <T> what a round finds
   */
  public static <T> Search<T> run(double[] lambdas, DoubleFunction<Round<T>> round) {
    return run(lambdas, 0, round);
  }

  /**
   * Runs rounds.
   *
   * @param lambdas falling, at least one
   * @param leastGain over the best score so far that goes on, from 0: a round that gains no more is
   *     the last and does not count
   * @param round of a λ
   * @param <T> what a round finds
   */
  public static <T> Search<T> run(
      double[] lambdas, double leastGain, DoubleFunction<Round<T>> round) {
    if (lambdas.length == 0) {
      throw new IllegalArgumentException("no lambda to try");
    }
    Round<T> best = null;
    var rounds = new ArrayList<Round<T>>();
    for (double lambda : lambdas) {
      var next = round.apply(lambda);
      rounds.add(next);
      // A coarse round without a score stops nothing: it only says that its keys are empty.
      if (best != null
          && !Double.isNaN(best.score())
          && !(next.score() > best.score() + leastGain)) {
        break;
      }
      best = next;
    }
    return new Search<>(best, List.copyOf(rounds));
  }
}
