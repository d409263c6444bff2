package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.function.IntPredicate;

/** A plan's nodes after a change: kept as far as they can, or exchanged for spare ones. */
final class Repair {

  private final Site site;
  private final Parallelism sizes;

  Repair(Site site, Parallelism sizes) {
    this.site = site;
    this.sizes = sizes;
  }

  /** Orders with room for the job: as it was; without nodes that left their fabric or slowed. */
  List<int[]> orders(Plan before) {
    var orders = new ArrayList<int[]>();
    var kept = numbers(before);
    add(orders, repaired(before, kept, node -> true));
    var inFabric = inFabric(before, kept);
    var slow = slow(kept);
    add(orders, repaired(before, kept, inFabric::get));
    add(orders, repaired(before, kept, node -> inFabric.get(node) && !slow.get(node)));
    return orders;
  }

  private void add(List<int[]> orders, int[] order) {
    int units = Arrays.stream(order).map(node -> site.units[node]).sum();
    if (units >= sizes.units()) {
      orders.add(order);
    }
  }

  /** Number of each of the plan's nodes in the site; -1: no longer there. */
  private int[] numbers(Plan before) {
    var names = site.nodes.stream().map(node -> node.name()).toList();
    return before.nodes().stream()
        .mapToInt(node -> Math.max(-1, Collections.binarySearch(names, node.host())))
        .toArray();
  }

  /** Nodes that are in the fabric that the plan has them in. */
  private BitSet inFabric(Plan before, int[] kept) {
    var inFabric = new BitSet();
    for (int i = 0; i < kept.length; i++) {
      int fabric = Collections.binarySearch(site.fabricIds, before.nodes().get(i).fabricId());
      if (kept[i] >= 0
          && (fabric < 0
              || Arrays.binarySearch(site.sets.fabrics(site.set[kept[i]]), fabric) >= 0)) {
        inFabric.set(kept[i]);
      }
    }
    return inFabric;
  }

  /** Nodes slower than the fastest of the plan's in the same fabrics. */
  private BitSet slow(int[] kept) {
    var fastest = new HashMap<Integer, Double>();
    for (int node : kept) {
      if (node >= 0) {
        fastest.merge(site.set[node], site.bestRate[node], Math::max);
      }
    }
    var slow = new BitSet();
    for (int node : kept) {
      if (node >= 0 && site.bestRate[node] < fastest.get(site.set[node])) {
        slow.set(node);
      }
    }
    return slow;
  }

  private int[] repaired(Plan before, int[] kept, IntPredicate good) {
    var used = new BitSet();
    for (int node : kept) {
      if (node >= 0) {
        used.set(node);
      }
    }
    var order = new ArrayList<Integer>();
    for (int i = 0; i < kept.length; i++) {
      int node = kept[i] >= 0 && good.test(kept[i]) ? kept[i] : spare(before, i, used);
      if (node < 0) {
        node = kept[i];
      }
      if (node >= 0) {
        used.set(node);
        order.add(node);
      }
    }
    for (int node = 0; node < site.size(); node++) {
      if (!used.get(node)) {
        order.add(node);
      }
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The unused node that is fastest in the fabric of one of the plan's; -1: there is none. */
  private int spare(Plan before, int place, BitSet used) {
    var node = before.nodes().get(place);
    int fabric = Collections.binarySearch(site.fabricIds, node.fabricId());
    int best = -1;
    for (int spare = 0; spare < site.size(); spare++) {
      boolean suits =
          !used.get(spare)
              && site.units[spare] * sizes.tensor() >= node.slots()
              && (fabric < 0
                  || Arrays.binarySearch(site.sets.fabrics(site.set[spare]), fabric) >= 0);
      if (suits && (best < 0 || nearer(node, spare, best))) {
        best = spare;
      }
    }
    return best;
  }

  private boolean nearer(PlacedNode node, int spare, int best) {
    if (site.bestRate[spare] != site.bestRate[best]) {
      return site.bestRate[spare] > site.bestRate[best];
    }
    return shared(node, spare) > shared(node, best);
  }

  private int shared(PlacedNode node, int spare) {
    var path = site.nodes.get(spare).tierPath();
    int shared = 0;
    while (shared < Math.min(path.size(), node.tierPath().size())
        && path.get(shared).equals(node.tierPath().get(shared))) {
      shared++;
    }
    return shared;
  }
}
