package org.millrace.kernel.strategy.graph;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.LongFunction;
import org.millrace.kernel.strategy.Draws;

/**
 * Biased second-order random walks (Grover and Leskovec, KDD 2016, section 3.2): from v, reached
 * from t, a neighbour x is drawn with chance proportional to {@code weight(v, x) * a}, where a is
 * 1/p if x is t, 1 if x is a neighbour of t, 1/q otherwise. Drawn by rejection from the first-order
 * alias table, so that a node needs no table for each of its edges. Every draw is a function of the
 * seed, the start, the walk's number and the step: a walk is the same in whatever partition, and
 * can be made whole or, one join a step, by {@link #next}.
 *
 * @param p return parameter, above 0: larger ones seldom go back
 * @param q in-out parameter, above 0: larger ones stay near
 * @param length nodes of a walk, the start among them, at least 1
 * @param seed of all draws
 */
public record Node2Vec(double p, double q, int length, long seed) implements Serializable {

  /** Walks a node by default. */
  public static final int WALKS = 10;

  /** Nodes of a walk by default. */
  public static final int LENGTH = 40;

  /** Unbiased walks, p = q = 1. */
  public static Node2Vec unbiased(long seed) {
    return new Node2Vec(1, 1, LENGTH, seed);
  }

  /** Refuses what walks nowhere. */
  public Node2Vec {
    if (!(p > 0 && q > 0 && p < Double.POSITIVE_INFINITY && q < Double.POSITIVE_INFINITY)
        || length < 1) {
      throw new IllegalArgumentException(
          "walks want p and q above 0 and a length from 1, got %s, %s and %d"
              .formatted(p, q, length));
    }
  }

  /**
   * A whole walk.
   *
   * @param start where it begins
   * @param number of the walk among those of its start, from 0
   * @param graph the edges of a node; null for a node without any, where a walk ends
   * @return the nodes, {@link #length} or fewer
   */
  public long[] walk(long start, int number, LongFunction<Neighbours> graph) {
    var walk = new long[length];
    walk[0] = start;
    Neighbours before = null;
    var at = graph.apply(start);
    int nodes = 1;
    for (; nodes < length && at != null; nodes++) {
      long from = nodes > 1 ? walk[nodes - 2] : start;
      walk[nodes] = next(start, number, nodes, from, before, at);
      before = at;
      at = nodes + 1 < length ? graph.apply(walk[nodes]) : null;
    }
    return Arrays.copyOf(walk, nodes);
  }

  /**
   * The next node of a walk: all that a join a step needs.
   *
   * @param start of the walk
   * @param number of the walk
   * @param step place of the wanted node in the walk, from 1
   * @param from the node before the last; of no matter at step 1
   * @param before its edges; null at step 1
   * @param at the edges of the last node
   */
  public long next(long start, int number, int step, long from, Neighbours before, Neighbours at) {
    long key = Draws.key(Draws.key(Draws.key(seed, start), number), step);
    if (before == null || (p == 1 && q == 1)) {
      return at.drawn(Draws.uniform(Draws.key(key, 0)));
    }
    double most = Math.max(1, Math.max(1 / p, 1 / q));
    for (int attempt = 0; ; attempt += 2) {
      long candidate = at.drawn(Draws.uniform(Draws.key(key, attempt)));
      double bias = candidate == from ? 1 / p : before.contains(candidate) ? 1 : 1 / q;
      if (Draws.uniform(Draws.key(key, attempt + 1)) * most < bias) {
        return candidate;
      }
    }
  }
}
