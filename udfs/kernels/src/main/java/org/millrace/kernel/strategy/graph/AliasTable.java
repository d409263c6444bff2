package org.millrace.kernel.strategy.graph;

import java.io.Serializable;

/**
 * Draws a place with a chance proportional to its weight, in constant time (Walker 1977, built in
 * linear time as of Vose 1991). Immutable.
 */
public final class AliasTable implements Serializable {

  private static final long serialVersionUID = 1;

  private final double[] keep;
  private final int[] alias;

  private AliasTable(double[] keep, int[] alias) {
    this.keep = keep;
    this.alias = alias;
  }

  /**
   * A table of weights.
   *
   * @param weights at least one, each from 0 and finite, not all 0
   * @throws IllegalArgumentException for others
   */
  public static AliasTable of(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a weight is 0 or more, not " + weight);
      }
      sum += weight;
    }
    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("weights that add up to " + sum);
    }
    int size = weights.length;
    var keep = new double[size];
    var alias = new int[size];
    var places = new int[size];
    int small = 0;
    int large = size;
    for (int i = 0; i < size; i++) {
      keep[i] = weights[i] / sum * size;
      alias[i] = i;
      places[keep[i] < 1 ? small++ : --large] = i;
    }
    // Small ones lie before `small`, large ones from `large`; they share the array.
    while (small > 0 && large < size) {
      int less = places[--small];
      int more = places[large];
      alias[less] = more;
      keep[more] -= 1 - keep[less];
      if (keep[more] < 1) {
        large++;
        places[small++] = more;
      }
    }
    while (large < size) {
      keep[places[large++]] = 1;
    }
    while (small > 0) {
      keep[places[--small]] = 1;
    }
    return new AliasTable(keep, alias);
  }

  /** How many places there are. */
  public int size() {
    return keep.length;
  }

  /**
   * The place of a draw.
   *
   * @param uniform from 0 inclusive to 1 exclusive
   */
  public int place(double uniform) {
    double scaled = uniform * keep.length;
    int place = (int) scaled;
    return scaled - place < keep[place] ? place : alias[place];
  }
}
