package org.millrace.batch.inference.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Inputs of like length together, so that little of a batch is padding. */
final class LengthBatches {

  private LengthBatches() {}

  /**
   * Batches, the longest inputs first, so that memory runs out at once or not at all.
   *
   * @param lengths in tokens; 0 for an input that goes into none
   * @param rows at most so many in a batch
   * @param tokens at most so many in a batch, padding among them; a single input may have more
   * @return places among the lengths
   */
  static List<int[]> of(int[] lengths, int rows, int tokens) {
    var places =
        IntStream.range(0, lengths.length)
            .filter(i -> lengths[i] > 0)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -lengths[i]).thenComparing(i -> i))
            .mapToInt(i -> i)
            .toArray();
    var batches = new ArrayList<int[]>();
    for (int from = 0; from < places.length; ) {
      int fit = Math.max(1, Math.min(rows, tokens / lengths[places[from]]));
      int to = Math.min(places.length, from + fit);
      batches.add(java.util.Arrays.copyOfRange(places, from, to));
      from = to;
    }
    return batches;
  }
}
