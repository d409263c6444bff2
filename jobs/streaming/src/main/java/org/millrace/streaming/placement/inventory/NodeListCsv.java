package org.millrace.streaming.placement.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Node;

/**
 * Reads node lists of Alibaba's GPU traces: {@code sn,cpu_milli,memory_mib,gpu,model}. They tell no
 * network; {@link Overlay} declares one. CPU and memory become the labels {@value #CPU_MILLI} and
 * {@value #MEMORY_MIB}.
 */
public final class NodeListCsv {

  /** Label with thousandths of a CPU. */
  public static final String CPU_MILLI = "cpu_milli";

  /** Label with the memory in MiB. */
  public static final String MEMORY_MIB = "memory_mib";

  private static final String HEADER = "sn,cpu_milli,memory_mib,gpu,model";
  private static final int FIELDS = 5;

  private NodeListCsv() {}

  /**
   * The nodes in order of the file, without NICs and places.
   *
   * @throws UserError naming the line, if it has another form or a host twice
   */
  public static List<Node> parse(String source, String text) {
    var nodes = new ArrayList<Node>();
    var seen = new HashMap<String, Integer>();
    int number = 0;
    for (var line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (number == 1) {
        if (!line.strip().equals(HEADER)) {
          throw new UserError("%s line 1: the columns are not %s", source, HEADER);
        }
      } else if (!line.isBlank()) {
        var node = node(source, number, line.split(",", -1));
        var before = seen.put(node.name(), number);
        if (before != null) {
          throw new UserError(
              "%s line %d: the host %s is there since line %d; remove one",
              source, number, node.name(), before);
        }
        nodes.add(node);
      }
    }
    if (nodes.isEmpty()) {
      throw new UserError("%s: no nodes in it; give a list with a line each", source);
    }
    return List.copyOf(nodes);
  }

  private static Node node(String source, int number, String[] fields) {
    if (fields.length != FIELDS || fields[0].isBlank()) {
      throw new UserError(
          "%s line %d: %d fields, not the %d of %s", source, number, fields.length, FIELDS, HEADER);
    }
    int gpus = whole(source, number, "gpu", fields[3]);
    if (gpus > Node.MAX_GPUS) {
      throw new UserError("%s line %d: %d GPUs; give 0 to %d", source, number, gpus, Node.MAX_GPUS);
    }
    return Node.of(fields[0].strip(), gpus)
        .withGpus(gpus, fields[4].strip())
        .withLabels(
            Map.of(
                CPU_MILLI, String.valueOf(whole(source, number, CPU_MILLI, fields[1])),
                MEMORY_MIB, String.valueOf(whole(source, number, MEMORY_MIB, fields[2]))));
  }

  private static int whole(String source, int number, String name, String text) {
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UserError("%s line %d: %s is '%s'; give a whole number", source, number, name, text);
  }
}
