package org.millrace.streaming.placement.contend;

import java.util.List;
import java.util.Locale;

/**
 * What a replay came to. Times are seconds; completion counts from submission to end.
 *
 * @param policy its name
 * @param placed jobs that ran
 * @param gangs of them, jobs of several nodes
 * @param unplaced jobs that never had a place
 * @param averageCompletion of jobs that ran
 * @param p99Completion of them, nearest rank
 * @param averageWait from submission to start
 * @param makespan from the first submission to the last end
 * @param fragmentation F in GPUs: its average over time, or where there is none, at the end
 * @param gpusAtFirstRefusal GPUs' worth that was taken when a job first had no place, or the most
 *     that was ever taken if all had one
 * @param mostGpus GPUs' worth that was ever taken
 * @param freeWholeDomains when most was taken
 * @param mixedDataGroups of all gangs that ran
 * @param crossFabricBytes of an iteration of each of them
 * @param moves of running jobs
 */
public record ReplayResult(
    String policy,
    int placed,
    int gangs,
    int unplaced,
    double averageCompletion,
    double p99Completion,
    double averageWait,
    double makespan,
    double fragmentation,
    double gpusAtFirstRefusal,
    double mostGpus,
    int freeWholeDomains,
    int mixedDataGroups,
    double crossFabricBytes,
    int moves) {

  /** A table, a line each. */
  public static String table(List<ReplayResult> results) {
    var text = new StringBuilder();
    text.append(
        String.format(
            "%-16s %7s %6s %8s %12s %12s %10s %12s %9s %9s %9s %8s %6s %10s %6s%n",
            "policy",
            "placed",
            "gangs",
            "unplaced",
            "avg JCT s",
            "p99 JCT s",
            "avg wait s",
            "makespan s",
            "frag GPUs",
            "GPUs 1st",
            "GPUs max",
            "whole",
            "mixed",
            "cross GB",
            "moves"));
    for (var result : results) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-16s %7d %6d %8d %12.1f %12.1f %10.1f %12.1f %9.2f %9.1f %9.1f %8d %6d %10.2f %6d%n",
              result.policy,
              result.placed,
              result.gangs,
              result.unplaced,
              result.averageCompletion,
              result.p99Completion,
              result.averageWait,
              result.makespan,
              result.fragmentation,
              result.gpusAtFirstRefusal,
              result.mostGpus,
              result.freeWholeDomains,
              result.mixedDataGroups,
              result.crossFabricBytes / 1e9,
              result.moves));
    }
    return text.toString();
  }
}
