package org.millrace.streaming.placement.infiniband;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Names for sets of switches: what their own names have in common. */
final class DomainNames {

  private DomainNames() {}

  /**
   * A name a set, no two the same.
   *
   * @param sets none empty, each in order of name
   */
  static List<String> of(List<List<Device>> sets) {
    var names = new ArrayList<String>();
    var taken = new HashSet<String>();
    for (var set : sets) {
      var name = common(set);
      if (name.isEmpty() || !taken.add(name)) {
        name = set.get(0).name();
        for (int i = 2; !taken.add(name); i++) {
          name = set.get(0).name() + "-" + i;
        }
      }
      names.add(name);
    }
    return names;
  }

  /** The parts between hyphens that all names have at the same place. */
  private static String common(List<Device> set) {
    var first = set.get(0).name().split("-");
    var parts = new ArrayList<String>();
    for (int i = 0; i < first.length; i++) {
      int at = i;
      var part = first[i];
      if (set.stream().allMatch(device -> has(device.name().split("-"), at, part))) {
        parts.add(part);
      }
    }
    return String.join("-", parts);
  }

  private static boolean has(String[] parts, int at, String part) {
    return at < parts.length && parts[at].equals(part);
  }
}
