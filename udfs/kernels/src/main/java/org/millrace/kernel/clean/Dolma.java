package org.millrace.kernel.clean;

import static org.millrace.kernel.clean.Rule.atLeast;
import static org.millrace.kernel.clean.Rule.atMost;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gopher's rules as Dolma (arXiv 2402.00159) reads them; wants {@link Words#WHITESPACE}. Reasons
 * are named and ordered as in {@link RulePacks#GOPHER_QUALITY} and {@link
 * RulePacks#GOPHER_REPETITION}; there is no rule on the commonest n-grams, Dolma's being dead.
 */
public final class Dolma {

  /**
   * Median word length, one symbol ratio over words with # or …, bullets * or - untrimmed, stop
   * words counted with repeats.
   */
  public static final RulePack QUALITY =
      new RulePack(
          "gopher-quality-dolma",
          List.of(
              atLeast(50, "gopher_short_doc", DocumentStatistics::words),
              atMost(100_000, "gopher_long_doc", DocumentStatistics::words),
              atLeast(3, "gopher_below_avg_threshold", DocumentStatistics::medianWordLength),
              atMost(10, "gopher_above_avg_threshold", DocumentStatistics::medianWordLength),
              atMost(.1, "gopher_too_many_symbols", DocumentStatistics::symbolWordRatio),
              atMost(.9, "gopher_too_many_bullets", DocumentStatistics::untrimmedBulletRatio),
              atMost(.3, "gopher_too_many_end_ellipsis", DocumentStatistics::ellipsisLineRatio),
              atLeast(.8, "gopher_below_alpha_threshold", DocumentStatistics::alphabeticRatio),
              atLeast(
                  2, "gopher_enough_stop_words", DocumentStatistics::englishStopWordOccurrences)));

  /**
   * All copies of a duplicate line count, all overlapping n-grams that occur more than once, both
   * by characters of words.
   */
  public static final RulePack REPETITION =
      new RulePack(
          "gopher-repetition-dolma",
          Stream.concat(
                  Stream.of(
                      atMost(.30, "dup_line_frac", DocumentStatistics::copiedLineRatio),
                      atMost(
                          .30, "dup_line_char_frac", DocumentStatistics::copiedLineCharacterRatio)),
                  IntStream.rangeClosed(5, 10).mapToObj(Dolma::duplicateGrams))
              .toList());

  private Dolma() {}

  /** .15 for n = 5 and .01 less for each word more. */
  private static Rule duplicateGrams(int n) {
    return atMost((20 - n) / 100.0, "duplicated_" + n + "_n_grams", d -> d.overlappingGramRatio(n));
  }
}
