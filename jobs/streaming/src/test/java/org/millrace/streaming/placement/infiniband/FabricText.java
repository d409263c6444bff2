package org.millrace.streaming.placement.infiniband;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes fabrics as {@code ibnetdiscover} does. */
final class FabricText {

  private record End(String device, int port) {}

  private final Map<String, String> descriptions = new LinkedHashMap<>();
  private final Map<String, Map<Integer, End>> cables = new LinkedHashMap<>();
  private final Map<String, Map<Integer, String>> rates = new LinkedHashMap<>();

  /** A switch with a vendor's description around its name. */
  FabricText withSwitch(String name) {
    return device("S-" + name, "MF0;" + name + ":MQM9701/U1");
  }

  /** A switch that says nothing of itself. */
  FabricText withSilentSwitch(String id) {
    return device("S-" + id, "");
  }

  /** An adapter with one cable, to a switch. */
  FabricText withAdapter(String id, String description, String leaf, int port) {
    return withAdapter(id, description, leaf, port, "4xNDR");
  }

  FabricText withAdapter(String id, String description, String leaf, int port, String rate) {
    device("H-" + id, description);
    return cable("H-" + id, 1, "S-" + leaf, port, rate);
  }

  /** A cable between switches. */
  FabricText withCable(String one, int port, String other, int otherPort) {
    return cable("S-" + one, port, "S-" + other, otherPort, "4xNDR");
  }

  private FabricText device(String id, String description) {
    descriptions.put(id, description);
    cables.put(id, new LinkedHashMap<>());
    rates.put(id, new LinkedHashMap<>());
    return this;
  }

  private FabricText cable(String one, int port, String other, int otherPort, String rate) {
    cables.get(one).put(port, new End(other, otherPort));
    cables.get(other).put(otherPort, new End(one, port));
    rates.get(one).put(port, rate);
    rates.get(other).put(otherPort, rate);
    return this;
  }

  /** Two groups of two rails, four hosts each, two spines: a small rail-optimised fabric. */
  static FabricText railOptimised() {
    var text = new FabricText();
    for (int group = 1; group <= 2; group++) {
      for (int rail = 1; rail <= 2; rail++) {
        text.withSwitch("LEAF-" + rail + "-" + group);
      }
    }
    text.withSwitch("SPINE-1").withSwitch("SPINE-2");
    for (int group = 1; group <= 2; group++) {
      for (int rail = 1; rail <= 2; rail++) {
        var leaf = "LEAF-" + rail + "-" + group;
        for (int host = 1; host <= 4; host++) {
          text.withAdapter(
              "%d%d%d".formatted(group, host, rail),
              "n%d%d mlx5_%d".formatted(group, host, rail - 1),
              leaf,
              host);
        }
        for (int spine = 1; spine <= 2; spine++) {
          text.withCable(leaf, 30 + spine, "SPINE-" + spine, 2 * group + rail);
        }
      }
    }
    return text;
  }

  List<String> blocks() {
    var blocks = new ArrayList<String>();
    descriptions.forEach((id, description) -> blocks.add(block(id, description)));
    return blocks;
  }

  /** The file, blocks in the order in which the devices were added. */
  String text() {
    return "#\n# Topology file: generated on Wed Aug  6 16:11:23 2025\n#\n# Initiated from node x\n"
        + String.join("", blocks());
  }

  /** The file, blocks in another order. */
  String shuffled(Random random) {
    var blocks = blocks();
    java.util.Collections.shuffle(blocks, random);
    return String.join("", blocks);
  }

  private String block(String id, String description) {
    boolean isSwitch = id.startsWith("S-");
    var block = new StringBuilder("\nvendid=0x2c9\ndevid=0xd2f2\nsysimgguid=0x2c5eab0300b87b40\n");
    block.append(isSwitch ? "switchguid=0x2c(2c)\n" : "caguid=0xe0\n");
    block.append(
        isSwitch
            ? "Switch\t65 \"%s\"\t\t# \"%s\" enhanced port 0 lid 73 lmc 0\n"
                .formatted(id, description)
            : "Ca\t1 \"%s\"\t\t# \"%s\"\n".formatted(id, description));
    cables
        .get(id)
        .forEach(
            (port, end) -> {
              boolean toSwitch = end.device.startsWith("S-");
              var far = descriptions.get(end.device);
              var rate = rates.get(id).get(port);
              block.append(
                  isSwitch
                      ? "[%d]\t\"%s\"[%d]%s\t\t# \"%s\" lid 7 %s\n"
                          .formatted(port, end.device, end.port, toSwitch ? "" : "(e0) ", far, rate)
                      : "[%d](e0) \t\"%s\"[%d]\t\t# lid 1 lmc 0 \"%s\" lid 7 %s\n"
                          .formatted(port, end.device, end.port, far, rate));
            });
    return block.toString();
  }
}
