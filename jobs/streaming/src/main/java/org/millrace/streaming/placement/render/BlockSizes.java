package org.millrace.streaming.placement.render;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Sizes of blocks for Slurm's topology/block: D times 2^k, D the nodes of the smallest domain, k
 * from 0 to the floor of the logarithm of the number of domains; those that divide the number of
 * nodes. DECIDED.
 */
final class BlockSizes {

  private BlockSizes() {}

  /**
   * The sizes, least first; never none.
   *
   * @param domains nodes of each domain, at least one, positive
   */
  static List<Integer> of(Collection<Integer> domains) {
    int smallest = domains.stream().mapToInt(Integer::intValue).min().orElseThrow();
    int nodes = domains.stream().mapToInt(Integer::intValue).sum();
    var sizes = new ArrayList<Integer>();
    for (int k = 0; 1 << k <= domains.size(); k++) {
      if (nodes % (smallest << k) == 0) {
        sizes.add(smallest << k);
      }
    }
    // Slurm needs a base size even where domains are uneven.
    return sizes.isEmpty() ? List.of(smallest) : sizes;
  }
}
