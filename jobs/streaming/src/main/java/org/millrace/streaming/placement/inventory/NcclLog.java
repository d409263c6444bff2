package org.millrace.streaming.placement.inventory;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Inventory;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.estate.Remark;

/**
 * Learns kinds of NICs from what NCCL logs at {@code NCCL_DEBUG=INFO}:
 *
 * <pre>
 * node-1:812:903 [0] NCCL INFO NET/IB : Using [0]mlx5_0:1/IB [1]mlx5_1:1/RoCE [RO]; OOB eth0:10.0.0.1&lt;0&gt;
 * node-1:812:903 [0] NCCL INFO NET/Socket : Using [0]eth0:10.0.0.1&lt;0&gt;
 * </pre>
 */
public final class NcclLog {

  private static final Pattern USING = Pattern.compile("NET/(IB|Socket) : Using(.*)");
  private static final Pattern RDMA =
      Pattern.compile("\\[\\d{1,4}]\\s*([\\w.-]{1,64}):(\\d{1,3})/(IB|RoCE)\\b");
  private static final Pattern SOCKET = Pattern.compile("\\[\\d{1,4}]([\\w.-]{1,64}):");
  private static final Pattern SPEED =
      Pattern.compile(
          "NET/IB: \\[\\d{1,4}] ([\\w.-]{1,64}):[^:]{1,64}:(\\d{1,3})/(?:IB|RoCE)\\b.* speed=(\\d{1,8})\\b");
  private static final Pattern HOST =
      Pattern.compile("(?:.*\\s)?([\\w.-]{1,253}):\\d{1,9}:\\d{1,9} .*");
  private static final double MBPS_PER_GBPS = 1000;

  private final String source;
  private final String unnamed;
  private final Map<String, Map<String, Port>> hosts = new LinkedHashMap<>();
  private final Map<String, Map<String, Double>> speeds = new TreeMap<>();

  /**
   * A NIC that NCCL uses on a host.
   *
   * @param line of the log, from 1
   * @param name {@code mlx5_0}, with {@code :2} for a second port
   * @param kind as NCCL tells it; ETH of sockets
   * @param gbps rate in Gb/s; 0 where the log does not tell
   */
  public record Port(int line, String name, NicKind kind, double gbps) {

    public Port {
      requireNonNull(name, "name is null");
      requireNonNull(kind, "kind is null");
    }
  }

  private NcclLog(String source, String unnamed) {
    this.source = source;
    this.unnamed = unnamed;
  }

  /**
   * Finds NICs in a log.
   *
   * @param source name of the input, for diagnoses
   * @param unnamed host of lines that name none; empty to refuse such
   * @return by host, in order of the log
   * @throws UserError if there is no line on NICs, or one of no host
   */
  public static Map<String, List<Port>> parse(String source, String text, String unnamed) {
    var log = new NcclLog(source, unnamed);
    int number = 0;
    for (var line : (Iterable<String>) text.lines()::iterator) {
      log.line(++number, line);
    }
    if (log.hosts.isEmpty()) {
      throw new UserError(
          "%s: no line 'NET/IB : Using' or 'NET/Socket : Using' in it; run the job with"
              + " NCCL_DEBUG=INFO",
          source);
    }
    var found = new LinkedHashMap<String, List<Port>>();
    log.hosts.forEach((host, ports) -> found.put(host, log.withSpeeds(host, ports)));
    return found;
  }

  private void line(int number, String line) {
    var using = USING.matcher(line);
    if (using.find()) {
      var devices = using.group(2);
      int end = devices.indexOf(';');
      devices(
          number,
          host(number, line),
          using.group(1),
          end < 0 ? devices : devices.substring(0, end));
      return;
    }
    var speed = SPEED.matcher(line);
    if (speed.find()) {
      speeds
          .computeIfAbsent(host(number, line), host -> new TreeMap<>())
          .put(
              name(speed.group(1), speed.group(2)),
              Integer.parseInt(speed.group(3)) / MBPS_PER_GBPS);
    }
  }

  private String host(int number, String line) {
    var host = HOST.matcher(line.substring(0, line.indexOf("NET/")) + " ");
    if (host.matches()) {
      return host.group(1);
    }
    if (unnamed.isEmpty()) {
      throw new UserError(
          "%s line %d: names no host; keep NCCL's 'host:pid:tid' or give one host a file",
          source, number);
    }
    return unnamed;
  }

  private void devices(int number, String host, String transport, String devices) {
    var ports = hosts.computeIfAbsent(host, name -> new LinkedHashMap<>());
    var device = (transport.equals("IB") ? RDMA : SOCKET).matcher(devices);
    while (device.find()) {
      var port =
          transport.equals("IB")
              ? new Port(
                  number,
                  name(device.group(1), device.group(2)),
                  NicKind.parse(device.group(3).toUpperCase(Locale.ROOT)),
                  0)
              : new Port(number, device.group(1), NicKind.ETH, 0);
      ports.putIfAbsent(port.name(), port);
    }
  }

  private static String name(String device, String port) {
    return port.equals("1") ? device : device + ":" + port;
  }

  private List<Port> withSpeeds(String host, Map<String, Port> ports) {
    var known = speeds.getOrDefault(host, Map.of());
    var all = new ArrayList<Port>();
    for (var port : ports.values()) {
      all.add(
          new Port(port.line(), port.name(), port.kind(), known.getOrDefault(port.name(), 0.0)));
    }
    return List.copyOf(all);
  }

  /**
   * An inventory with NICs of unknown kind replaced by what the log tells. A NIC whose kind the
   * inventory knows keeps it; where the log says otherwise there is a remark. The log tells no
   * fabric: NICs of one kind below one outermost switch are taken to be in one.
   *
   * @param source name of the log, for remarks
   * @param rdmaGbps rate of RDMA NICs of which the log tells none
   */
  public static Inventory complete(
      Inventory inventory, String source, Map<String, List<Port>> log, double rdmaGbps) {
    var remarks = new ArrayList<>(inventory.remarks());
    var nodes = new ArrayList<Node>();
    for (var node : inventory.estate().nodes()) {
      var ports = log.get(node.name());
      nodes.add(ports == null ? node : complete(node, source, ports, rdmaGbps, remarks));
    }
    for (var host : log.keySet()) {
      if (inventory.estate().node(host).isEmpty()) {
        remarks.add(
            new Remark(
                source,
                log.get(host).isEmpty() ? 0 : log.get(host).get(0).line(),
                "the host %s is not in the inventory; add it there".formatted(host)));
      }
    }
    return new Inventory(Estate.of(inventory.estate().tiers(), nodes), remarks);
  }

  private static Node complete(
      Node node, String source, List<Port> ports, double rdmaGbps, List<Remark> remarks) {
    var nics = new LinkedHashMap<String, Nic>();
    for (var nic : node.nics()) {
      nics.put(nic.name(), nic);
    }
    for (var port : ports) {
      var known = nics.get(port.name());
      if (known != null
          && known.kind() != port.kind()
          && !known.fabricId().equals(HostDefaults.UNKNOWN_FABRIC)) {
        remarks.add(
            new Remark(
                source,
                port.line(),
                "NCCL says that %s of %s is %s, the inventory %s; kept as it is there"
                    .formatted(port.name(), node.name(), port.kind(), known.kind())));
      } else if (port.kind().rdma() && (known == null || !known.kind().rdma())) {
        nics.put(
            port.name(),
            Nic.of(
                port.name(),
                port.kind(),
                fabric(node, port.kind()),
                port.gbps() > 0 ? port.gbps() : rdmaGbps));
      }
    }
    return node.withNics(List.copyOf(nics.values()));
  }

  private static String fabric(Node node, NicKind kind) {
    var name = kind.name().toLowerCase(Locale.ROOT);
    return node.tierPath().isEmpty() ? name : name + "-" + node.tierPath().get(0);
  }
}
