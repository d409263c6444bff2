package org.millrace.streaming.placement.plan;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The search for a place for a job of given sizes. */
final class Search {

  /** How much to try where trying all is too much. */
  enum Effort {
    /** For a plan from nothing. */
    FULL(160, 400_000),
    /** For a change of a plan. */
    LIGHT(12, 10_000),
    /** For a first look at sizes. */
    LOOK(6, 2_000);

    private final int blocks;
    private final int units;

    Effort(int blocks, int units) {
      this.blocks = blocks;
      this.units = units;
    }
  }

  private static final int MAX_MOVES = 20_000;

  final Parallelism sizes;
  final Site site;
  final Evaluator evaluator;
  final LowerBound bound;
  final Shortlist shortlist = new Shortlist();
  private boolean exact;

  /**
   * Of sizes.
   *
   * @param site for the tensor-parallel size
   * @throws Unplaceable if the nodes have not enough room
   */
  Search(Site site, Request request, Parallelism sizes, CostConstants constants, NetworkRule rule) {
    this.sizes = sizes;
    this.site = site;
    if (site.totalUnits() < sizes.units()) {
      throw new Unplaceable(
          "job %s wants %d GPUs (%s; %.1f GB each%s); %d of the free and healthy ones suit;"
              + " ask for fewer or add nodes",
          request.job(),
          sizes.ranks(),
          sizes,
          MemoryNeed.gb(request, sizes),
          request.gpuModel().isEmpty() ? "" : "; model " + request.gpuModel(),
          site.totalUnits() * sizes.tensor());
    }
    var work = Workload.of(request, sizes, constants);
    evaluator = new Evaluator(site, work, request.optimizer(), constants, rule);
    bound = new LowerBound(site, work, request.optimizer(), constants, rule);
  }

  /** Whether all orders were scored. */
  boolean exact() {
    return exact;
  }

  /** Whether the best candidate has no mixed data-parallel group. */
  boolean pure() {
    return best().score().mixedDataGroups() == 0;
  }

  Candidate best() {
    return shortlist.best();
  }

  /** Megatron's default, which is also first fit: the first nodes by name. */
  Candidate byName() {
    return evaluator.evaluate(IntStream.range(0, site.size()).toArray());
  }

  /** The bound that holds for the best candidate's class of mixed groups. */
  double boundSeconds() {
    return bound.seconds(pure());
  }

  /** Fills the shortlist. */
  Search run(Effort effort) {
    exact = ExactSearch.search(site, evaluator, shortlist);
    if (!exact) {
      shortlist.add(byName());
      new PoolSearch(site, evaluator, shortlist, effort.blocks).search();
      refine(effort);
    }
    return this;
  }

  private void refine(Effort effort) {
    var sorted = best().order().clone();
    Arrays.sort(sorted);
    shortlist.add(evaluator.evaluate(sorted));
    int moves = Math.min(MAX_MOVES, effort.units / sizes.units());
    shortlist.add(new LocalSearch(site, evaluator).improve(best(), moves));
  }

  /** Fills the shortlist from a plan that was good before a change. */
  Search runFrom(Plan before) {
    for (var order : new Repair(site, sizes).orders(before)) {
      shortlist.add(evaluator.evaluate(order));
    }
    return run(Effort.LIGHT);
  }
}
