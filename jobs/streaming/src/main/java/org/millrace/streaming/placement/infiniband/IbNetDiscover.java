package org.millrace.streaming.placement.infiniband;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Remark;

/**
 * Reads what {@code ibnetdiscover} prints, with or without {@code -f} and {@code -g} (form of
 * rdma-core's infiniband-diags): a block a device, a line a connected port. Lines of neither kind,
 * such as warnings that went into the same file, are passed over with a remark.
 */
public final class IbNetDiscover {

  private static final Pattern DEVICE =
      Pattern.compile("(Switch|Ca|Rt)\\s+(\\d{1,5})\\s+\"([^\"]+)\"\\s*(?:#\\s*\"(.*)\".*|#?.*)");
  private static final Pattern PORT =
      Pattern.compile(
          "\\[(\\d{1,5})](?:\\[ext \\d{1,5}])?(?:\\([0-9a-fA-F]{1,16}\\))?\\s+"
              + "\"([^\"]+)\"\\[(\\d{1,5})](?:\\[ext \\d{1,5}])?\\s*(?:\\([0-9a-fA-F]{1,16}\\))?\\s*"
              + "(#.*)?");
  private static final Pattern LIST =
      Pattern.compile("(Switch|Ca|Router)\\s+: 0x[0-9a-fA-F]+ ports .*");
  private static final Pattern HEADING =
      Pattern.compile(
          "#.*|(vendid|devid|sysimgguid|switchguid|caguid|rtguid)=.*|Chassis \\d.*|Hostname:.*");
  private static final int MOST_REMARKS = 20;

  private final String source;
  private final Map<String, Device> devices = new LinkedHashMap<>();
  private final List<Remark> remarks = new ArrayList<>();
  private Device device;
  private List<Link> links = List.of();
  private int passedOver;

  private IbNetDiscover(String source) {
    this.source = source;
  }

  /**
   * Reads a fabric.
   *
   * @param source name of the input, for diagnoses
   * @param text the whole output
   * @throws UserError naming the line and what to do, if a device is there twice, a port's line is
   *     broken, or cables are not told alike by both ends
   */
  public static Fabric parse(String source, String text) {
    var reader = new IbNetDiscover(source);
    int number = 0;
    for (var line : (Iterable<String>) text.lines()::iterator) {
      reader.line(++number, line.stripTrailing());
    }
    return reader.fabric();
  }

  private Fabric fabric() {
    close();
    if (passedOver > MOST_REMARKS) {
      remarks.add(new Remark(source, 0, passedOver + " lines in all were passed over"));
    }
    return new Fabric(source, devices, remarks);
  }

  private void line(int number, String line) {
    if (line.isEmpty()) {
      close();
      return;
    }
    if (line.charAt(0) == '[') {
      links.add(link(number, line));
      return;
    }
    var start = DEVICE.matcher(line);
    if (start.matches()) {
      open(number, start);
    } else if (LIST.matcher(line).matches()) {
      throw new UserError(
          "%s line %d: a list of devices without their cables; run ibnetdiscover without -l, -S,"
              + " -H or -R",
          source, number);
    } else if (!HEADING.matcher(line).matches()) {
      passOver(number, line);
    }
  }

  private void open(int number, Matcher start) {
    close();
    var kind =
        switch (start.group(1)) {
          case "Switch" -> Device.Kind.SWITCH;
          case "Ca" -> Device.Kind.ADAPTER;
          default -> Device.Kind.ROUTER;
        };
    var description = start.group(4) == null ? "" : start.group(4).strip();
    links = new ArrayList<>();
    device =
        new Device(
            start.group(3), kind, description, Integer.parseInt(start.group(2)), number, List.of());
  }

  private Link link(int number, String line) {
    var port = PORT.matcher(line);
    if (device == null || !port.matches()) {
      throw new UserError(
          "%s line %d: %s; run ibnetdiscover again",
          source,
          number,
          device == null ? "a port outside the block of a device" : "a broken line of a port");
    }
    var comment = port.group(4) == null ? "" : port.group(4);
    return new Link(
        number,
        Integer.parseInt(port.group(1)),
        port.group(2),
        Integer.parseInt(port.group(3)),
        LinkRate.gbps(comment.substring(comment.lastIndexOf('"') + 1)));
  }

  private void close() {
    if (device == null) {
      return;
    }
    var before =
        devices.put(
            device.id(),
            new Device(
                device.id(),
                device.kind(),
                device.description(),
                device.ports(),
                device.line(),
                links));
    if (before != null) {
      throw new UserError(
          "%s line %d: the device %s is there since line %d; give one fabric a file",
          source, device.line(), device.id(), before.line());
    }
    device = null;
    links = List.of();
  }

  private void passOver(int number, String line) {
    if (passedOver++ < MOST_REMARKS) {
      var shown = line.length() > 60 ? line.substring(0, 60) + "…" : line;
      remarks.add(new Remark(source, number, "passed over: " + shown.strip()));
    }
  }
}
