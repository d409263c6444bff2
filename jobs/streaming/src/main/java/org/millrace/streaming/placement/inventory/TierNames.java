package org.millrace.streaming.placement.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.millrace.streaming.placement.estate.Node;

/** Names for tiers that an inventory does not name. */
final class TierNames {

  private static final List<String> OUTWARD = List.of("leaf", "spine", "core");

  private TierNames() {}

  /** Names outer to inner for the longest path: {@code [core, spine, leaf]}. */
  static List<String> of(Collection<Node> nodes) {
    int depth = nodes.stream().mapToInt(node -> node.tierPath().size()).max().orElse(0);
    var names = new ArrayList<String>();
    for (int tier = depth - 1; tier >= 0; tier--) {
      names.add(tier < OUTWARD.size() ? OUTWARD.get(tier) : "core-" + (tier - 1));
    }
    return names;
  }
}
