package org.millrace.kernel.dedup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A pair of documents, by number, the smaller first. */
record Pair(int first, int second) implements Comparable<Pair> {

  static Pair of(int one, int other) {
    return new Pair(Math.min(one, other), Math.max(one, other));
  }

  /** All pairs of sets at a similarity or above. */
  static Set<Pair> similar(List<long[]> sets, double threshold) {
    var pairs = new TreeSet<Pair>();
    for (int i = 0; i < sets.size(); i++) {
      for (int j = i + 1; j < sets.size(); j++) {
        if (Jaccard.of(sets.get(i), sets.get(j)) >= threshold) {
          pairs.add(new Pair(i, j));
        }
      }
    }
    return pairs;
  }

  /** The pairs that share the key of a band. */
  static Set<Pair> candidates(List<long[]> sets, Bands bands, long seed) {
    var minHash = MinHash.seeded(bands.permutations(), seed);
    var buckets = new HashMap<Long, List<Integer>>();
    for (int i = 0; i < sets.size(); i++) {
      int id = i;
      Arrays.stream(bands.keys(minHash.signature(sets.get(i))))
          .forEach(key -> buckets.computeIfAbsent(key, k -> new ArrayList<>()).add(id));
    }
    return buckets.values().stream()
        .flatMap(ids -> all(ids).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Pair> all(List<Integer> ids) {
    var pairs = new ArrayList<Pair>();
    for (int i = 0; i < ids.size(); i++) {
      for (int j = i + 1; j < ids.size(); j++) {
        pairs.add(new Pair(ids.get(i), ids.get(j)));
      }
    }
    return pairs;
  }

  static Components components(int nodes, Collection<Pair> pairs) {
    var components = new Components(nodes);
    pairs.forEach(pair -> components.join(pair.first, pair.second));
    return components;
  }

  @Override
  public int compareTo(Pair other) {
    return first != other.first
        ? Integer.compare(first, other.first)
        : Integer.compare(second, other.second);
  }
}
