package org.millrace.kernel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Texts of two seeded distributions over the same words, of which the likelier source is known:
 * each word of a text is drawn on its own, and both sources are as frequent.
 */
final class TwoClasses {

  private final double[] good;
  private final double[] bad;
  private final String[] words;
  private final int length;

  private TwoClasses(String[] words, int length, SplittableRandom random) {
    this.words = words;
    this.length = length;
    good = distribution(random);
    bad = distribution(random);
  }

  /** English-like words of two letters. */
  static TwoClasses ofWords(int words, int length, long seed) {
    var names = new String[words];
    for (int i = 0; i < words; i++) {
      names[i] = (char) ('a' + i / 26) + "" + (char) ('a' + i % 26) + " ";
    }
    return new TwoClasses(names, length, new SplittableRandom(seed));
  }

  /** Chinese characters. */
  static TwoClasses ofCharacters(int characters, int length, long seed) {
    var names = new String[characters];
    for (int i = 0; i < characters; i++) {
      names[i] = "" + (char) ('一' + i);
    }
    return new TwoClasses(names, length, new SplittableRandom(seed));
  }

  private double[] distribution(SplittableRandom random) {
    var weights = new double[words.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(.6 * random.nextDouble());
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** A text and which source it came from, and whether Bayes' rule would tell. */
  record Drawn(Example example, boolean bayesIsRight) {}

  List<Drawn> draw(int texts, String prefix, long seed) {
    var random = new SplittableRandom(seed);
    var drawn = new ArrayList<Drawn>();
    for (int i = 0; i < texts; i++) {
      var label = i % 2 == 0 ? Label.GOOD : Label.BAD;
      var source = label == Label.GOOD ? good : bad;
      var text = new StringBuilder();
      double logOdds = 0;
      for (int n = 0; n < length; n++) {
        int word = word(source, random.nextDouble());
        text.append(words[word]);
        logOdds += Math.log(good[word] / bad[word]);
      }
      drawn.add(
          new Drawn(
              new Example(prefix + i, text.toString(), label),
              logOdds > 0 == (label == Label.GOOD)));
    }
    return drawn;
  }

  private static int word(double[] weights, double u) {
    int word = 0;
    double rest = u;
    while (word < weights.length - 1 && rest >= weights[word]) {
      rest -= weights[word++];
    }
    return word;
  }
}
