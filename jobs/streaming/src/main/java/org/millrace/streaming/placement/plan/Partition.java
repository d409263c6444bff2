package org.millrace.streaming.placement.plan;

/**
 * Layers over pipeline stages in proportion to the stages' speeds: n_i = floor(alpha·S_i·L / sum
 * S), the last stage takes the rest (Holmes, self-adapting pipeline partition; in whole numbers, as
 * floating point loses layers).
 */
public final class Partition {

  private Partition() {}

  /** With alpha = 1. */
  public static int[] layers(int layers, int[] speeds) {
    return layers(layers, speeds, 1, 1);
  }

  /**
   * Layers of each stage, at least 1 each, {@code layers} in all. A stage gives up layers where
   * later ones would have none.
   *
   * @param layers L, at least the number of stages
   * @param speeds S_i, positive, in any unit
   * @param alphaNumerator of alpha, positive
   * @param alphaDenominator of alpha, positive
   * @throws IllegalArgumentException if there are fewer layers than stages
   * @throws ArithmeticException if a product exceeds 2^63
   */
  public static int[] layers(int layers, int[] speeds, int alphaNumerator, int alphaDenominator) {
    int stages = speeds.length;
    if (layers < stages) {
      throw new IllegalArgumentException(
          "%d layers do not fill %d pipeline stages; give fewer stages".formatted(layers, stages));
    }
    long sum = 0;
    for (int speed : speeds) {
      if (speed < 1) {
        throw new IllegalArgumentException(
            "a stage has the speed %d; give at least 1".formatted(speed));
      }
      sum += speed;
    }
    long denominator = Math.multiplyExact(sum, alphaDenominator);
    var parts = new int[stages];
    int left = layers;
    for (int i = 0; i < stages - 1; i++) {
      long numerator =
          Math.multiplyExact(Math.multiplyExact((long) speeds[i], layers), alphaNumerator);
      int most = left - (stages - 1 - i);
      parts[i] = (int) Math.max(1, Math.min(most, numerator / denominator));
      left -= parts[i];
    }
    parts[stages - 1] = left;
    return parts;
  }
}
