package org.millrace.kernel.strategy.classroom;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Seeded orders of whole numbers. */
final class Shuffle {

  private Shuffle() {}

  /** The first of the numbers below a bound in a random order. */
  static int[] first(int bound, int count, SplittableRandom random) {
    var numbers = new int[bound];
    Arrays.setAll(numbers, i -> i);
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(bound - i);
      int other = numbers[j];
      numbers[j] = numbers[i];
      numbers[i] = other;
    }
    return Arrays.copyOf(numbers, count);
  }
}
