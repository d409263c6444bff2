package org.millrace.kernel.model;

import static java.util.Objects.requireNonNull;

/**
 * An n-gram language model with Witten and Bell's interpolation (1991; Chen and Goodman 1998,
 * section 2.4): {@code P(w|h) = (c(hw) + T(h) P(w|h')) / (c(h) + T(h))} with c counts, T(h) the
 * different symbols after h and h' the context one shorter. A context never met leaves the shorter
 * one's probability, and the end of that recursion is the same probability for each symbol met and
 * for one unknown. Probabilities of all of these sum to 1 in every context.
 *
 * <p>Immutable and thread-safe.
 */
public final class NGramModel {

  private final Units units;
  private final int order;
  private final double floor;

  /** By n: (context, symbol) to its count, and context to its count and followers. */
  private final LongCounts[] grams;

  private final LongCounts[] totals;
  private final LongCounts[] followers;

  private NGramModel(NGramCounts counts) {
    units = counts.units();
    order = counts.order();
    floor = 1.0 / (counts.size(1) + 1);
    grams = new LongCounts[order];
    totals = new LongCounts[order];
    followers = new LongCounts[order];
    for (int n = 0; n < order; n++) {
      var table = counts.table(n + 1);
      var gram = grams[n] = LongCounts.of(table.size());
      var total = totals[n] = LongCounts.of(16);
      var follower = followers[n] = LongCounts.of(16);
      table.forEach(
          (context, symbol, count) -> {
            gram.add(key(context, symbol), count);
            total.add(context, count);
            follower.add(context, 1);
          });
    }
  }

  /** The model of these counts, which may change afterwards. */
  public static NGramModel of(NGramCounts counts) {
    return new NGramModel(requireNonNull(counts, "counts is null"));
  }

  /**
   * Perplexity of a text: the inverse of the geometric mean of its symbols' probabilities, its end
   * being one of them. Linear in the text.
   *
   * @param text not null, empty or not
   * @return 1 or more; by it, lower is likelier
   */
  public double perplexity(String text) {
    var sum =
        new Object() {
          double logs;
          long symbols;
        };
    NGramCounts.forEach(
        requireNonNull(text, "text is null"),
        units,
        order,
        (contexts, symbol) -> {
          sum.logs += StrictMath.log(probability(contexts, symbol));
          sum.symbols++;
        });
    return StrictMath.exp(-sum.logs / sum.symbols);
  }

  /**
   * Probability of a symbol.
   *
   * @param contexts hashes of the contexts before it, by length
   */
  double probability(long[] contexts, int symbol) {
    double probability = floor;
    for (int n = 0; n < order; n++) {
      long total = totals[n].get(contexts[n]);
      if (total > 0) {
        long kinds = followers[n].get(contexts[n]);
        long count = grams[n].get(key(contexts[n], symbol));
        probability = (count + kinds * probability) / ((double) total + kinds);
      }
    }
    return probability;
  }

  private static long key(long context, int symbol) {
    return Mix.of(context + (symbol + 1) * 0x9E3779B97F4A7C15L);
  }
}
