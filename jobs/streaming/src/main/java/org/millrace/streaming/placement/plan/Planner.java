package org.millrace.streaming.placement.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.millrace.streaming.placement.estate.Estate;

/**
 * Finds the place of a job: the least {@link Score}, ties to the first names. On estates of up to
 * eight nodes, and larger ones whose nodes are mostly alike, it compares all orders; else it gives
 * whole stages to fabrics in many ways and refines the best, in bounded time, and is never worse
 * than the nodes by name (Megatron's default order, and first fit). The same input gives the same
 * plan.
 */
public final class Planner {

  private final CostConstants constants;
  private final NetworkRule rule;

  /** With constants and a rule for networks. */
  public Planner(CostConstants constants, NetworkRule rule) {
    this.constants = requireNonNull(constants, "constants is null");
    this.rule = requireNonNull(rule, "rule is null");
  }

  /** With calibrated constants and a network for each communicator. */
  public static Planner standard() {
    return new Planner(CostConstants.CALIBRATED, NetworkRule.COMMUNICATOR);
  }

  /** The constants that its predictions come from. */
  public CostConstants constants() {
    return constants;
  }

  /** A plan on an estate that nothing else runs on; see {@link #plan(Estate, Map, Request)}. */
  public Plan plan(Estate estate, Request request) {
    return plan(estate, Map.of(), request);
  }

  /**
   * A plan.
   *
   * @param busy GPUs of nodes that are taken, by name of node; nodes that are absent are free
   * @throws Unplaceable if there is none
   */
  public Plan plan(Estate estate, Map<String, Integer> busy, Request request) {
    var choices = SizeChoice.of(estate, busy, request);
    if (choices.size() == 1) {
      return make(search(estate, busy, request, choices.get(0)).run(Search.Effort.FULL), request);
    }
    var sizeSearch = new SizeSearch(estate, busy, request, constants, rule);
    return make(sizeSearch.run(choices), request);
  }

  /**
   * A plan after a change of the estate, quicker than from nothing: with the sizes of the plan
   * before, and never worse than to keep its nodes, or to exchange those that are lost or slower.
   *
   * @throws Unplaceable if there is none
   */
  public Plan replan(Plan before, Estate estate, Map<String, Integer> busy, Request request) {
    return make(search(estate, busy, request, before.sizes()).runFrom(before), request);
  }

  /**
   * What given nodes in a given order would be.
   *
   * @param hosts names of nodes; those that are not needed are left out
   * @throws Unplaceable if they cannot hold the job
   */
  public Plan assess(
      Estate estate,
      Map<String, Integer> busy,
      Request request,
      Parallelism sizes,
      List<String> hosts) {
    var search = search(estate, busy, request, sizes);
    var names = search.site.nodes.stream().map(node -> node.name()).toList();
    var order = hosts.stream().mapToInt(names::indexOf).filter(node -> node >= 0).toArray();
    int units = Arrays.stream(order).map(node -> search.site.units[node]).sum();
    if (units < sizes.units()) {
      throw new Unplaceable(
          "job %s: %s have %d of the %d GPUs that it wants; name more nodes",
          request.job(), hosts, units * sizes.tensor(), sizes.ranks());
    }
    search.shortlist.add(search.evaluator.evaluate(order));
    return make(search, request);
  }

  private Search search(
      Estate estate, Map<String, Integer> busy, Request request, Parallelism sizes) {
    double memory = MemoryNeed.gb(request, sizes);
    var site = Site.of(estate, busy, request, sizes.tensor(), memory, constants);
    return new Search(site, request, sizes, constants, rule);
  }

  private Plan make(Search search, Request request) {
    var best = search.best();
    var maker = new PlanMaker(search, best);
    var nodes = maker.nodes();
    var alternatives = alternatives(search);
    return new Plan(
        request.job(),
        search.sizes,
        nodes,
        maker.stageLayers(),
        maker.groups(),
        best.score(),
        best.cost(),
        search.boundSeconds(),
        search.exact(),
        constants,
        alternatives,
        new Explanation(search, nodes).reason(alternatives),
        0);
  }

  private static List<Alternative> alternatives(Search search) {
    var alternatives = new ArrayList<Alternative>();
    var others = search.shortlist.all();
    for (var other : others.subList(1, others.size())) {
      alternatives.add(alternative("next best", search, other));
    }
    var byName = search.byName();
    if (Arrays.equals(byName.order(), search.best().order())) {
      return alternatives;
    }
    alternatives.add(alternative("nodes by name, Megatron's default", search, byName));
    return alternatives;
  }

  private static Alternative alternative(String what, Search search, Candidate candidate) {
    var hosts =
        Arrays.stream(candidate.order())
            .mapToObj(node -> search.site.nodes.get(node).name())
            .toList();
    return new Alternative(what, hosts, candidate.score(), candidate.cost().iterationSeconds());
  }
}
