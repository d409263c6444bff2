package org.millrace.kernel.tokens;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Trains a byte-level byte-pair vocabulary (Sennrich et al. 2016, algorithm 1; on bytes: GPT-2) in
 * two steps, so that an engine can do the first: it counts words over all texts, and one process
 * trains on the distinct words. Again and again the most frequent pair of adjacent symbols becomes
 * a symbol; of equally frequent ones it's the pair whose left bytes, then right bytes are first in
 * unsigned order. The vocabulary depends neither on the order of words nor on how counts were put
 * together, and a smaller one is the beginning of a larger one.
 *
 * <p>Counts of pairs are kept, not made again, so the time is about that of the changes: 40,000
 * tokens of a million distinct words of 16 bytes take some ten seconds on one core and 700 MB.
 *
 * <p>Immutable and thread-safe.
 */
public final class BpeTrainer {

  /** Longest word by default, in bytes of UTF-8. */
  public static final int LONGEST_WORD = 256;

  /** How often a pair must occur by default. */
  public static final long MINIMUM_FREQUENCY = 2;

  private static final int LONGEST_CHARACTER = 4;

  private final int vocabularySize;
  private final List<String> specialTokens;
  private final long minimumFrequency;
  private final int longestWord;

  private BpeTrainer(
      int vocabularySize, List<String> specialTokens, long minimumFrequency, int longestWord) {
    this.vocabularySize = vocabularySize;
    this.specialTokens = specialTokens;
    this.minimumFrequency = minimumFrequency;
    this.longestWord = longestWord;
  }

  /**
   * A trainer.
   *
   * @param vocabularySize tokens at most, the special ones and 256 bytes among them
   * @param specialTokens the first ids in this order; distinct, none empty or a single byte's
   *     symbol. No merge makes a token of such a name
   * @throws IllegalArgumentException if the size has no room for those tokens
   */
  public static BpeTrainer of(int vocabularySize, List<String> specialTokens) {
    var special = List.copyOf(specialTokens);
    if (vocabularySize < BpeModel.BYTES + special.size()) {
      throw new IllegalArgumentException(
          "a vocabulary of %d has no room for 256 bytes and %d special tokens; take at least %d"
              .formatted(vocabularySize, special.size(), BpeModel.BYTES + special.size()));
    }
    var names = new HashSet<String>();
    for (int b = 0; b < BpeModel.BYTES; b++) {
      names.add(String.valueOf(ByteSymbols.of(b)));
    }
    for (String name : special) {
      if (name.isEmpty() || !names.add(name)) {
        throw new IllegalArgumentException(
            "special token \"%s\" is empty, a byte's symbol or there twice; rename it"
                .formatted(name));
      }
    }
    return new BpeTrainer(vocabularySize, special, MINIMUM_FREQUENCY, LONGEST_WORD);
  }

  /**
   * The trainer that learns no pair that is rarer.
   *
   * @param count at least 1; {@link #MINIMUM_FREQUENCY} by default
   */
  public BpeTrainer minimumFrequency(long count) {
    if (count < 1) {
      throw new IllegalArgumentException("the minimum frequency is at least 1, not " + count);
    }
    return new BpeTrainer(vocabularySize, specialTokens, count, longestWord);
  }

  /**
   * The trainer that counts longer words in pieces, which bounds time and memory where a text has
   * no spaces.
   *
   * @param bytes of UTF-8, at least 4; {@link #LONGEST_WORD} by default
   */
  public BpeTrainer longestWord(int bytes) {
    if (bytes < LONGEST_CHARACTER) {
      throw new IllegalArgumentException("the longest word has 4 bytes or more, not " + bytes);
    }
    return new BpeTrainer(vocabularySize, specialTokens, minimumFrequency, bytes);
  }

  /**
   * Gives the words of a text, in order; an engine counts them.
   *
   * @param text not null; a lone surrogate counts as U+FFFD
   * @param words gets each word, a space that belongs to it in front
   */
  public void forEachWord(String text, Consumer<String> words) {
    var wellFormed = WellFormed.of(text);
    PreTokenizer.cut(wellFormed, (from, to) -> pieces(wellFormed, from, to, words));
  }

  /**
   * How often each word is in a text; counts of several texts add up.
   *
   * @param text not null; a lone surrogate counts as U+FFFD
   */
  public Map<String, Long> wordCounts(String text) {
    var counts = new HashMap<String, Long>();
    forEachWord(text, word -> counts.merge(word, 1L, Long::sum));
    return counts;
  }

  /**
   * The vocabulary of counted words.
   *
   * @param wordCounts words by {@link #forEachWord} and how often each occurs, at least once
   */
  public BpeModel train(Map<String, Long> wordCounts) {
    return train(wordCounts.entrySet().iterator());
  }

  /**
   * The vocabulary of counted words that need not be in memory at once; kept are four bytes for
   * each of theirs and the pairs.
   *
   * @param wordCounts words by {@link #forEachWord} and how often each occurs, at least once; in
   *     any order, a word several times if need be
   * @throws IllegalArgumentException if a count isn't positive or a word is longer than allowed
   */
  public BpeModel train(Iterator<? extends Map.Entry<String, Long>> wordCounts) {
    var words = new TrainingWords();
    while (wordCounts.hasNext()) {
      var entry = wordCounts.next();
      var bytes = ByteSymbols.utf8(entry.getKey());
      if (entry.getValue() < 1 || bytes.length > longestWord) {
        throw new IllegalArgumentException(
            "a word of %d bytes counted %d times; words have at most %d bytes and a count of 1 or"
                    .formatted(bytes.length, entry.getValue(), longestWord)
                + " more, so count them by forEachWord");
      }
      words.add(bytes, entry.getValue());
    }
    int most = vocabularySize - BpeModel.BYTES - specialTokens.size();
    var training = new BpeTraining(words, new HashSet<>(specialTokens));
    return new BpeModel(specialTokens, training.merges(most, minimumFrequency));
  }

  private void pieces(String text, int from, int to, Consumer<String> words) {
    if ((long) (to - from) * 3 <= longestWord) {
      words.accept(text.substring(from, to));
      return;
    }
    int start = from;
    int bytes = 0;
    for (int at = from; at < to; ) {
      int point = text.codePointAt(at);
      int more = bytes(point);
      if (bytes + more > longestWord) {
        words.accept(text.substring(start, at));
        start = at;
        bytes = 0;
      }
      bytes += more;
      at += Character.charCount(point);
    }
    words.accept(text.substring(start, to));
  }

  private static int bytes(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : LONGEST_CHARACTER;
  }
}
