package org.millrace.kernel.bestofn;

import java.util.HashMap;

/** Answers as numbers. */
public final class Answers {

  /** Stands for no answer: the sample is drawn but has no vote. */
  public static final int NONE = -1;

  private Answers() {}

  /**
   * Numbers equal answers alike, from 0 by first appearance.
   *
   * @param answers null or empty for no answer
   * @return a number a sample, {@link #NONE} for no answer
   */
  public static int[] number(String[] answers) {
    var numbers = new HashMap<String, Integer>();
    var out = new int[answers.length];
    for (int i = 0; i < out.length; i++) {
      var answer = answers[i];
      if (answer == null || answer.isEmpty()) {
        out[i] = NONE;
      } else {
        var number = numbers.putIfAbsent(answer, numbers.size());
        out[i] = number == null ? numbers.size() - 1 : number;
      }
    }
    return out;
  }

  /** How many distinct answers there are. */
  static int distinct(int[] numbers) {
    int most = NONE;
    for (int number : numbers) {
      most = Math.max(most, number);
    }
    return most + 1;
  }

  /** Mean credit of the samples of each answer; 0 for a number that no sample has. */
  static double[] meanCredits(int[] numbers, double[] credits) {
    var means = new double[distinct(numbers)];
    var counts = new int[means.length];
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] != NONE) {
        means[numbers[i]] += credits[i];
        counts[numbers[i]]++;
      }
    }
    for (int g = 0; g < means.length; g++) {
      means[g] /= Math.max(1, counts[g]);
    }
    return means;
  }
}
