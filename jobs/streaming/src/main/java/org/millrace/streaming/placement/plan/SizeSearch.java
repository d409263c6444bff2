package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.millrace.streaming.placement.estate.Estate;

/**
 * The search for sizes and a place at once. Of sizes with a pure place and sizes without the former
 * are better; how many groups are mixed does not compare between sizes, as large groups are few.
 * Then the time of an iteration decides.
 */
final class SizeSearch {

  private static final Comparator<Search> ORDER =
      Comparator.comparing((Search search) -> !search.pure())
          .thenComparingLong(search -> search.best().score().iterationNanos())
          .thenComparingLong(search -> search.best().score().ringCrossings())
          .thenComparingInt(search -> search.best().score().lostWholeDomains())
          .thenComparingInt(search -> search.sizes.tensor())
          .thenComparingInt(search -> search.sizes.pipeline());

  /** Sizes that are looked at closely. */
  private static final int CLOSE = 2;

  private final Estate estate;
  private final Map<String, Integer> busy;
  private final Request request;
  private final CostConstants constants;
  private final NetworkRule rule;
  private final Map<List<Object>, Site> sites = new HashMap<>();

  SizeSearch(
      Estate estate,
      Map<String, Integer> busy,
      Request request,
      CostConstants constants,
      NetworkRule rule) {
    this.estate = estate;
    this.busy = busy;
    this.request = request;
    this.constants = constants;
    this.rule = rule;
  }

  /**
   * Looks at all sizes, those that may be fast first, and closely at the best.
   *
   * @throws Unplaceable if none has a place
   */
  Search run(List<Parallelism> choices) {
    var looked = new ArrayList<Search>();
    for (var search : placeable(choices)) {
      if (looked.isEmpty() || !hopeless(search, looked)) {
        looked.add(search.run(Search.Effort.LOOK));
      }
    }
    looked.sort(ORDER);
    var close = looked.subList(0, Math.min(CLOSE, looked.size()));
    for (var search : close) {
      if (!search.exact()) {
        search.run(Search.Effort.FULL);
      }
    }
    return close.stream().min(ORDER).orElseThrow();
  }

  private List<Search> placeable(List<Parallelism> choices) {
    var searches = new ArrayList<Search>();
    Unplaceable none = null;
    for (var sizes : choices) {
      try {
        searches.add(new Search(site(sizes), request, sizes, constants, rule));
      } catch (Unplaceable e) {
        none = e;
      }
    }
    if (searches.isEmpty()) {
      throw none;
    }
    searches.sort(Comparator.comparingDouble(search -> search.bound.seconds(false)));
    return searches;
  }

  /** Sizes with the same tensor-parallel size share a site if as many nodes have the memory. */
  private Site site(Parallelism sizes) {
    double memory = MemoryNeed.gb(request, sizes);
    long small =
        estate.nodes().stream()
            .filter(node -> node.gpuMemoryGb() > 0 && node.gpuMemoryGb() < memory)
            .count();
    return sites.computeIfAbsent(
        List.of(sizes.tensor(), small),
        unseen -> Site.of(estate, busy, request, sizes.tensor(), memory, constants));
  }

  private static boolean hopeless(Search search, List<Search> looked) {
    var best = looked.stream().min(ORDER).orElseThrow();
    return best.pure() && search.bound.seconds(false) > best.best().cost().iterationSeconds();
  }
}
