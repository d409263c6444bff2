package org.millrace.batch.strategies.learn;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;
import org.millrace.kernel.strategy.Draws;

/**
 * Sets numbers to 0 at random and the others higher, so that the mean stays (Srivastava et al.,
 * JMLR 2014). Its draws are its own rather than the engine's, which all of a process share. For one
 * thread.
 */
final class Dropout {

  /** None, as whenever nothing is trained. */
  static final Dropout NONE = new Dropout(0, 0);

  private static final int HALF = 32;

  private final double rate;
  private final SplittableRandom random;

  private Dropout(double rate, long seed) {
    this.rate = rate;
    random = new SplittableRandom(Draws.key(seed, "dropout"));
  }

  /**
   * Dropout at a rate.
   *
   * @param rate from 0, below 1
   */
  static Dropout of(double rate, long seed) {
    return new Dropout(rate, seed);
  }

  /** The array with its dropped numbers, in the array's memory. */
  NDArray apply(NDArray array) {
    return rate == 0
        ? array
        : array.mul(
            array.getManager().create(mask((int) array.getShape().size()), array.getShape()));
  }

  private float[] mask(int size) {
    var mask = new float[size];
    float kept = (float) (1 / (1 - rate));
    int threshold = (int) (long) (rate * (1L << HALF));
    long bits = 0;
    for (int i = 0; i < size; i++) {
      bits = i % 2 == 0 ? random.nextLong() : bits >>> HALF;
      mask[i] = Integer.compareUnsigned((int) bits, threshold) < 0 ? 0 : kept;
    }
    return mask;
  }
}
