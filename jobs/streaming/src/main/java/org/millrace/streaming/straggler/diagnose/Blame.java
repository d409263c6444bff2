package org.millrace.streaming.straggler.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Explains the bad cells of a matrix of links by as few suspects as there may be: a sender all of
 * whose links are bad, a receiver, a NIC that is both, and links for what is left.
 */
final class Blame {

  /** A link by the ids of its ends. */
  record Link(String src, String dst) implements Comparable<Link> {
    @Override
    public int compareTo(Link other) {
      int bySrc = src.compareTo(other.src);
      return bySrc != 0 ? bySrc : dst.compareTo(other.dst);
    }
  }

  /** A sender or receiver is told from a single link by so many links at least. */
  private static final int LEAST = 2;

  private Blame() {}

  /**
   * The suspects, in order.
   *
   * @param bad links, all of them among {@code all}
   * @param share of a sender's or receiver's links that must be bad
   */
  static List<Suspect> explain(
      Set<Link> bad, Set<Link> all, double share, Function<String, Member> member) {
    var senders = guilty(bad, all, share, Link::src);
    var receivers = guilty(bad, all, share, Link::dst);
    var suspects = new ArrayList<Suspect>();
    var ends = new TreeSet<>(senders);
    ends.addAll(receivers);
    for (var id : ends) {
      var kind =
          !receivers.contains(id)
              ? Suspect.Kind.SENDER
              : senders.contains(id) ? Suspect.Kind.NIC : Suspect.Kind.RECEIVER;
      suspects.add(new Suspect(kind, member.apply(id), null));
    }
    for (var link : bad) {
      if (!senders.contains(link.src()) && !receivers.contains(link.dst())) {
        suspects.add(
            new Suspect(Suspect.Kind.LINK, member.apply(link.src()), member.apply(link.dst())));
      }
    }
    return suspects;
  }

  private static Set<String> guilty(
      Set<Link> bad, Set<Link> all, double share, Function<Link, String> end) {
    Map<String, int[]> counts = new TreeMap<>();
    for (var link : all) {
      counts.computeIfAbsent(end.apply(link), id -> new int[2])[0]++;
    }
    for (var link : bad) {
      counts.get(end.apply(link))[1]++;
    }
    var guilty = new TreeSet<String>();
    counts.forEach(
        (id, count) -> {
          if (count[1] >= LEAST && count[1] >= share * count[0]) {
            guilty.add(id);
          }
        });
    return guilty;
  }
}
