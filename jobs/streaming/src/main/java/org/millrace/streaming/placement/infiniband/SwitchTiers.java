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

/**
 * The tiers of switches above the groups of leaves. A domain of a tier is what hangs together
 * through switches up to it: in a two-tier fabric all leaves are in one, in a three-tier one each
 * pod is.
 */
final class SwitchTiers {

  private final Fabric fabric;
  private final List<LeafGroup> groups;
  private final Map<String, Integer> level = new HashMap<>();
  private int top;

  SwitchTiers(Fabric fabric, List<LeafGroup> groups) {
    this.fabric = fabric;
    this.groups = groups;
    Set<String> reached = new HashSet<>();
    for (var group : groups) {
      for (var leaf : group.leaves()) {
        reached.add(leaf.id());
      }
    }
    for (int at = 0; !reached.isEmpty(); at++) {
      top = at;
      for (var id : reached) {
        level.put(id, at);
      }
      reached = above(reached);
    }
  }

  private Set<String> above(Set<String> reached) {
    var above = new HashSet<String>();
    for (var id : reached) {
      for (var link : fabric.devices().get(id).links()) {
        var remote = fabric.remote(link);
        if (remote.kind() == Device.Kind.SWITCH && !level.containsKey(remote.id())) {
          above.add(remote.id());
        }
      }
    }
    return above;
  }

  /** Names of the tiers, outer to inner; the innermost is that of the groups. */
  List<String> names() {
    var names = new ArrayList<String>();
    for (int at = top; at > 1; at--) {
      names.add(at == 2 ? "core" : "core-" + (at - 1));
    }
    if (top > 0) {
      names.add("spine");
    }
    names.add("leaf");
    return names;
  }

  /** The path to each group, outer to inner. */
  Map<LeafGroup, List<String>> paths() {
    var paths = new LinkedHashMap<LeafGroup, List<String>>();
    groups.forEach(group -> paths.put(group, new ArrayList<>()));
    for (int at = top; at > 0; at--) {
      var domains = domains(at);
      for (var group : groups) {
        paths.get(group).add(domains.get(group.leaves().get(0).id()));
      }
    }
    paths.forEach((group, path) -> path.add(group.name()));
    return paths;
  }

  /** The name of the domain, of a tier, of each switch up to that tier. */
  private Map<String, String> domains(int tier) {
    var members = new TreeMap<String, List<Device>>();
    var done = new HashMap<String, String>();
    for (var device : fabric.switches()) {
      if (level.getOrDefault(device.id(), top + 1) <= tier && !done.containsKey(device.id())) {
        members.put(device.id(), spread(device, tier, done));
      }
    }
    var roots = List.copyOf(members.keySet());
    var sets = new ArrayList<List<Device>>();
    for (var root : roots) {
      var highest = members.get(root).stream().mapToInt(d -> level.get(d.id())).max().orElse(0);
      sets.add(
          members.get(root).stream()
              .filter(device -> level.get(device.id()) == highest)
              .sorted(Comparator.comparing(Device::name).thenComparing(Device::id))
              .toList());
    }
    var names = DomainNames.of(sets);
    var named = new HashMap<String, String>();
    done.forEach((id, root) -> named.put(id, names.get(roots.indexOf(root))));
    return named;
  }

  private List<Device> spread(Device from, int tier, Map<String, String> done) {
    var members = new ArrayList<>(List.of(from));
    done.put(from.id(), from.id());
    for (int i = 0; i < members.size(); i++) {
      for (var link : members.get(i).links()) {
        var remote = fabric.remote(link);
        if (level.getOrDefault(remote.id(), top + 1) <= tier
            && done.putIfAbsent(remote.id(), from.id()) == null) {
          members.add(remote);
        }
      }
    }
    return members;
  }
}
