package org.millrace.streaming.placement;

import java.io.Serializable;
import org.millrace.streaming.placement.plan.CostConstants;
import org.millrace.streaming.placement.plan.NetworkRule;
import org.millrace.streaming.placement.plan.Planner;

/**
 * What the planning task is told, on the way to it.
 *
 * @param constantsJson of the cost model
 * @param leastGain share of an iteration's time that a move must save, 0 to 1
 * @param patienceMillis after which requests no longer wait for event time to go on
 * @param failOnError whether a request without a place ends the job
 */
record PlannerSettings(
    String constantsJson, double leastGain, long patienceMillis, boolean failOnError)
    implements Serializable {

  /** Event time alone counts. */
  static final long NO_PATIENCE = Long.MAX_VALUE;

  CostConstants constants() {
    return ConstantsJson.parse("--constants", constantsJson);
  }

  Planner planner() {
    return new Planner(constants(), NetworkRule.COMMUNICATOR);
  }
}
