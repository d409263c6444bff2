package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Gives each fabric whole pipeline stages, in several ways: the bounded search for estates that are
 * too large for {@link ExactSearch}.
 */
final class PoolSearch {

  /** Consecutive stages in one pool. */
  private record Block(int pool, int stages) {}

  private final Site site;
  private final Evaluator evaluator;
  private final Shortlist shortlist;
  private final Parallelism sizes;
  private final Pool[] pools;
  private final Pool anywhere;

  /** Stages, or with stages within nodes the places of a node in its replica. */
  private final int columns;

  /** Units of a column. */
  private final int columnUnits;

  private int budget;
  private List<Block> bestBlocks = List.of();
  private Candidate best;

  PoolSearch(Site site, Evaluator evaluator, Shortlist shortlist, int budget) {
    this.site = site;
    this.evaluator = evaluator;
    this.shortlist = shortlist;
    this.budget = budget;
    sizes = evaluator.work().sizes();
    columns = columns();
    columnUnits = sizes.units() / columns;
    anywhere = new Pool(site, -1, IntStream.range(0, site.size()).toArray());
    pools =
        IntStream.range(0, site.fabricIds.size())
            .mapToObj(this::members)
            .filter(pool -> pool.capacity(new BitSet()) > 0)
            .sorted(Comparator.comparingInt(pool -> -pool.capacity(new BitSet())))
            .toArray(Pool[]::new);
  }

  private int columns() {
    if (sizes.order() == RankOrder.TP_DP_PP) {
      return sizes.pipeline();
    }
    int units = site.units[0];
    boolean whole = Arrays.stream(site.units).allMatch(u -> u == units);
    return whole && sizes.pipeline() % units == 0 ? sizes.pipeline() / units : 1;
  }

  private Pool members(int fabric) {
    return new Pool(
        site,
        fabric,
        IntStream.range(0, site.size())
            .filter(node -> Arrays.binarySearch(site.sets.fabrics(site.set[node]), fabric) >= 0)
            .toArray());
  }

  /** Adds candidates to the shortlist. */
  void search() {
    anywhere.takeAtLeast(sizes.units(), new BitSet()).ifPresent(this::add);
    for (int blocks = 1; blocks <= Math.min(3, Math.min(pools.length, columns)); blocks++) {
      int spared = budget - budget / 4;
      sequences(new ArrayList<>(), columns, blocks, spared);
    }
    greedy();
    improve();
  }

  /** All sequences of so many pools, each with as many stages as it has room for. */
  private void sequences(List<Block> begun, int left, int blocks, int spared) {
    for (int pool = 0; pool < pools.length && budget > spared; pool++) {
      int candidate = pool;
      if (begun.stream().anyMatch(block -> block.pool == candidate)) {
        continue;
      }
      int room = Math.min(left, pools[pool].capacity(new BitSet()) / columnUnits);
      if (blocks == 1 ? room < left : room == 0 || room == left) {
        continue;
      }
      var blocksSoFar = new ArrayList<>(begun);
      blocksSoFar.add(new Block(pool, blocks == 1 ? left : room));
      if (blocks == 1) {
        tryBlocks(blocksSoFar);
      } else {
        sequences(blocksSoFar, left - room, blocks - 1, spared);
      }
    }
  }

  /** The largest pools first, and what no pool holds anywhere. */
  private void greedy() {
    var blocks = new ArrayList<Block>();
    int left = columns;
    for (int pool = 0; pool < pools.length && left > 0; pool++) {
      int stages = Math.min(left, pools[pool].capacity(new BitSet()) / columnUnits);
      if (stages > 0) {
        blocks.add(new Block(pool, stages));
        left -= stages;
      }
    }
    if (left > 0) {
      blocks.add(new Block(pools.length, left));
    }
    tryBlocks(blocks);
  }

  /** Moves single stages, and exchanges blocks, as long as that helps. */
  private void improve() {
    boolean improved = true;
    while (improved && budget > 0) {
      improved = false;
      for (var blocks : neighbours(bestBlocks)) {
        if (budget > 0 && tryBlocks(blocks)) {
          improved = true;
          break;
        }
      }
    }
  }

  private static List<List<Block>> neighbours(List<Block> blocks) {
    var neighbours = new ArrayList<List<Block>>();
    int n = blocks.size();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (i < j) {
          var exchanged = new ArrayList<>(blocks);
          exchanged.set(i, blocks.get(j));
          exchanged.set(j, blocks.get(i));
          neighbours.add(exchanged);
        }
        if (i != j && blocks.get(i).stages > 1) {
          var moved = new ArrayList<>(blocks);
          moved.set(i, new Block(blocks.get(i).pool, blocks.get(i).stages - 1));
          moved.set(j, new Block(blocks.get(j).pool, blocks.get(j).stages + 1));
          neighbours.add(moved);
        }
      }
      if (n > 1 && blocks.get(i).stages > 1) {
        // one stage of it at the other end, so that first and last stage share a fabric
        var less = new Block(blocks.get(i).pool, blocks.get(i).stages - 1);
        var one = new Block(blocks.get(i).pool, 1);
        if (i == 0) {
          var wrapped = new ArrayList<>(blocks);
          wrapped.set(0, less);
          wrapped.add(one);
          neighbours.add(wrapped);
        } else if (i == n - 1) {
          var wrapped = new ArrayList<>(blocks);
          wrapped.set(n - 1, less);
          wrapped.add(0, one);
          neighbours.add(wrapped);
        }
      }
    }
    return neighbours;
  }

  private boolean tryBlocks(List<Block> blocks) {
    budget--;
    var order = build(blocks);
    if (order.isEmpty()) {
      return false;
    }
    var candidate = add(order.get());
    if (best == null || candidate.compareTo(best) < 0) {
      best = candidate;
      bestBlocks = blocks;
      return true;
    }
    return false;
  }

  private Candidate add(int[] order) {
    var candidate = evaluator.evaluate(order);
    shortlist.add(candidate);
    return candidate;
  }

  private Optional<int[]> build(List<Block> blocks) {
    var taken = new BitSet();
    var order = new ArrayList<Integer>();
    for (int i = 0; i < blocks.size(); i++) {
      var block = blocks.get(i);
      var pool = block.pool == pools.length ? anywhere : pools[block.pool];
      int units = block.stages * columnUnits;
      var nodes =
          i == blocks.size() - 1 ? pool.takeAtLeast(units, taken) : pool.takeExactly(units, taken);
      if (nodes.isEmpty()) {
        return Optional.empty();
      }
      for (int node : nodes.get()) {
        taken.set(node);
        order.add(node);
      }
    }
    return Optional.of(interleave(order));
  }

  /** With replicas as blocks of ranks, the nodes of a column are as far apart as a replica is. */
  private int[] interleave(List<Integer> order) {
    if (sizes.order() == RankOrder.TP_DP_PP || columns == 1) {
      return order.stream().mapToInt(Integer::intValue).toArray();
    }
    int rows = order.size() / columns;
    var interleaved = new int[order.size()];
    for (int i = 0; i < interleaved.length; i++) {
      interleaved[i] = order.get(i % columns * rows + i / columns);
    }
    return interleaved;
  }
}
