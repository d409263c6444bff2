package org.millrace.kernel.tokens;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Byte-pair encoding as in a textbook: all pairs are counted anew for each merge. */
final class NaiveBpe {

  /** A pair of symbols, each as one character a byte. */
  record Pair(String left, String right) {}

  private static final Comparator<Pair> ORDER =
      Comparator.comparing(Pair::left).thenComparing(Pair::right);

  private NaiveBpe() {}

  static List<Pair> train(Map<String, Long> wordCounts, int most, long minimum) {
    var words = new HashMap<List<String>, Long>();
    wordCounts.forEach((word, count) -> words.merge(bytes(word), count, Long::sum));
    var merges = new ArrayList<Pair>();
    while (merges.size() < most) {
      var counts = new HashMap<Pair, Long>();
      words.forEach(
          (word, count) -> {
            for (int i = 0; i + 1 < word.size(); i++) {
              counts.merge(new Pair(word.get(i), word.get(i + 1)), count, Long::sum);
            }
          });
      long best = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
      if (best < minimum) {
        break;
      }
      var pair =
          counts.keySet().stream().filter(p -> counts.get(p) == best).min(ORDER).orElseThrow();
      merges.add(pair);
      var merged = new HashMap<List<String>, Long>();
      words.forEach((word, count) -> merged.merge(merge(word, pair), count, Long::sum));
      words.clear();
      words.putAll(merged);
    }
    return merges;
  }

  /** GPT-2's loop: the pair of the lowest rank everywhere, until there is none. */
  static List<String> encode(String word, List<Pair> merges) {
    var symbols = bytes(word);
    for (var pair : merges) {
      symbols = merge(symbols, pair);
    }
    return symbols;
  }

  private static List<String> bytes(String word) {
    return new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
        .chars()
        .mapToObj(Character::toString)
        .toList();
  }

  private static List<String> merge(List<String> word, Pair pair) {
    var merged = new ArrayList<String>();
    for (int i = 0; i < word.size(); i++) {
      if (i + 1 < word.size()
          && word.get(i).equals(pair.left())
          && word.get(i + 1).equals(pair.right())) {
        merged.add(pair.left() + pair.right());
        i++;
      } else {
        merged.add(word.get(i));
      }
    }
    return merged;
  }
}
