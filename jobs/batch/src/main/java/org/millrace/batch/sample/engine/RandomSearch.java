package org.millrace.batch.sample.engine;

/**
 * Tries to solve one number problem by random rollouts. A rollout combines two numbers at a time
 * until two are left, preferring results that look useful; the last step takes whatever comes
 * nearest to the target. A step of promise p is drawn with weight exp(p / temperature), so that a
 * low temperature trusts the preference and a high one ignores it.
 */
final class RandomSearch {

  private static final int MOST_PROMISE = 4;

  private final NumberProblem problem;
  private final long goal;
  private final double[] weights = new double[MOST_PROMISE + 1];
  private final Derivation current;
  private final Derivation best;
  private final int[] live;
  private final int[] candidateLeft;
  private final int[] candidateRight;
  private final int[] candidateOperation;
  private final int[] candidatePromise;
  private final long[] candidateValue;

  RandomSearch(NumberProblem problem, double temperature) {
    this.problem = problem;
    int n = problem.numbers().length;
    goal = Fractions.of(problem.target());
    for (int lag = 0; lag < weights.length; lag++) {
      weights[lag] = lag == 0 ? 1 : Math.exp(-lag / temperature);
    }
    current = new Derivation(problem.numbers());
    best = new Derivation(problem.numbers());
    live = new int[n];
    int most = n * (n - 1) * Operation.count();
    candidateLeft = new int[most];
    candidateRight = new int[most];
    candidateOperation = new int[most];
    candidatePromise = new int[most];
    candidateValue = new long[most];
  }

  /**
   * Searches and tells what it did.
   *
   * @param rollouts most rollouts, at least 1
   * @param draws of this answer
   * @return a line for each rollout that missed, the steps of the nearest one, and a last line
   *     {@code Answer: expression = value}
   */
  String solve(int rollouts, Draws draws) {
    var text = new StringBuilder(256);
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 1; i <= rollouts && nearest > 0; i++) {
      rollout(draws);
      double distance = distance(current.result());
      if (distance > 0) {
        text.append("Try ").append(i).append(": ");
        current.appendEquation(text);
        text.append('\n');
      }
      if (distance < nearest) {
        nearest = distance;
        best.copyFrom(current);
      }
    }
    text.append("Steps:\n");
    best.appendSteps(text);
    text.append("Answer: ");
    best.appendEquation(text);
    return text.toString();
  }

  private void rollout(Draws draws) {
    if (!rollout(problem.arithmetic(), draws)) {
      // Only fractions can outgrow what a value holds; a difference of whole numbers never does.
      rollout(Arithmetic.WHOLE, draws);
    }
  }

  private boolean rollout(Arithmetic arithmetic, Draws draws) {
    current.restart();
    for (int i = 0; i < live.length; i++) {
      live[i] = i;
    }
    for (int size = live.length; size > 1; size--) {
      int candidates = candidates(size, arithmetic);
      if (candidates == 0) {
        return false;
      }
      int chosen = size > 2 ? draw(candidates, draws) : nearest(candidates);
      int i = candidateLeft[chosen];
      int j = candidateRight[chosen];
      int node =
          current.combine(
              Operation.at(candidateOperation[chosen]), live[i], live[j], candidateValue[chosen]);
      live[Math.min(i, j)] = node;
      live[Math.max(i, j)] = live[size - 1];
    }
    return true;
  }

  /** Lists what can be done with two of the live nodes. */
  private int candidates(int size, Arithmetic arithmetic) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        for (int o = 0; i != j && o < Operation.count(); o++) {
          Operation operation = Operation.at(o);
          if (i > j && operation.commutes()) {
            continue;
          }
          long value = Fractions.apply(operation, current.value(live[i]), current.value(live[j]));
          if (arithmetic.allows(value)) {
            candidateLeft[count] = i;
            candidateRight[count] = j;
            candidateOperation[count] = o;
            candidateValue[count] = value;
            candidatePromise[count++] = promise(value);
          }
        }
      }
    }
    return count;
  }

  private int draw(int candidates, Draws draws) {
    int most = 0;
    for (int c = 0; c < candidates; c++) {
      most = Math.max(most, candidatePromise[c]);
    }
    double total = 0;
    for (int c = 0; c < candidates; c++) {
      total += weights[most - candidatePromise[c]];
    }
    double left = draws.unit() * total;
    int chosen = 0;
    for (int c = 0; c < candidates && left >= 0; c++) {
      double weight = weights[most - candidatePromise[c]];
      if (weight > 0) {
        left -= weight;
        chosen = c;
      }
    }
    return chosen;
  }

  private int nearest(int candidates) {
    int nearest = 0;
    for (int c = 1; c < candidates; c++) {
      if (distance(candidateValue[c]) < distance(candidateValue[nearest])) {
        nearest = c;
      }
    }
    return nearest;
  }

  /** How useful a result looks, 0 to 4: whole, not above the target, one of its divisors. */
  private int promise(long value) {
    long whole = Fractions.numerator(value);
    if (Fractions.denominator(value) != 1) {
      return 0;
    }
    if (whole == 0) {
      return 1;
    }
    int promise = 2;
    promise += whole <= problem.target() ? 1 : 0;
    promise += problem.target() % whole == 0 ? 1 : 0;
    return promise;
  }

  private double distance(long value) {
    // Exact where it must be: a value is at the goal or at least 1 / 2^31 away from it.
    return value == goal ? 0 : Math.abs(Fractions.toDouble(value) - problem.target());
  }
}
