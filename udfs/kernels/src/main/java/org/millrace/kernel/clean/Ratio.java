package org.millrace.kernel.clean;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The measures of a document that need its characters, words and lines only, no normal form and no
 * dictionary: a GPU can take them in one reading. The order is that of the GPU's kernel.
 */
public enum Ratio {
  /** Words. */
  WORDS(DocumentStatistics::words),
  /** {@link DocumentStatistics#meanWordLength}. */
  MEAN_WORD_LENGTH(DocumentStatistics::meanWordLength),
  /** {@link DocumentStatistics#alphabeticRatio}. */
  ALPHABETIC(DocumentStatistics::alphabeticRatio),
  /** {@link DocumentStatistics#hashRatio}. */
  HASH(DocumentStatistics::hashRatio),
  /** {@link DocumentStatistics#ellipsisRatio}. */
  ELLIPSIS(DocumentStatistics::ellipsisRatio),
  /** {@link DocumentStatistics#duplicateLineRatio}. */
  DUPLICATE_LINES(DocumentStatistics::duplicateLineRatio),
  /** {@link DocumentStatistics#duplicateLineCharacterRatio}. */
  DUPLICATE_LINE_CHARACTERS(DocumentStatistics::duplicateLineCharacterRatio),
  /** {@link DocumentStatistics#duplicateParagraphRatio}. */
  DUPLICATE_PARAGRAPHS(DocumentStatistics::duplicateParagraphRatio),
  /** {@link DocumentStatistics#duplicateParagraphCharacterRatio}. */
  DUPLICATE_PARAGRAPH_CHARACTERS(DocumentStatistics::duplicateParagraphCharacterRatio),
  /** {@link DocumentStatistics#topGramRatio} of 2. */
  TOP_2_GRAM(document -> document.topGramRatio(2)),
  /** {@link DocumentStatistics#topGramRatio} of 3. */
  TOP_3_GRAM(document -> document.topGramRatio(3)),
  /** {@link DocumentStatistics#topGramRatio} of 4. */
  TOP_4_GRAM(document -> document.topGramRatio(4)),
  /** {@link DocumentStatistics#duplicateGramRatio} of 5. */
  DUPLICATE_5_GRAMS(document -> document.duplicateGramRatio(5)),
  /** {@link DocumentStatistics#duplicateGramRatio} of 6. */
  DUPLICATE_6_GRAMS(document -> document.duplicateGramRatio(6)),
  /** {@link DocumentStatistics#duplicateGramRatio} of 7. */
  DUPLICATE_7_GRAMS(document -> document.duplicateGramRatio(7)),
  /** {@link DocumentStatistics#duplicateGramRatio} of 8. */
  DUPLICATE_8_GRAMS(document -> document.duplicateGramRatio(8)),
  /** {@link DocumentStatistics#duplicateGramRatio} of 9. */
  DUPLICATE_9_GRAMS(document -> document.duplicateGramRatio(9)),
  /** {@link DocumentStatistics#duplicateGramRatio} of 10. */
  DUPLICATE_10_GRAMS(document -> document.duplicateGramRatio(10));

  private final ToDoubleFunction<DocumentStatistics> measure;

  Ratio(ToDoubleFunction<DocumentStatistics> measure) {
    this.measure = measure;
  }

  /** Its value for the document that was measured last; 0 for a ratio of nothing to nothing. */
  public double of(DocumentStatistics document) {
    return measure.applyAsDouble(document);
  }

  /** Its name in SQL. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
