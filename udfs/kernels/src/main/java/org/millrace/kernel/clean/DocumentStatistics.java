package org.millrace.kernel.clean;

import static java.util.Objects.requireNonNull;

/**
 * Everything that the rule packs measure of a document, from one reading of it; n-grams are worked
 * out when a rule first asks for them. An instance is reused from document to document, keeps its
 * buffers, and belongs to one thread. Time and memory are linear in the text.
 *
 * <p>Lengths are code points; a ratio of nothing to nothing is 0. Equal lines, paragraphs and
 * n-grams are told by 64-bit hashes.
 */
public final class DocumentStatistics {

  private final WordSplitter splitter;
  private final Spans spans = new Spans();
  private final LineStatistics lines = new LineStatistics();
  private final WordStatistics words = new WordStatistics();
  private final NGramStatistics grams = new NGramStatistics();
  private final CompatibilityCounts compatible = new CompatibilityCounts();
  private char[] text = new char[1 << 12];
  private int length;
  private long hashes;
  private long ellipses;

  /**
   * Statistics of the empty text.
   *
   * @param splitter what the words are
   */
  public DocumentStatistics(WordSplitter splitter) {
    this.splitter = requireNonNull(splitter, "splitter is null");
    measure("");
  }

  /**
   * Measures a document in place of the one before.
   *
   * @return this
   */
  public DocumentStatistics measure(String document) {
    length = document.length();
    if (text.length < length) {
      text = new char[length + length / 2];
    }
    document.getChars(0, length, text, 0);
    marks();
    lines.measure(text, length);
    compatible.measure(text, length);
    spans.clear();
    splitter.split(text, length, spans);
    words.measure(text, length, spans);
    grams.measure(words);
    return this;
  }

  private void marks() {
    hashes = 0;
    ellipses = 0;
    int dots = 0;
    for (int i = 0; i < length; i++) {
      char c = text[i];
      hashes += c == '#' ? 1 : 0;
      ellipses += c == '…' ? 1 : 0;
      dots = c == '.' ? dots + 1 : 0;
      if (dots == 3) {
        ellipses++;
        dots = 0;
      }
    }
  }

  /** Code points of the text. */
  public long characters() {
    return lines.codePoints;
  }

  /** Characters of the NFKC form that are not white space. */
  public long nonSpaceCharacters() {
    return compatible.nonSpace;
  }

  /** Chinese characters of the NFKC form. */
  public long chineseCharacters() {
    return compatible.chinese;
  }

  /** Chinese characters by characters that are not white space, of the NFKC form. */
  public double chineseRatio() {
    return ratio(compatible.chinese, compatible.nonSpace);
  }

  /** Words, punctuation among them if the splitter makes it words. */
  public long words() {
    return words.words;
  }

  /** Words with a character that is not punctuation. */
  public long properWords() {
    return words.proper;
  }

  /** Mean code points of the words with a character that is not punctuation. */
  public double meanWordLength() {
    return ratio(words.properCharacters, words.proper);
  }

  /** Median code points of all words. */
  public double medianWordLength() {
    return words.medianLength();
  }

  /** "#" by words. */
  public double hashRatio() {
    return ratio(hashes, words.words);
  }

  /** "..." and "…" by words. */
  public double ellipsisRatio() {
    return ratio(ellipses, words.words);
  }

  /** Words with "#" or "…" by words. */
  public double symbolWordRatio() {
    return ratio(words.symbolic, words.words);
  }

  /** Words with a letter by words. */
  public double alphabeticRatio() {
    return ratio(words.alphabetic, words.words);
  }

  /** How many of Gopher's eight English stop words occur. */
  public long englishStopWords() {
    return Long.bitCount(words.stopWordBits & StopWords.ENGLISH.mask());
  }

  /** How often Gopher's eight English stop words occur, repeats counted. */
  public long englishStopWordOccurrences() {
    return words.englishStopWords;
  }

  /** How many of FineWeb-2's Chinese stop words occur. */
  public long chineseStopWords() {
    return Long.bitCount(words.stopWordBits & StopWords.CHINESE.mask());
  }

  /** Lines whose first non-blank is • or - by lines between any line breaks. */
  public double bulletRatio() {
    return ratio(lines.bullets, lines.lines);
  }

  /** Lines that begin with * or -, not trimmed, by lines between LFs. */
  public double untrimmedBulletRatio() {
    return ratio(lines.untrimmedBullets, lines.lineFeeds + 1);
  }

  /** Lines that end, but for blanks, in "..." or "…" by lines between any line breaks. */
  public double ellipsisLineRatio() {
    return ratio(lines.ellipsisEnds, lines.lines);
  }

  /** Paragraphs seen before by paragraphs: the stripped text between two and more LFs. */
  public double duplicateParagraphRatio() {
    return ratio(lines.duplicateParagraphs, lines.paragraphs);
  }

  /** Characters of the paragraphs seen before by characters of the text. */
  public double duplicateParagraphCharacterRatio() {
    return ratio(lines.duplicateParagraphCharacters, lines.codePoints);
  }

  /** Lines seen before by lines: the text between runs of LFs. */
  public double duplicateLineRatio() {
    return ratio(lines.duplicateRunLines, lines.runLines);
  }

  /** Characters of the lines seen before by characters of the text. */
  public double duplicateLineCharacterRatio() {
    return ratio(lines.duplicateRunCharacters, lines.codePoints);
  }

  /** Lines that occur more than once, all copies, by lines that are not blank. */
  public double copiedLineRatio() {
    return ratio(lines.copiedLines, lines.nonBlank);
  }

  /** Characters of the lines that occur more than once, all copies, by characters of words. */
  public double copiedLineCharacterRatio() {
    return ratio(lines.copiedCharacters, words.characters);
  }

  /**
   * Code points of the commonest n-gram of words joined with spaces, by its count, by characters of
   * the text; of equally common ones the first.
   *
   * @param n from 1 to 10
   */
  public double topGramRatio(int n) {
    return ratio(grams.top(n), lines.codePoints);
  }

  /** As {@link #topGramRatio}, by characters of words. */
  public double topGramWordRatio(int n) {
    return ratio(grams.top(n), words.characters);
  }

  /**
   * Code points of the n-grams of words, joined without spaces, that were seen before, by
   * characters of the text. The scan goes from left to right and on by n words after each.
   *
   * @param n from 1 to 10
   */
  public double duplicateGramRatio(int n) {
    return ratio(grams.duplicated(n), lines.codePoints);
  }

  /**
   * Code points of all n-grams of words that occur more than once, overlapping ones each counted,
   * by characters of words. May exceed 1.
   *
   * @param n from 1 to 10
   */
  public double overlappingGramRatio(int n) {
    return ratio(grams.overlapping(n), words.characters);
  }

  /** Lines between LFs that are not blank. */
  public long nonBlankLines() {
    return lines.nonBlank;
  }

  /** Lines whose last character, not trimmed, ends a sentence, by lines that are not blank. */
  public double sentenceEndRatio() {
    return ratio(lines.sentenceEnds, lines.nonBlank);
  }

  /** Lines of up to 30 characters by lines that are not blank. */
  public double shortLineRatio() {
    return ratio(lines.shortLines, lines.nonBlank);
  }

  /** Characters of non-blank lines seen before by characters of the text without LFs. */
  public double duplicateCharacterRatio() {
    return ratio(lines.duplicateNonBlankCharacters, lines.codePoints - lines.lineFeeds);
  }

  /** LFs by words. */
  public double lineFeedRatio() {
    return ratio(lines.lineFeeds, words.words);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
