package org.millrace.streaming.placement.infiniband;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Inventory;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.estate.Remark;

/**
 * The hosts of an InfiniBand fabric as an estate. Nodes are the hosts that adapters name; an
 * anonymous port in a rail-optimised group is given to the host of its slot where that host lacks
 * the rail. Slots of which no port is named are told in a remark, as no name can be made up.
 *
 * @param fabricId of all NICs
 * @param gpus that each host has, since the fabric does not tell
 * @param gpuModel that each host has; may be empty
 * @param names how descriptions are understood
 */
public record InfiniBandEstate(String fabricId, int gpus, String gpuModel, AdapterNames names) {

  public InfiniBandEstate {
    requireNonNull(fabricId, "fabricId is null");
    requireNonNull(gpuModel, "gpuModel is null");
    requireNonNull(names, "names is null");
  }

  /**
   * Reads the output of {@code ibnetdiscover}.
   *
   * @param source name of the input, for diagnoses
   * @throws UserError as {@link IbNetDiscover#parse}, and if no adapter names a host, or two of one
   *     host have one name
   */
  public Inventory read(String source, String text) {
    return of(Cabling.of(IbNetDiscover.parse(source, text), names));
  }

  /** The hosts of a cabling. */
  public Inventory of(Cabling cabling) {
    var source = cabling.fabric().source();
    if (cabling.hosts().isEmpty()) {
      throw new UserError(
          "%s: no adapter names its host; set node descriptions, such as 'host-1 mlx5_0' by"
              + " rdma-ndd, and run ibnetdiscover again",
          source);
    }
    var remarks = new ArrayList<>(cabling.fabric().remarks());
    var inferred = inferred(cabling);
    var tiers = new SwitchTiers(cabling.fabric(), cabling.groups());
    var paths = tiers.paths();
    double usual =
        Majority.of(cabling.ports().stream().map(HostPort::gbps).filter(rate -> rate > 0))
            .orElseThrow(
                () ->
                    new UserError(
                        "%s: no port has a known rate; run a newer ibnetdiscover", source));
    var nodes = new ArrayList<Node>();
    cabling
        .hosts()
        .forEach(
            (host, own) -> {
              var nics = nics(source, host, own, inferred.getOrDefault(host, List.of()), usual);
              nodes.add(
                  Node.of(host, gpus, nics.toArray(new Nic[0]))
                      .withGpus(gpus, gpuModel)
                      .withTierPath(paths.get(cabling.home(host))));
            });
    remarks.addAll(cabling.miscablings());
    leftOut(cabling, inferred, remarks);
    return new Inventory(Estate.of(tiers.names(), nodes), remarks);
  }

  /** Anonymous ports that complete a named host, with the device of their rail. */
  private static Map<String, Map<String, HostPort>> completions(Cabling cabling) {
    var found = new TreeMap<String, Map<String, HostPort>>();
    for (var slot : cabling.slots()) {
      if (slot.host().isEmpty()) {
        continue;
      }
      var own = cabling.hosts().get(slot.host());
      for (var port : slot.ports()) {
        var device = slot.group().rails().get(port.leaf().id());
        if (port.role() == AdapterRole.ANONYMOUS
            && device != null
            && own.stream().noneMatch(nic -> nic.device().equals(device))) {
          found.computeIfAbsent(slot.host(), host -> new TreeMap<>()).put(device, port);
        }
      }
    }
    return found;
  }

  private static Map<String, List<HostPort>> inferred(Cabling cabling) {
    var inferred = new HashMap<String, List<HostPort>>();
    completions(cabling)
        .forEach(
            (host, byDevice) ->
                byDevice.forEach(
                    (device, port) ->
                        inferred
                            .computeIfAbsent(host, h -> new ArrayList<>())
                            .add(
                                new HostPort(
                                    port.adapter(),
                                    port.role(),
                                    host,
                                    device,
                                    port.leaf(),
                                    port.leafPort(),
                                    port.gbps()))));
    return inferred;
  }

  private List<Nic> nics(
      String source, String host, List<HostPort> own, List<HostPort> inferred, double usual) {
    var byDevice = new TreeMap<String, HostPort>();
    for (var port : own) {
      var before = byDevice.put(port.device(), port);
      if (before != null) {
        throw new UserError(
            "%s line %d: the host %s has a second %s, the first is in line %d; give each machine a"
                + " name of its own",
            source, port.adapter().line(), host, port.device(), before.adapter().line());
      }
    }
    inferred.forEach(port -> byDevice.put(port.device(), port));
    return byDevice.values().stream()
        .map(
            port ->
                Nic.of(port.device(), NicKind.IB, fabricId, port.gbps() > 0 ? port.gbps() : usual))
        .toList();
  }

  private static void leftOut(
      Cabling cabling, Map<String, List<HostPort>> inferred, List<Remark> remarks) {
    var source = cabling.fabric().source();
    for (var port : cabling.ports()) {
      if (port.role() == AdapterRole.UNNAMED_HOST) {
        remarks.add(
            new Remark(
                source,
                port.adapter().line(),
                "'%s' at %s port %d is no name of a host; left out until the host has one"
                    .formatted(port.adapter().description(), port.leaf().name(), port.leafPort())));
      }
    }
    int given = inferred.values().stream().mapToInt(List::size).sum();
    int anonymous = cabling.adapters(AdapterRole.ANONYMOUS);
    if (anonymous > 0) {
      long unnamed = cabling.slots().stream().filter(slot -> slot.host().isEmpty()).count();
      remarks.add(
          new Remark(
              source,
              0,
              "%d of %d anonymous adapters were given to a host by their slot; %d slots have no"
                      .formatted(given, anonymous, unnamed)
                  + " named host and are left out; name those hosts"));
    }
    int others =
        cabling.adapters(AdapterRole.AGGREGATION) + cabling.adapters(AdapterRole.MANAGEMENT);
    if (others > 0) {
      remarks.add(
          new Remark(
              source,
              0,
              "%d adapters of aggregation nodes and %d of fabric managers are no hosts"
                  .formatted(
                      cabling.adapters(AdapterRole.AGGREGATION),
                      cabling.adapters(AdapterRole.MANAGEMENT))));
    }
  }
}
