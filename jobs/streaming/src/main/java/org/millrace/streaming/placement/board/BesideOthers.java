package org.millrace.streaming.placement.board;

import java.util.Map;
import java.util.Optional;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.health.Advice;
import org.millrace.streaming.placement.health.Advisor;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.Planner;
import org.millrace.streaming.placement.plan.Request;
import org.millrace.streaming.placement.plan.Unplaceable;

/**
 * Plans of a running job beside the others.
 *
 * @param busy GPUs that the others have, by host
 */
record BesideOthers(Planner planner, Request request, Map<String, Integer> busy)
    implements Advisor.Planner<Plan> {

  @Override
  public boolean uses(Plan plan, String host) {
    return plan.hosts().contains(host);
  }

  @Override
  public double iterationSeconds(Plan plan, Estate estate) {
    try {
      return planner
          .assess(estate, busy, request, plan.sizes(), plan.hosts())
          .cost()
          .iterationSeconds();
    } catch (Unplaceable e) {
      return Advice.NEVER;
    }
  }

  @Override
  public Optional<Plan> replan(Plan plan, Estate estate) {
    try {
      return Optional.of(planner.replan(plan, estate, busy, request));
    } catch (Unplaceable e) {
      return Optional.empty();
    }
  }
}
