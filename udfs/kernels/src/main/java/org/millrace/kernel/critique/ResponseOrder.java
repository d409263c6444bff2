package org.millrace.kernel.critique;

import java.util.Arrays;
import org.millrace.kernel.strategy.Draws;

/**
 * The order in which a critique is shown the responses to a prompt: a judge favours places, so each
 * critique has another one.
 */
public final class ResponseOrder {

  private ResponseOrder() {}

  /**
   * A uniform shuffle.
   *
   * @param seed of the run
   * @param key of the critique; the same key has the same order on every machine
   * @param responses how many there are, at least 0
   * @return the response that stands at each place
   */
  public static int[] of(long seed, String key, int responses) {
    var order = new int[responses];
    Arrays.setAll(order, i -> i);
    long draws = Draws.key(seed, key);
    for (int last = responses - 1; last > 0; last--) {
      int chosen = Draws.below(Draws.key(draws, last), last + 1);
      int moved = order[chosen];
      order[chosen] = order[last];
      order[last] = moved;
    }
    return order;
  }

  /**
   * What was read by place, by response.
   *
   * @param values one a place
   * @param order of {@link #of}
   */
  public static double[] undo(double[] values, int[] order) {
    var byResponse = new double[values.length];
    for (int place = 0; place < values.length; place++) {
      byResponse[order[place]] = values[place];
    }
    return byResponse;
  }
}
