package org.millrace.streaming.placement.infiniband;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Sorts leaves into groups by the hosts that they share. */
final class Leaves {

  /** Share of the ports of named hosts that must be at their host's usual port. DECIDED. */
  private static final double RAIL_OPTIMISED_FROM = 0.8;

  private static final Comparator<Device> BY_NAME =
      Comparator.comparing(Device::name).thenComparing(Device::id);

  /** Ports of named hosts by their leaf's id. */
  private final Map<String, List<HostPort>> named = new HashMap<>();

  private final Map<String, Device> leaves = new TreeMap<>();
  private final Map<String, Set<String>> hosts = new HashMap<>();
  private final Map<String, String> parents = new HashMap<>();

  private Leaves(List<HostPort> ports) {
    for (var port : ports) {
      leaves.put(port.leaf().id(), port.leaf());
      hosts.computeIfAbsent(port.leaf().id(), id -> new HashSet<>());
      if (port.named()) {
        hosts.get(port.leaf().id()).add(port.host());
        named.computeIfAbsent(port.leaf().id(), id -> new ArrayList<>()).add(port);
      }
    }
  }

  /** The groups, in order of name. */
  static List<LeafGroup> groups(List<HostPort> ports) {
    return new Leaves(ports).groups();
  }

  /**
   * Two leaves go together if they share at least half of the hosts of the one that has fewer, so
   * that a cable in the wrong place joins nothing.
   */
  private List<LeafGroup> groups() {
    shared()
        .forEach(
            (pair, count) -> {
              int fewer = Math.min(hosts.get(pair.first()).size(), hosts.get(pair.second()).size());
              if (2 * count >= fewer) {
                parents.put(root(pair.first()), root(pair.second()));
              }
            });
    var members = new LinkedHashMap<String, List<Device>>();
    leaves.forEach(
        (id, leaf) -> members.computeIfAbsent(root(id), r -> new ArrayList<>()).add(leaf));
    var sets = new ArrayList<>(members.values());
    sets.forEach(set -> set.sort(BY_NAME));
    sets.sort((a, b) -> BY_NAME.compare(a.get(0), b.get(0)));
    var names = DomainNames.of(sets);
    var groups = new ArrayList<LeafGroup>();
    for (int i = 0; i < sets.size(); i++) {
      groups.add(group(names.get(i), sets.get(i)));
    }
    return groups;
  }

  private record Pair(String first, String second) {}

  private Map<Pair, Integer> shared() {
    var leavesOf = new TreeMap<String, Set<String>>();
    hosts.forEach(
        (leaf, names) ->
            names.forEach(host -> leavesOf.computeIfAbsent(host, h -> new TreeSet<>()).add(leaf)));
    var shared =
        new TreeMap<Pair, Integer>(Comparator.comparing(Pair::first).thenComparing(Pair::second));
    for (var set : leavesOf.values()) {
      var ids = List.copyOf(set);
      for (int i = 0; i < ids.size(); i++) {
        for (int j = i + 1; j < ids.size(); j++) {
          shared.merge(new Pair(ids.get(i), ids.get(j)), 1, Integer::sum);
        }
      }
    }
    return shared;
  }

  private String root(String leaf) {
    var at = leaf;
    while (parents.containsKey(at) && !parents.get(at).equals(at)) {
      at = parents.get(at);
    }
    return at;
  }

  private LeafGroup group(String name, List<Device> members) {
    var own = new ArrayList<HostPort>();
    var rails = new TreeMap<String, String>();
    for (var leaf : members) {
      var at = named.getOrDefault(leaf.id(), List.of());
      own.addAll(at);
      Majority.of(at.stream().map(HostPort::device))
          .ifPresent(device -> rails.put(leaf.id(), device));
    }
    return new LeafGroup(name, members, rails, members.size() > 1 && railOptimised(own));
  }

  private static boolean railOptimised(List<HostPort> own) {
    long several = 0;
    long usual = 0;
    for (var host : own.stream().collect(Collectors.groupingBy(HostPort::host)).values()) {
      if (host.size() > 1) {
        int port = Majority.of(host.stream().map(HostPort::leafPort)).orElseThrow();
        several += host.size();
        usual += host.stream().filter(p -> p.leafPort() == port).count();
      }
    }
    return several > 0 && usual >= RAIL_OPTIMISED_FROM * several;
  }
}
