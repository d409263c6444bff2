package org.millrace.batch.bestofn.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.millrace.batch.bestofn.report.Report.ComputePoint;
import org.millrace.batch.bestofn.report.Report.Curve;
import org.millrace.kernel.bestofn.CoverageLaw;
import org.millrace.kernel.bestofn.SaturationLaw;

/**
 * What a report says beside the curves. Every list may be empty; the page leaves out what has no
 * data. Numbers that are not finite mean "not known".
 *
 * @param fits laws of the curves, the ceiling's first
 * @param comparison the outcome of voting against verifying, in sentences; empty for none
 * @param budgets the best of both within each budget, ascending
 * @param parallel what parallel answers take, by strategy and then k
 * @param unit of the sizes in {@code parallel}, such as tokens
 */
public record Analysis(
    List<Fit> fits, String comparison, List<Budget> budgets, List<Parallel> parallel, String unit) {

  /** Nothing. */
  public static final Analysis NONE = new Analysis(List.of(), "", List.of(), List.of(), "");

  /** Copies the lists. */
  public Analysis {
    fits = List.copyOf(fits);
    requireNonNull(comparison, "comparison is null");
    budgets = List.copyOf(budgets);
    parallel = List.copyOf(parallel);
    requireNonNull(unit, "unit is null");
  }

  /**
   * The laws of one curve.
   *
   * @param selector of the curve
   * @param coverage the power law; null where it was not fitted
   * @param saturation the model of test-time scaling
   * @param points measured and foretold, ascending in k
   */
  public record Fit(
      String selector, CoverageLaw coverage, SaturationLaw saturation, List<FitPoint> points) {
    /** Copies the points. */
    public Fit {
      requireNonNull(selector, "selector is null");
      requireNonNull(saturation, "saturation is null");
      points = List.copyOf(points);
    }

    /** Whether this is the curve that no selector can exceed. */
    @JsonProperty("ceiling")
    public boolean ceiling() {
      return selector.equals(Curve.CEILING);
    }
  }

  /**
   * A curve and its laws at one k.
   *
   * @param measured NaN where k was not measured
   * @param coverage by the power law; NaN where there is none
   * @param saturation by the model of test-time scaling
   */
  public record FitPoint(int k, double measured, double coverage, double saturation) {}

  /**
   * The best within a budget.
   *
   * @param cost the budget, in generated answers
   * @param voting null where nothing is as cheap
   * @param verified null where nothing is as cheap
   */
  public record Budget(double cost, ComputePoint voting, ComputePoint verified) {}

  /**
   * What k parallel answers take.
   *
   * @param strategy how many are waited for: all, or short-m for the first m
   * @param latency mean size of the answer that ends the wait
   * @param work mean sum of sizes of all k, cut where the wait ends
   * @param prompts that the means run over
   * @param accuracy of the vote of those that ended, 0..1; NaN if not known
   */
  public record Parallel(
      String strategy, int k, double latency, double work, long prompts, double accuracy) {
    /** Refuses a null strategy. */
    public Parallel {
      requireNonNull(strategy, "strategy is null");
    }
  }
}
