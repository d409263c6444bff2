package org.millrace.streaming.placement.infiniband;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A node of the fabric: a block of the file.
 *
 * @param id kind and GUID, such as {@code H-e09d730300859298}
 * @param kind what it is
 * @param description the text that the device gives of itself
 * @param ports how many it has, connected or not; a switch counts its port 0 to a last one that
 *     only aggregation uses
 * @param line of the file where it begins, from 1
 * @param links its connected ports in order of the file
 */
public record Device(
    String id, Kind kind, String description, int ports, int line, List<Link> links) {

  /** Kinds of nodes. */
  public enum Kind {
    SWITCH,
    ADAPTER,
    ROUTER
  }

  public Device {
    requireNonNull(id, "id is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(description, "description is null");
    links = List.copyOf(links);
  }

  /**
   * A switch' name without vendor's frame: {@code LEAF-01} of {@code MF0;LEAF-01:MQM9701/U1}; the
   * whole description where it has another form, the id where there is none.
   */
  public String name() {
    int from = description.indexOf(';') + 1;
    int to = description.indexOf(':', from);
    var name = (from > 0 && to > from ? description.substring(from, to) : description).strip();
    return name.isEmpty() ? id : name;
  }
}
