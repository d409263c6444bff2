package org.millrace.streaming.placement.infiniband;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Remark;

/**
 * A subnet: every device, each cable seen from both of its ends. Immutable.
 *
 * @param source name of the input
 * @param devices by id, in order of the input
 * @param remarks on lines that were passed over
 */
public record Fabric(String source, Map<String, Device> devices, List<Remark> remarks) {

  /**
   * Checks that both ends of every cable tell the same.
   *
   * @throws UserError if an end is told by one side alone, a port has two cables, or there is no
   *     switch
   */
  public Fabric {
    requireNonNull(source, "source is null");
    devices = Collections.unmodifiableMap(devices);
    remarks = List.copyOf(remarks);
    if (none(devices.values(), Device.Kind.SWITCH)) {
      throw new UserError(
          "%s: no switch in it; give the output of ibnetdiscover without options, run where the"
              + " fabric can be reached",
          source);
    }
    for (var device : devices.values()) {
      check(source, devices, device);
    }
  }

  private static boolean none(Collection<Device> devices, Device.Kind kind) {
    return devices.stream().noneMatch(device -> device.kind() == kind);
  }

  private static void check(String source, Map<String, Device> devices, Device device) {
    var ports = new HashSet<Integer>();
    for (var link : device.links()) {
      if (!ports.add(link.port())) {
        throw new UserError(
            "%s line %d: port %d of %s is there twice; run ibnetdiscover again",
            source, link.line(), link.port(), device.id());
      }
      var remote = devices.get(link.remote());
      if (remote == null) {
        throw new UserError(
            "%s line %d: port %d of %s leads to %s, of which the file has no block; is it cut off?"
                + " Run ibnetdiscover again",
            source, link.line(), link.port(), device.id(), link.remote());
      }
      boolean back =
          remote.links().stream()
              .anyMatch(
                  other ->
                      other.port() == link.remotePort()
                          && other.remote().equals(device.id())
                          && other.remotePort() == link.port());
      if (!back) {
        throw new UserError(
            "%s line %d: port %d of %s leads to port %d of %s, which does not lead back; run"
                + " ibnetdiscover again",
            source, link.line(), link.port(), device.id(), link.remotePort(), link.remote());
      }
    }
  }

  /** Switches in order of the input. */
  public List<Device> switches() {
    return of(Device.Kind.SWITCH);
  }

  /** Channel adapters: one for a port of a host, an aggregation node or a management station. */
  public List<Device> adapters() {
    return of(Device.Kind.ADAPTER);
  }

  private List<Device> of(Device.Kind kind) {
    return devices.values().stream().filter(device -> device.kind() == kind).toList();
  }

  /**
   * The device at the other end of a link.
   *
   * @throws NullPointerException if the link is of another fabric
   */
  public Device remote(Link link) {
    return requireNonNull(devices.get(link.remote()), "a link of another fabric");
  }

  /** Lines that tell an end of a cable. */
  public int linkLines() {
    return count(devices.values());
  }

  private static int count(Collection<Device> devices) {
    return devices.stream().mapToInt(device -> device.links().size()).sum();
  }
}
