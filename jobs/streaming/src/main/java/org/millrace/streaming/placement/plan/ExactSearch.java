package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Scores every order of nodes that could differ. Nodes alike in all that counts are taken in order
 * of name, which of all their exchanges is the first by name.
 */
final class ExactSearch {

  /** Estates up to this size are always searched so. */
  private static final int ALWAYS = 8;

  /** Units that may be scored in all, in larger ones. */
  private static final long LIMIT = 2_000_000;

  private final Site site;
  private final Evaluator evaluator;
  private final Shortlist shortlist;
  private final int need;
  private final int[][] classes;
  private final int[] taken;
  private final int[] order;

  private ExactSearch(Site site, Evaluator evaluator, Shortlist shortlist) {
    this.site = site;
    this.evaluator = evaluator;
    this.shortlist = shortlist;
    need = evaluator.work().sizes().units();
    classes = classes(site);
    taken = new int[classes.length];
    order = new int[site.size()];
  }

  /**
   * Scores all orders if they are few.
   *
   * @return whether it did
   */
  static boolean search(Site site, Evaluator evaluator, Shortlist shortlist) {
    var search = new ExactSearch(site, evaluator, shortlist);
    if (site.size() > ALWAYS && search.count(0, 0, LIMIT / search.need) > LIMIT / search.need) {
      return false;
    }
    search.descend(0, 0);
    return true;
  }

  private static int[][] classes(Site site) {
    var byLook = new LinkedHashMap<List<Object>, List<Integer>>();
    for (int node = 0; node < site.size(); node++) {
      byLook.computeIfAbsent(look(site, node), look -> new ArrayList<>()).add(node);
    }
    return byLook.values().stream()
        .map(nodes -> nodes.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private static List<Object> look(Site site, int node) {
    var look = new ArrayList<Object>();
    look.add(site.units[node]);
    look.add(site.set[node]);
    Arrays.stream(site.rates[node]).forEach(look::add);
    look.add(site.socketRate[node]);
    look.add(site.speed[node]);
    look.add(site.flops[node]);
    for (var tier : site.domain) {
      look.add(tier[node]);
    }
    return look;
  }

  /** Orders there are, as far as the limit. */
  private long count(int depth, int units, long limit) {
    if (units >= need) {
      return 1;
    }
    long count = 0;
    for (int c = 0; c < classes.length && count <= limit; c++) {
      if (taken[c] < classes[c].length) {
        int node = classes[c][taken[c]++];
        count += count(depth + 1, units + site.units[node], limit - count);
        taken[c]--;
      }
    }
    return count;
  }

  private void descend(int depth, int units) {
    if (units >= need) {
      shortlist.add(evaluator.evaluate(order));
      return;
    }
    for (int c = 0; c < classes.length; c++) {
      if (taken[c] < classes[c].length) {
        int node = classes[c][taken[c]++];
        order[depth] = node;
        descend(depth + 1, units + site.units[node]);
        taken[c]--;
      }
    }
  }
}
