package org.millrace.streaming.placement.infiniband;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.millrace.streaming.placement.estate.Remark;

/** Finds ports that are not where the others of their host, or of their rail, say they belong. */
final class Miscablings {

  private final Cabling cabling;
  private final List<Misplaced> misplaced = new ArrayList<>();

  /**
   * A port and where it belongs.
   *
   * @param rail leaf at which its device should be
   * @param port of the leaf at which its host should be
   */
  private record Misplaced(HostPort at, Device rail, int port) {

    boolean swappedWith(Misplaced other) {
      return other.at.leaf().equals(rail)
          && other.at.leafPort() == port
          && other.rail.equals(at.leaf())
          && other.port == at.leafPort();
    }
  }

  Miscablings(Cabling cabling) {
    this.cabling = cabling;
    cabling.hosts().forEach(this::host);
    misplaced.sort(
        Comparator.comparing((Misplaced port) -> port.at.host())
            .thenComparing(port -> port.at.device()));
  }

  private void host(String host, List<HostPort> own) {
    var home = cabling.home(host);
    if (!home.railOptimised()) {
      return;
    }
    int port = cabling.usualPort(home, own).orElseThrow();
    for (var at : own) {
      var rail = rail(home, at).orElse(at.leaf());
      if (at.leafPort() != port || !at.leaf().equals(rail)) {
        misplaced.add(new Misplaced(at, rail, port));
      }
    }
  }

  /** The leaf of a device's rail; none where the rails of the group are not told apart by it. */
  private static Optional<Device> rail(LeafGroup home, HostPort at) {
    var leaves =
        home.leaves().stream()
            .filter(leaf -> at.device().equals(home.rails().get(leaf.id())))
            .toList();
    return leaves.size() == 1 ? Optional.of(leaves.get(0)) : Optional.empty();
  }

  List<Remark> remarks() {
    var remarks = new ArrayList<Remark>();
    Set<Misplaced> told = new HashSet<>();
    for (var port : misplaced) {
      if (!told.add(port)) {
        continue;
      }
      var swapped =
          misplaced.stream()
              .filter(other -> !told.contains(other) && port.swappedWith(other))
              .findFirst();
      swapped.ifPresent(told::add);
      remarks.add(
          new Remark(
              cabling.fabric().source(),
              port.at.adapter().line(),
              swapped.map(other -> swap(port, other)).orElseGet(() -> alone(port))));
    }
    return remarks;
  }

  private static String swap(Misplaced one, Misplaced other) {
    return "%s and %s are swapped: they are at %s and %s; swap the cables"
        .formatted(name(one), name(other), place(one), place(other));
  }

  private static String alone(Misplaced port) {
    return "%s is at %s and belongs at %s port %d; move the cable"
        .formatted(name(port), place(port), port.rail.name(), port.port);
  }

  private static String name(Misplaced port) {
    return port.at.host() + " " + port.at.device();
  }

  private static String place(Misplaced port) {
    return port.at.leaf().name() + " port " + port.at.leafPort();
  }
}
