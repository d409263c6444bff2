package org.millrace.streaming.placement.plan;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many nodes of each size to take so that their units make up a sum; large ones first. */
final class SizeQuota {

  private static final int NEVER = -1;

  private final Map<Integer, Integer> left;

  private SizeQuota(Map<Integer, Integer> left) {
    this.left = left;
  }

  /**
   * The quota for the least sum within bounds that can be made; linear in the sum times the number
   * of sizes.
   *
   * @param counts nodes there are, by size, large ones first
   */
  static Optional<SizeQuota> of(SortedMap<Integer, Integer> counts, int least, int most) {
    long all = 0;
    for (var entry : counts.entrySet()) {
      all += (long) entry.getKey() * entry.getValue();
    }
    if (all < least) {
      return Optional.empty();
    }
    if (counts.size() == 1) {
      int size = counts.firstKey();
      int nodes = (least + size - 1) / size;
      return (long) nodes * size <= most
          ? Optional.of(new SizeQuota(new TreeMap<>(Map.of(size, nodes))))
          : Optional.empty();
    }
    return search(counts, least, (int) Math.min(most, all));
  }

  private static Optional<SizeQuota> search(
      SortedMap<Integer, Integer> counts, int least, int most) {
    var sizes = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
    // uses[i][sum]: nodes of size i, of the sizes up to it, in a way to the sum
    var uses = new int[sizes.length][most + 1];
    var reached = new boolean[most + 1];
    reached[0] = true;
    for (int i = 0; i < sizes.length; i++) {
      Arrays.fill(uses[i], NEVER);
      int count = counts.get(sizes[i]);
      for (int sum = 0; sum <= most; sum++) {
        if (reached[sum]) {
          uses[i][sum] = 0;
        } else if (sum >= sizes[i]) {
          int before = uses[i][sum - sizes[i]];
          uses[i][sum] = before == NEVER || before == count ? NEVER : before + 1;
        }
      }
      for (int sum = 0; sum <= most; sum++) {
        reached[sum] = uses[i][sum] != NEVER;
      }
    }
    for (int sum = least; sum <= most; sum++) {
      if (reached[sum]) {
        return Optional.of(trace(sizes, uses, sum));
      }
    }
    return Optional.empty();
  }

  private static SizeQuota trace(int[] sizes, int[][] uses, int sum) {
    var quota = new TreeMap<Integer, Integer>();
    for (int i = sizes.length - 1; i >= 0; i--) {
      quota.put(sizes[i], uses[i][sum]);
      sum -= uses[i][sum] * sizes[i];
    }
    return new SizeQuota(quota);
  }

  /** Units of a node of a size if more of them are wanted, else 0. */
  int wanted(int size) {
    return left.getOrDefault(size, 0) > 0 ? size : 0;
  }

  /** Takes a node of a size if more of them are wanted. */
  boolean use(int size) {
    int nodes = left.getOrDefault(size, 0);
    if (nodes == 0) {
      return false;
    }
    left.put(size, nodes - 1);
    return true;
  }
}
