package org.millrace.streaming.placement.board;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.millrace.streaming.placement.contend.Way;
import org.millrace.streaming.placement.plan.Plan;

/**
 * A place that a waiting job gets when others have moved.
 *
 * @param job that waits
 * @param plan where it would be
 * @param moves that are advised, by name of the job
 * @param left jobs that have not moved yet
 */
record Opening(String job, Plan plan, SortedMap<String, Way.Move> moves, SortedSet<String> left) {

  Opening {
    moves = Collections.unmodifiableSortedMap(new TreeMap<>(moves));
    left = Collections.unmodifiableSortedSet(new TreeSet<>(left));
  }

  static Opening of(String job, Way way) {
    var moves = new TreeMap<String, Way.Move>();
    way.moves().forEach(move -> moves.put(move.job(), move));
    return new Opening(job, way.plan(), moves, new TreeSet<>(moves.keySet()));
  }

  /** The same after a job moved, or is over. */
  Opening without(String moved) {
    var others = new TreeSet<>(left);
    others.remove(moved);
    return new Opening(job, plan, moves, others);
  }

  /** GPUs that it needs, by host. */
  Map<String, Integer> gpus() {
    var gpus = new HashMap<String, Integer>();
    plan.nodes().forEach(node -> gpus.merge(node.host(), node.slots(), Integer::sum));
    return gpus;
  }
}
