package org.millrace.batch.corpus;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Texts of different words of one length, so that the similarity of two is known: with single words
 * as shingles, the words that they share by all that they have.
 */
final class Tokens {

  private static final int LETTERS = 26;

  private Tokens() {}

  /** The words of some numbers, from the first up to one; numbers go up to 17,575. */
  static String of(int from, int to) {
    return IntStream.range(from, to).mapToObj(Tokens::word).collect(Collectors.joining(" "));
  }

  private static String word(int number) {
    return IntStream.of(number / (LETTERS * LETTERS), number / LETTERS % LETTERS, number % LETTERS)
        .mapToObj(letter -> String.valueOf((char) ('a' + letter)))
        .collect(Collectors.joining());
  }
}
