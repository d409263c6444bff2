package org.millrace.streaming.placement.infiniband;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.millrace.streaming.placement.estate.Remark;

/**
 * Which adapters are hosts' ports, at which leaves they are, and which of them are not where they
 * should be. Leaves are the switches that hosts' ports are at; a host's name alone never makes a
 * host.
 */
public final class Cabling {

  private static final Comparator<HostPort> BY_PLACE =
      Comparator.comparing((HostPort port) -> port.leaf().name())
          .thenComparing(port -> port.leaf().id())
          .thenComparing(HostPort::leafPort);

  private final Fabric fabric;
  private final Map<AdapterRole, Integer> adapters = new EnumMap<>(AdapterRole.class);
  private final List<HostPort> ports;
  private final List<LeafGroup> groups;
  private final Map<String, LeafGroup> groupOfLeaf = new TreeMap<>();
  private final SortedMap<String, List<HostPort>> hosts;
  private final Map<String, LeafGroup> homes = new TreeMap<>();
  private final List<Slot> slots;

  private Cabling(Fabric fabric, AdapterNames names) {
    this.fabric = fabric;
    this.ports = ports(fabric, names);
    this.groups = Leaves.groups(ports);
    for (var group : groups) {
      group.leaves().forEach(leaf -> groupOfLeaf.put(leaf.id(), group));
    }
    this.hosts =
        ports.stream()
            .filter(HostPort::named)
            .collect(Collectors.groupingBy(HostPort::host, TreeMap::new, Collectors.toList()));
    var byName = new TreeMap<String, LeafGroup>();
    groups.forEach(group -> byName.put(group.name(), group));
    hosts.forEach(
        (host, own) ->
            homes.put(
                host,
                byName.get(
                    Majority.of(own.stream().map(this::group).map(LeafGroup::name))
                        .orElseThrow())));
    this.slots = findSlots();
  }

  private LeafGroup group(HostPort port) {
    return groupOfLeaf.get(port.leaf().id());
  }

  /** The cabling of a fabric, with descriptions of adapters understood as said. */
  public static Cabling of(Fabric fabric, AdapterNames names) {
    return new Cabling(requireNonNull(fabric, "fabric is null"), names);
  }

  private List<HostPort> ports(Fabric fabric, AdapterNames names) {
    var found = new ArrayList<HostPort>();
    for (var adapter : fabric.adapters()) {
      var understood = names.understand(adapter.description());
      adapters.merge(understood.role(), 1, Integer::sum);
      if (understood.role() == AdapterRole.AGGREGATION
          || understood.role() == AdapterRole.MANAGEMENT) {
        continue;
      }
      for (var link : adapter.links()) {
        if (fabric.remote(link).kind() == Device.Kind.SWITCH) {
          found.add(
              new HostPort(
                  adapter,
                  understood.role(),
                  understood.host(),
                  device(adapter, understood, link),
                  fabric.remote(link),
                  link.remotePort(),
                  link.gbps()));
        }
      }
    }
    found.sort(BY_PLACE);
    return List.copyOf(found);
  }

  /** The second port of one adapter is a NIC of its own. */
  private static String device(Device adapter, AdapterNames.Adapter understood, Link link) {
    return adapter.links().size() == 1 || understood.device().isEmpty()
        ? understood.device()
        : understood.device() + ":" + link.port();
  }

  /** The fabric that this is the cabling of. */
  public Fabric fabric() {
    return fabric;
  }

  /** How many adapters there are of a role. */
  public int adapters(AdapterRole role) {
    return adapters.getOrDefault(role, 0);
  }

  /** Ports of hosts, named or not, in order of leaf and its port. */
  public List<HostPort> ports() {
    return ports;
  }

  /** Hosts that have a name of their own, each with its ports, in order of name. */
  public SortedMap<String, List<HostPort>> hosts() {
    return hosts;
  }

  /** Groups of leaves in order of name. */
  public List<LeafGroup> groups() {
    return groups;
  }

  /** The group that a leaf is in; none if no host's port is at the switch. */
  public Optional<LeafGroup> groupOf(Device leaf) {
    return Optional.ofNullable(groupOfLeaf.get(leaf.id()));
  }

  /** The group that most ports of a named host are at. */
  public LeafGroup home(String host) {
    return requireNonNull(homes.get(host), "a host of another fabric");
  }

  /**
   * The places for hosts in rail-optimised groups at which a named or an anonymous port is, in
   * order of group and port. Ports of machines that bear their system's name are at none.
   */
  public List<Slot> slots() {
    return slots;
  }

  private List<Slot> findSlots() {
    var places = new TreeMap<String, TreeMap<Integer, List<HostPort>>>();
    for (var port : ports) {
      if (group(port).railOptimised() && port.role() != AdapterRole.UNNAMED_HOST) {
        places
            .computeIfAbsent(group(port).name(), name -> new TreeMap<>())
            .computeIfAbsent(port.leafPort(), number -> new ArrayList<>())
            .add(port);
      }
    }
    var owners = owners();
    var found = new ArrayList<Slot>();
    for (var group : groups) {
      places
          .getOrDefault(group.name(), new TreeMap<>())
          .forEach(
              (port, at) ->
                  found.add(
                      new Slot(group, port, owners.get(group.name()).getOrDefault(port, ""), at)));
    }
    return List.copyOf(found);
  }

  /**
   * The host whose usual port it is, by group and port; empty for ports that are the usual one of
   * several. A cable in another group than its host's makes no owner there.
   */
  private Map<String, Map<Integer, String>> owners() {
    var owners = new TreeMap<String, Map<Integer, String>>();
    groups.forEach(group -> owners.put(group.name(), new TreeMap<>()));
    hosts.forEach(
        (host, own) ->
            usualPort(home(host), own)
                .ifPresent(
                    port -> owners.get(home(host).name()).merge(port, host, (one, other) -> "")));
    return owners;
  }

  /** The port of the group's leaves at which most of a host's ports are. */
  Optional<Integer> usualPort(LeafGroup group, List<HostPort> own) {
    return Majority.of(own.stream().filter(port -> group(port) == group).map(HostPort::leafPort));
  }

  /** Ports of named hosts that are not at their host's usual group, port and rail. */
  public List<Remark> miscablings() {
    return new Miscablings(this).remarks();
  }
}
