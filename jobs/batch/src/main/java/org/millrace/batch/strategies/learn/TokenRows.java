package org.millrace.batch.strategies.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.millrace.kernel.strategy.Draws;
import org.millrace.kernel.strategy.steps.SkillTokens;

/** Sequences of tokens as rows of one length, filled up with {@link SkillTokens#PAD}. */
final class TokenRows {

  private TokenRows() {}

  /**
   * Rows as an array.
   *
   * @return rows x the longest, of 64-bit integers
   */
  static NDArray array(NDManager memory, List<int[]> rows) {
    int longest = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
    var flat = new long[rows.size() * longest];
    Arrays.fill(flat, SkillTokens.PAD);
    for (int r = 0; r < rows.size(); r++) {
      for (int i = 0; i < rows.get(r).length; i++) {
        flat[r * longest + i] = rows.get(r)[i];
      }
    }
    return memory.create(flat, new Shape(rows.size(), longest));
  }

  /**
   * Which places of rows hold something.
   *
   * @param lengths of the rows
   * @return rows x the longest, 1 where there is something, else 0
   */
  static NDArray real(NDManager memory, List<Integer> lengths) {
    int longest = Collections.max(lengths);
    var flat = new float[lengths.size() * longest];
    for (int r = 0; r < lengths.size(); r++) {
      Arrays.fill(flat, r * longest, r * longest + lengths.get(r), 1);
    }
    return memory.create(flat, new Shape(lengths.size(), longest));
  }

  /**
   * Mean cross-entropy of the targets that are not {@link SkillTokens#PAD}.
   *
   * @param outputs rows x steps x vocabulary, before the softmax
   * @param targets rows x steps
   * @return nats a token, a single number
   */
  static NDArray crossEntropy(NDArray outputs, NDArray targets) {
    var real = targets.neq(SkillTokens.PAD).toType(outputs.getDataType(), false);
    // The loss is of real ones alone, whatever number stands for the others.
    var known = targets.mul(targets.neq(SkillTokens.PAD).toType(targets.getDataType(), false));
    var chances = outputs.logSoftmax(-1).gather(known.expandDims(-1), -1).squeeze(-1);
    return chances.mul(real).sum().div(real.sum()).neg();
  }

  /** Places in batches of a seeded order; the last may be shorter. */
  static List<int[]> batches(int[] places, int batch, long seed) {
    var order = shuffled(places, seed);
    return IntStream.range(0, (order.length + batch - 1) / batch)
        .mapToObj(
            b -> Arrays.copyOfRange(order, b * batch, Math.min(order.length, (b + 1) * batch)))
        .toList();
  }

  /** Places in a seeded order. */
  static int[] shuffled(int[] places, long seed) {
    var random = new SplittableRandom(Draws.key(seed, "order"));
    var order = places.clone();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int place = order[i];
      order[i] = order[j];
      order[j] = place;
    }
    return order;
  }
}
