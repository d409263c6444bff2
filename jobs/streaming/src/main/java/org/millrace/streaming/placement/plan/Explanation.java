package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Says in plain words why a plan is as it is. */
final class Explanation {

  private static final int NAMED = 4;

  private final Search search;
  private final List<PlacedNode> nodes;

  Explanation(Search search, List<PlacedNode> nodes) {
    this.search = search;
    this.nodes = nodes;
  }

  String reason(List<Alternative> alternatives) {
    var best = search.best();
    var sentences = new ArrayList<String>();
    sentences.add(where());
    sentences.add(best.score().mixedDataGroups() == 0 ? pure() : mixed(best.score()));
    sentences.add(
        String.format(
            Locale.ROOT,
            "An iteration takes %.3f s: computing %.3f s, data-parallel %.3f s, pipeline %.3f s,"
                + " embedding %.3f s; no plan takes less than %.3f s.",
            best.cost().iterationSeconds(),
            best.cost().computeSeconds(),
            best.cost().dataSeconds(),
            best.cost().pipelineSeconds(),
            best.cost().embeddingSeconds(),
            search.boundSeconds()));
    sentences.add(
        alternatives.isEmpty() ? "There is no other plan." : next(best, alternatives.get(0)));
    return String.join(" ", sentences);
  }

  /** Runs of nodes in one fabric, with the stages that they hold. */
  private String where() {
    var runs = new ArrayList<String>();
    int first = 0;
    int rank = 0;
    int firstRank = 0;
    for (int i = 0; i < nodes.size(); i++) {
      rank += nodes.get(i).slots();
      boolean last =
          i + 1 == nodes.size() || !nodes.get(i + 1).fabricId().equals(nodes.get(i).fabricId());
      if (last) {
        runs.add(run(first, i, firstRank, rank - 1));
        first = i + 1;
        firstRank = rank;
      }
    }
    int shown = Math.min(runs.size(), 2 * NAMED);
    var text = String.join("; ", runs.subList(0, shown));
    return text + (shown < runs.size() ? "; and so on." : ".");
  }

  private String run(int first, int last, int firstRank, int lastRank) {
    var names = new ArrayList<String>();
    for (int i = first; i <= Math.min(last, first + NAMED - 1); i++) {
      names.add(nodes.get(i).host());
    }
    if (last - first >= NAMED) {
      names.add(".. " + nodes.get(last).host());
    }
    var id = nodes.get(first).fabricId();
    return "%s: %s in %s"
        .formatted(
            stages(firstRank, lastRank), String.join(", ", names), id.isEmpty() ? "no fabric" : id);
  }

  private String stages(int firstRank, int lastRank) {
    int low = Integer.MAX_VALUE;
    int high = -1;
    for (int rank = firstRank; rank <= lastRank; rank += search.sizes.tensor()) {
      int stage = search.sizes.stage(rank);
      low = Math.min(low, stage);
      high = Math.max(high, stage);
    }
    return low == high ? "Stage " + low : "Stages " + low + "-" + high;
  }

  private String pure() {
    return search.sizes.data() == 1
        ? "There is one replica, so no data-parallel group."
        : "Every data-parallel group has one RDMA fabric or lies in a node.";
  }

  private String mixed(Score score) {
    var room = new TreeMap<String, Integer>();
    for (int node = 0; node < search.site.size(); node++) {
      for (int fabric : search.site.sets.fabrics(search.site.set[node])) {
        room.merge(
            search.site.fabricIds.get(fabric),
            search.site.units[node] * search.sizes.tensor(),
            Integer::sum);
      }
    }
    int wanted =
        (search.sizes.order() == RankOrder.TP_DP_PP ? 1 : search.sizes.pipeline())
            * search.sizes.data()
            * search.sizes.tensor();
    return "%d data-parallel groups mix fabrics and use sockets: a fabric must hold %s of %d GPUs in"
            .formatted(
                score.mixedDataGroups(),
                search.sizes.order() == RankOrder.TP_DP_PP
                    ? "whole stages"
                    : "all replicas, in the order tp-cp-ep-pp-dp,",
                wanted)
        + " whole nodes, and the free and healthy GPUs by fabric are "
        + (room.isEmpty() ? "none" : room)
        + (search.exact()
            ? "; no order of the nodes does better."
            : "; no better order was found.");
  }

  private static String next(Candidate best, Alternative next) {
    double more = next.iterationSeconds() / best.cost().iterationSeconds() - 1;
    int mixed = next.score().mixedDataGroups() - best.score().mixedDataGroups();
    var hosts = next.hosts();
    return String.format(
        Locale.ROOT,
        "The next best (%s) takes %.3f s (%+.1f %%)%s.",
        String.join(", ", hosts.subList(0, Math.min(NAMED, hosts.size())))
            + (hosts.size() > NAMED ? ", .." : ""),
        next.iterationSeconds(),
        100 * more,
        mixed > 0 ? " and mixes " + mixed + " more data-parallel groups" : difference(best, next));
  }

  private static String difference(Candidate best, Alternative next) {
    if (next.score().iterationNanos() != best.score().iterationNanos()) {
      return "";
    }
    long crossings = next.score().ringCrossings() - best.score().ringCrossings();
    return crossings > 0
        ? ", with " + crossings + " more ring crossings"
        : ", and breaks "
            + (next.score().lostWholeDomains() - best.score().lostWholeDomains())
            + " more whole domains";
  }
}
