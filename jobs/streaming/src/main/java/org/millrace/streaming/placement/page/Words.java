package org.millrace.streaming.placement.page;

import java.util.Collection;
import java.util.List;
import org.millrace.streaming.page.Html;
import org.millrace.streaming.placement.plan.GroupKind;
import org.millrace.streaming.placement.plan.NetKind;
import org.millrace.streaming.placement.plan.Network;

/** Quantities and names as the page writes them, escaped. */
final class Words {

  private Words() {}

  /** Bytes in GB (1e9), with as many decimals as tell something. */
  static String gigabytes(double bytes) {
    double gb = bytes / 1e9;
    return (bytes == 0 ? "0" : Html.decimals(gb, gb >= 100 ? 0 : gb >= 1 ? 1 : 3)) + " GB";
  }

  /** Seconds with milliseconds. */
  static String seconds(double seconds) {
    return Html.decimals(seconds, 3) + " s";
  }

  /** What a group is for, in words. */
  static String kind(GroupKind kind) {
    return switch (kind) {
      case DP -> "data parallel";
      case MP -> "model parallel";
      case TP -> "tensor parallel";
      case PP -> "pipeline";
      case EMB -> "embedding";
    };
  }

  /** A network: {@code InfiniBand ib-a}, {@code sockets}. */
  static String network(Network network) {
    var name = kind(network.kind());
    return network.fabricId().isEmpty() ? name : name + " " + Html.text(network.fabricId());
  }

  /** The name of a kind of network. */
  static String kind(NetKind kind) {
    return switch (kind) {
      case NONE -> "within a node";
      case IB -> "InfiniBand";
      case ROCE -> "RoCE";
      case SOCKET -> "sockets";
    };
  }

  /** The class of a kind of network, for its colour. */
  static String style(NetKind kind) {
    return switch (kind) {
      case NONE -> "none";
      case IB -> "ib";
      case ROCE -> "roce";
      case SOCKET -> "socket";
    };
  }

  /** Some names, the rest counted; escaped. */
  static String some(Collection<String> names, int most) {
    var list = List.copyOf(names);
    return Html.text(String.join(", ", list.subList(0, Math.min(most, list.size()))))
        + (list.size() > most ? " and %s more".formatted(Html.count(list.size() - most)) : "");
  }

  /** Whether a name fits into a width. */
  static boolean fits(String name, double width) {
    return name.length() <= width / 6.3;
  }

  /** A name that fits into a width, escaped. */
  static String fitted(String name, double width) {
    int most = Math.max(2, (int) (width / 6.3));
    return Html.text(name.length() <= most ? name : name.substring(0, most - 1) + "…");
  }
}
