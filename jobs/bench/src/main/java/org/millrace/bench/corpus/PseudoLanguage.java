package org.millrace.bench.corpus;

import java.util.SplittableRandom;

/**
 * Words of no language, drawn as by Zipf's law: the word of rank r comes 1/r as often as the first.
 * English-like ones are of letters, Chinese-like ones of one to three characters out of 3,500.
 */
final class PseudoLanguage {

  static final PseudoLanguage ENGLISH = new PseudoLanguage(false);
  static final PseudoLanguage CHINESE = new PseudoLanguage(true);

  private static final int WORDS = 60_000;
  private static final int CHARACTERS = 3_500;
  private static final int FIRST_CHARACTER = 0x4E00;
  private static final String CONSONANTS = "bdfghklmnprstvwz";
  private static final String VOWELS = "aeiou";

  private final boolean chinese;
  private final String[] words = new String[WORDS];

  private PseudoLanguage(boolean chinese) {
    this.chinese = chinese;
    var random = new SplittableRandom(chinese ? 1 : 2);
    for (int rank = 0; rank < WORDS; rank++) {
      words[rank] = chinese ? chineseWord(random, rank) : englishWord(random, rank);
    }
  }

  private static String chineseWord(SplittableRandom random, int rank) {
    int length = rank < 300 ? 1 : 2 + random.nextInt(3) / 2;
    var word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      // Some characters are more frequent, as in the language.
      int character = (int) (CHARACTERS * Math.pow(random.nextDouble(), 2));
      word.append((char) (FIRST_CHARACTER + character));
    }
    return word.toString();
  }

  private static String englishWord(SplittableRandom random, int rank) {
    int syllables = 1 + (rank > 100 ? 1 : 0) + random.nextInt(rank > 2000 ? 3 : 2);
    var word = new StringBuilder();
    for (int i = 0; i < syllables; i++) {
      word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
      word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
    }
    return random.nextBoolean() ? word.append('n').toString() : word.toString();
  }

  private String word(SplittableRandom random) {
    return words[(int) Math.pow(WORDS, random.nextDouble()) - 1];
  }

  /**
   * A text of sentences and paragraphs.
   *
   * @param characters of it, about
   */
  String text(SplittableRandom random, int characters) {
    var text = new StringBuilder(characters + 64);
    while (text.length() < characters) {
      sentence(random, text);
      text.append(random.nextInt(4) == 0 ? "\n" : chinese ? "" : " ");
    }
    return text.toString().strip();
  }

  /** A line without an end: a heading or an entry of a menu. */
  String heading(SplittableRandom random) {
    var line = new StringBuilder();
    words(random, line, 2 + random.nextInt(4));
    return line.toString();
  }

  private void sentence(SplittableRandom random, StringBuilder text) {
    int clauses = 1 + random.nextInt(3);
    for (int i = 1; i <= clauses; i++) {
      words(random, text, 3 + random.nextInt(7));
      text.append(i < clauses ? (chinese ? "，" : ", ") : chinese ? "。" : ".");
    }
  }

  private void words(SplittableRandom random, StringBuilder text, int count) {
    for (int i = 0; i < count; i++) {
      text.append(i == 0 || chinese ? "" : " ").append(word(random));
    }
  }
}
