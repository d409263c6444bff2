package org.millrace.streaming.placement.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.millrace.streaming.placement.plan.Plan;

/**
 * Which jobs run on which nodes.
 *
 * @param byHost the parts of jobs that are on a host, in order of the jobs
 */
record Occupancy(Map<String, List<Part>> byHost) {

  private static final int HUES = 6;

  /**
   * A part of a job on a node.
   *
   * @param job its number
   * @param name of the job
   * @param slots ranks there
   * @param firstStage of the pipeline stages there
   * @param lastStage of them
   */
  record Part(int job, String name, int slots, int firstStage, int lastStage) {

    String stages() {
      return firstStage == lastStage ? "" + firstStage : firstStage + "–" + lastStage;
    }
  }

  static Occupancy of(List<Plan> plans) {
    var byHost = new HashMap<String, List<Part>>();
    for (int job = 0; job < plans.size(); job++) {
      var plan = plans.get(job);
      int rank = 0;
      for (var node : plan.nodes()) {
        int first = Integer.MAX_VALUE;
        int last = 0;
        for (int i = 0; i < node.slots(); i++) {
          int stage = plan.sizes().stage(rank + i);
          first = Math.min(first, stage);
          last = Math.max(last, stage);
        }
        byHost
            .computeIfAbsent(node.host(), host -> new java.util.ArrayList<>())
            .add(new Part(job, plan.job(), node.slots(), first, last));
        rank += node.slots();
      }
    }
    return new Occupancy(byHost);
  }

  List<Part> of(String host) {
    return byHost.getOrDefault(host, List.of());
  }

  /** The class of a job, for its colour; colours come again after six jobs. */
  static String hue(int job) {
    return "job-" + job % HUES;
  }
}
