package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sets of fabrics as numbers, so that those of a whole group meet quickly. Set 0 is empty. */
final class FabricSets {

  static final int EMPTY = 0;
  private static final int UNKNOWN = -1;

  private final List<int[]> sets = new ArrayList<>();
  private final Map<List<Integer>, Integer> numbers = new HashMap<>();
  private int[][] meets = new int[0][];

  FabricSets() {
    number(new int[0]);
  }

  /** The number of a set of fabrics, which must be in ascending order. */
  int number(int[] fabrics) {
    var key = Arrays.stream(fabrics).boxed().toList();
    var known = numbers.get(key);
    if (known != null) {
      return known;
    }
    int number = sets.size();
    numbers.put(key, number);
    sets.add(fabrics);
    return number;
  }

  int[] fabrics(int set) {
    return sets.get(set);
  }

  /** The fabrics that are in both. */
  int meet(int one, int other) {
    if (one == other) {
      return one;
    }
    if (one >= meets.length || other >= meets.length) {
      grow();
    }
    int known = meets[one][other];
    if (known == UNKNOWN) {
      var both = sets.get(other);
      known =
          number(
              Arrays.stream(sets.get(one))
                  .filter(fabric -> Arrays.binarySearch(both, fabric) >= 0)
                  .toArray());
      meets[one][other] = known;
      meets[other][one] = known;
    }
    return known;
  }

  private void grow() {
    int size = Math.max(16, 2 * sets.size());
    var larger = new int[size][size];
    for (int row = 0; row < size; row++) {
      Arrays.fill(larger[row], UNKNOWN);
      if (row < meets.length) {
        System.arraycopy(meets[row], 0, larger[row], 0, meets.length);
      }
    }
    meets = larger;
  }
}
