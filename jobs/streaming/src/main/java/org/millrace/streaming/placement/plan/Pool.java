package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Nodes that share a fabric, from which whole pipeline stages are taken: the fastest nodes that
 * suffice, in as few domains as they come.
 */
final class Pool {

  private final Site site;

  /** Its fabric; -1: any. */
  private final int fabric;

  private final int[] members;
  private final BitSet memberSet = new BitSet();
  private final Map<Want, Optional<int[]>> answers = new HashMap<>();

  /** So many units when so many of the members are taken. */
  private record Want(int least, int most, BitSet taken) {}

  Pool(Site site, int fabric, int[] members) {
    this.site = site;
    this.fabric = fabric;
    this.members = members;
    Arrays.stream(members).forEach(memberSet::set);
  }

  /** Units of the members that are not taken. */
  int capacity(BitSet taken) {
    int capacity = 0;
    for (int node : members) {
      capacity += taken.get(node) ? 0 : site.units[node];
    }
    return capacity;
  }

  /** Of members not taken, which sizes there are and how many nodes of each. */
  private TreeMap<Integer, Integer> sizes(int[] nodes) {
    var sizes = new TreeMap<Integer, Integer>(Comparator.reverseOrder());
    for (int node : nodes) {
      sizes.merge(site.units[node], 1, Integer::sum);
    }
    return sizes;
  }

  /**
   * Nodes with exactly as many units, in the order in which ranks fill them.
   *
   * @param taken nodes that cannot be had
   */
  Optional<int[]> takeExactly(int units, BitSet taken) {
    return take(units, units, taken);
  }

  /** Nodes with as many units or as few more as can be. */
  Optional<int[]> takeAtLeast(int units, BitSet taken) {
    int largest = Arrays.stream(members).map(node -> site.units[node]).max().orElse(0);
    return take(units, units + Math.max(0, largest - 1), taken);
  }

  private Optional<int[]> take(int least, int most, BitSet taken) {
    var takenMembers = (BitSet) taken.clone();
    takenMembers.and(memberSet);
    return answers.computeIfAbsent(new Want(least, most, takenMembers), this::take);
  }

  private Optional<int[]> take(Want want) {
    int least = want.least;
    int most = want.most;
    var taken = want.taken;
    var free = Arrays.stream(members).filter(node -> !taken.get(node)).toArray();
    if (SizeQuota.of(sizes(free), least, most).isEmpty()) {
      return Optional.empty();
    }
    free = fastest(free, least, most, node -> site.flops[node]);
    free = fastest(free, least, most, node -> site.speed[node]);
    if (fabric >= 0) {
      free = fastest(free, least, most, node -> site.rate(node, fabric));
    }
    free = fastest(free, least, most, node -> site.socketRate[node]);
    var quota = SizeQuota.of(sizes(free), least, most).orElseThrow();
    var picked = new ArrayList<Integer>();
    pack(Arrays.stream(free).boxed().toList(), 0, least, quota, picked);
    return Optional.of(picked.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The nodes that are as fast as the slowest that is needed. */
  private int[] fastest(int[] nodes, int least, int most, ToDoubleFunction<Integer> speed) {
    var levels =
        Arrays.stream(nodes).mapToDouble(speed::applyAsDouble).distinct().sorted().toArray();
    int low = 0;
    int high = levels.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (SizeQuota.of(sizes(atLeast(nodes, speed, levels[middle])), least, most).isPresent()) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return levels.length < 2 ? nodes : atLeast(nodes, speed, levels[low]);
  }

  private static int[] atLeast(int[] nodes, ToDoubleFunction<Integer> speed, double level) {
    return Arrays.stream(nodes).filter(node -> speed.applyAsDouble(node) >= level).toArray();
  }

  /** Takes the smallest domain that holds what is left, or else the largest, tier by tier. */
  private int pack(
      List<Integer> nodes, int tier, int units, SizeQuota quota, List<Integer> picked) {
    if (tier == site.domain.length) {
      return packNodes(nodes, units, quota, picked);
    }
    var domains = new LinkedHashMap<Integer, List<Integer>>();
    for (int node : nodes) {
      domains.computeIfAbsent(site.domain[tier][node], domain -> new ArrayList<>()).add(node);
    }
    int left = units;
    while (left > 0 && !domains.isEmpty()) {
      int domain = choose(domains, tier, left, quota);
      left -= pack(domains.remove(domain), tier + 1, left, quota, picked);
    }
    return units - left;
  }

  private int choose(
      LinkedHashMap<Integer, List<Integer>> domains, int tier, int units, SizeQuota quota) {
    int best = -1;
    int bestCapacity = 0;
    for (var entry : domains.entrySet()) {
      int domain = entry.getKey();
      int capacity =
          entry.getValue().stream().mapToInt(node -> quota.wanted(site.units[node])).sum();
      boolean better =
          best < 0
              || (capacity >= units
                  ? bestCapacity < units
                      || capacity < bestCapacity
                      || capacity == bestCapacity
                          && site.whole[tier][best]
                          && !site.whole[tier][domain]
                  : capacity > bestCapacity);
      if (better) {
        best = domain;
        bestCapacity = capacity;
      }
    }
    return best;
  }

  private int packNodes(List<Integer> nodes, int units, SizeQuota quota, List<Integer> picked) {
    int packed = 0;
    for (int node : nodes) {
      if (packed < units && quota.use(site.units[node])) {
        picked.add(node);
        packed += site.units[node];
      }
    }
    return packed;
  }
}
