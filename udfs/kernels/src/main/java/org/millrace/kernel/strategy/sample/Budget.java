package org.millrace.kernel.strategy.sample;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How many instances each cluster gives to a sample. */
public final class Budget {

  private Budget() {}

  /**
   * So many from each, or all it has.
   *
   * @param sizes of the clusters, from 0
   * @param each from 0
   */
  public static long[] perCluster(long[] sizes, long each) {
    return Arrays.stream(sizes).map(size -> Math.min(size, each)).toArray();
  }

  /**
   * So many in all, shared as evenly as sizes allow: what small clusters lack, others give, and
   * what does not divide, the largest.
   *
   * @param sizes of the clusters, from 0
   * @param total from 0; all instances where there are fewer
   */
  public static long[] balanced(long[] sizes, long total) {
    var order =
        IntStream.range(0, sizes.length)
            .boxed()
            .sorted((a, b) -> Long.compare(sizes[a], sizes[b]))
            .toList();
    var given = new long[sizes.length];
    long left = total;
    for (int i = 0; i < sizes.length; i++) {
      long each = left / (sizes.length - i);
      given[order.get(i)] = Math.min(sizes[order.get(i)], each);
      left -= given[order.get(i)];
    }
    return given;
  }

  /**
   * So many in all, each cluster by its size: the stratified baseline. Rounded down, and what is
   * left by the largest remainders, of equals the first.
   *
   * @param sizes of the clusters, from 0
   * @param total from 0; all instances where there are fewer
   */
  public static long[] proportional(long[] sizes, long total) {
    long all = Arrays.stream(sizes).sum();
    long wanted = Math.min(total, all);
    var given = new long[sizes.length];
    var remainders = new double[sizes.length];
    for (int i = 0; i < sizes.length && all > 0; i++) {
      double exact = (double) sizes[i] / all * wanted;
      given[i] = Math.min(sizes[i], (long) exact);
      remainders[i] = exact - given[i];
    }
    var order =
        IntStream.range(0, sizes.length)
            .boxed()
            .sorted((a, b) -> Double.compare(remainders[b], remainders[a]))
            .toList();
    long left = wanted - Arrays.stream(given).sum();
    for (int i : order) {
      if (left > 0 && given[i] < sizes[i]) {
        given[i]++;
        left--;
      }
    }
    return given;
  }
}
