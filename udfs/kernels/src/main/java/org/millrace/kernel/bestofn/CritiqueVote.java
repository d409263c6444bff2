package org.millrace.kernel.bestofn;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Votes of a generative reward model that rates all responses to a prompt in each critique
 * (DeepSeek-GRM, SPCT, arXiv 2504.02495): the critiques' ratings are added up, those of all
 * critiques or of the ones that a meta model holds best.
 *
 * @param ratings one array a critique, one rating a response, often 1 to 10; NaN for a missing one
 * @param missing what a missing one does
 */
public record CritiqueVote(double[][] ratings, MissingRating missing) {

  // Ratings are added as whole numbers, so that equal sums tie whatever the order.
  private static final double GRID = 1e6;

  /**
   * @throws IllegalArgumentException if critiques rate different numbers of responses
   */
  public CritiqueVote {
    requireNonNull(ratings, "ratings is null");
    requireNonNull(missing, "missing is null");
    for (var critique : ratings) {
      if (critique.length != ratings[0].length) {
        throw new IllegalArgumentException(
            "critiques must rate the same responses, not %d and %d of them"
                .formatted(ratings[0].length, critique.length));
      }
    }
  }

  /**
   * Sums over the first critiques.
   *
   * @param k how many of them count, at least 1; all where there are fewer
   * @return a sum a response; NaN for one that no critique rates
   */
  public double[] sums(int k) {
    return sums(IntStream.range(0, Math.min(k, ratings.length)).toArray());
  }

  /**
   * Sums over the critiques that a meta model holds best.
   *
   * @param meta its score of each critique; of equal ones the first counts, NaN comes last
   * @param kMeta how many count, at least 1; the paper's choice is half of them
   * @return as of {@link #sums(int)}
   */
  public double[] sums(double[] meta, int kMeta) {
    if (meta.length != ratings.length) {
      throw new IllegalArgumentException(
          "a meta score each critique is wanted, %d and not %d"
              .formatted(ratings.length, meta.length));
    }
    return sums(
        IntStream.range(0, meta.length)
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> Double.isNaN(meta[i]) ? 1 : 0)
                    .thenComparing(i -> -meta[i]))
            .limit(kMeta)
            .mapToInt(i -> i)
            .toArray());
  }

  /**
   * The responses with the largest sum.
   *
   * @param sums of this vote
   * @return their places, ascending; more than one where they tie, none where there is no sum
   */
  public static int[] best(double[] sums) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double sum : sums) {
      largest = Double.isNaN(sum) ? largest : Math.max(largest, sum);
    }
    double best = largest;
    return IntStream.range(0, sums.length).filter(i -> sums[i] == best).toArray();
  }

  private double[] sums(int[] chosen) {
    int[] critiques =
        missing == MissingRating.MEAN
            ? chosen
            : IntStream.of(chosen).filter(this::complete).toArray();
    int responses = ratings.length == 0 ? 0 : ratings[0].length;
    return IntStream.range(0, responses).mapToDouble(i -> sum(critiques, i)).toArray();
  }

  private boolean complete(int critique) {
    for (double rating : ratings[critique]) {
      if (Double.isNaN(rating)) {
        return false;
      }
    }
    return true;
  }

  private double sum(int[] critiques, int response) {
    long sum = 0;
    int rated = 0;
    for (int critique : critiques) {
      double rating = ratings[critique][response];
      if (!Double.isNaN(rating)) {
        sum += Math.round(rating * GRID);
        rated++;
      }
    }
    // One division of whole numbers: equal fractions are equal doubles.
    return rated == 0 ? Double.NaN : sum * (double) critiques.length / (GRID * rated);
  }
}
