package org.millrace.kernel.clean;

import static org.millrace.kernel.clean.Rule.atLeast;
import static org.millrace.kernel.clean.Rule.atMost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rule packs by name, each with the thresholds and the order of its source. Packs of the same
 * name differ between tools: these are the dialects that their Javadoc names.
 */
public final class RulePacks {

  /**
   * What PanGu-α (arXiv 2104.12369, table 2) asks before it cleans a document: Chinese characters
   * by non-space characters, and length in non-space characters.
   */
  public static final RulePack PANGU =
      new RulePack(
          "pangu",
          List.of(
              atLeast(0.60, "pangu_chinese_ratio", DocumentStatistics::chineseRatio),
              atLeast(150, "pangu_too_short", DocumentStatistics::nonSpaceCharacters)));

  /** What PanGu-α asks again after it cleaned a document. */
  public static final RulePack PANGU_CLEANED =
      new RulePack(
          "pangu-cleaned",
          List.of(atLeast(150, "pangu_short_after_clean", DocumentStatistics::nonSpaceCharacters)));

  /** Gopher's quality rules (arXiv 2112.11446, A1.1) as datatrove reads them. */
  public static final RulePack GOPHER_QUALITY =
      new RulePack("gopher-quality", quality(3, 10, 0.8, DocumentStatistics::englishStopWords));

  /** Gopher's repetition rules (arXiv 2112.11446, table A1) as datatrove reads them. */
  public static final RulePack GOPHER_REPETITION =
      new RulePack(
          "gopher-repetition",
          join(
              List.of(
                  unlessZero(.30, "dup_para_frac", DocumentStatistics::duplicateParagraphRatio),
                  unlessZero(
                      .20,
                      "dup_para_char_frac",
                      DocumentStatistics::duplicateParagraphCharacterRatio),
                  unlessZero(.30, "dup_line_frac", DocumentStatistics::duplicateLineRatio),
                  unlessZero(
                      .20, "dup_line_char_frac", DocumentStatistics::duplicateLineCharacterRatio)),
              topGrams(.20, .18, .16),
              duplicateGrams(.15, .14, .13, .12, .11, .10)));

  /** FineWeb's own rules (arXiv 2406.17557, section 3.6). */
  public static final RulePack FINEWEB =
      new RulePack(
          "fineweb",
          List.of(
              atLeast(1, "empty", DocumentStatistics::nonBlankLines),
              atLeast(.12, "line_punct_ratio", DocumentStatistics::sentenceEndRatio),
              atMost(.67, "short_line_ratio", DocumentStatistics::shortLineRatio),
              atMost(.01, "char_dup_ratio", DocumentStatistics::duplicateCharacterRatio),
              atMost(.3, "list_ratio", DocumentStatistics::lineFeedRatio)));

  /**
   * FineWeb-2's rules for Chinese (arXiv 2506.20920, cmn_Hani): repetition, then FineWeb's, then
   * quality, whose other thresholds are those of {@link #GOPHER_QUALITY}. Its words are jieba's.
   */
  public static final RulePack FINEWEB2_ZH =
      new RulePack(
          "fineweb2-zh",
          join(
              List.of(unlessZero(.287, "dup_line_frac", DocumentStatistics::duplicateLineRatio)),
              topGrams(.256, .201, .171),
              duplicateGrams(.198, .182, .167, .154, .140, .127),
              List.of(
                  atLeast(1, "empty", DocumentStatistics::nonBlankLines),
                  atLeast(.106, "line_punct_ratio", DocumentStatistics::sentenceEndRatio),
                  atMost(.1, "char_dup_ratio", DocumentStatistics::duplicateCharacterRatio),
                  atMost(.178, "list_ratio", DocumentStatistics::lineFeedRatio)),
              quality(1, 5, .735, DocumentStatistics::chineseStopWords)));

  private static final Map<String, RulePack> BY_NAME =
      Stream.of(
              PANGU,
              PANGU_CLEANED,
              GOPHER_QUALITY,
              GOPHER_REPETITION,
              FINEWEB,
              FINEWEB2_ZH,
              Dolma.QUALITY,
              Dolma.REPETITION)
          .collect(Collectors.toUnmodifiableMap(RulePack::name, Function.identity()));

  private RulePacks() {}

  /**
   * The pack of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static RulePack named(String name) {
    var pack = BY_NAME.get(name);
    if (pack == null) {
      throw new IllegalArgumentException(
          "no rule pack \""
              + name
              + "\"; choose of "
              + BY_NAME.keySet().stream().sorted().toList());
    }
    return pack;
  }

  /** The names of all packs. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * The words that a pack's thresholds were made for: jieba's for {@link #FINEWEB2_ZH}, those
   * between white space for Dolma's and for {@link #PANGU}, which counts none, {@link Words#TOKENS}
   * for the others.
   *
   * @throws IllegalArgumentException if there is no such pack
   */
  public static WordSplitter words(String name) {
    var pack = named(name);
    if (pack == FINEWEB2_ZH) {
      return new Jieba();
    }
    boolean tokens = pack == GOPHER_QUALITY || pack == GOPHER_REPETITION || pack == FINEWEB;
    return tokens ? Words.TOKENS : Words.WHITESPACE;
  }

  private static List<Rule> quality(
      double shortest,
      double longest,
      double alphabetic,
      ToDoubleFunction<DocumentStatistics> stopWords) {
    return List.of(
        atLeast(50, "gopher_short_doc", DocumentStatistics::properWords),
        atMost(100_000, "gopher_long_doc", DocumentStatistics::properWords),
        atLeast(shortest, "gopher_below_avg_threshold", DocumentStatistics::meanWordLength),
        atMost(longest, "gopher_above_avg_threshold", DocumentStatistics::meanWordLength),
        atMost(.1, "gopher_too_many_hashes", DocumentStatistics::hashRatio),
        atMost(.1, "gopher_too_many_ellipsis", DocumentStatistics::ellipsisRatio),
        atMost(.9, "gopher_too_many_bullets", DocumentStatistics::bulletRatio),
        atMost(.3, "gopher_too_many_end_ellipsis", DocumentStatistics::ellipsisLineRatio),
        atLeast(alphabetic, "gopher_below_alpha_threshold", DocumentStatistics::alphabeticRatio),
        atLeast(2, "gopher_enough_stop_words", stopWords));
  }

  private static Rule unlessZero(
      double threshold, String name, ToDoubleFunction<DocumentStatistics> measure) {
    return new Rule(name, measure, Bound.AT_MOST_UNLESS_ZERO, threshold);
  }

  /** Thresholds from n = 2. */
  private static List<Rule> topGrams(double... thresholds) {
    var rules = new ArrayList<Rule>();
    for (int i = 0; i < thresholds.length; i++) {
      int n = i + 2;
      rules.add(atMost(thresholds[i], "top_" + n + "_gram", d -> d.topGramRatio(n)));
    }
    return rules;
  }

  /** Thresholds from n = 5. */
  private static List<Rule> duplicateGrams(double... thresholds) {
    var rules = new ArrayList<Rule>();
    for (int i = 0; i < thresholds.length; i++) {
      int n = i + 5;
      rules.add(
          atMost(thresholds[i], "duplicated_" + n + "_n_grams", d -> d.duplicateGramRatio(n)));
    }
    return rules;
  }

  @SafeVarargs
  private static List<Rule> join(List<Rule>... parts) {
    return Stream.of(parts).flatMap(List::stream).toList();
  }
}
