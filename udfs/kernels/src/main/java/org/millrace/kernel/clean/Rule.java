package org.millrace.kernel.clean;

import static java.util.Objects.requireNonNull;

import java.util.function.ToDoubleFunction;

/**
 * One rule: a measured value, the side of a threshold that drops a document, and the drop reason.
 *
 * <p>A ratio of whole numbers is compared as the nearest double with the double nearest to the
 * threshold. A ratio that equals a decimal threshold gives the same double, and another one differs
 * by far more than rounding does, so the comparison is that of the whole numbers.
 *
 * @param name the drop reason
 */
public record Rule(
    String name, ToDoubleFunction<DocumentStatistics> measure, Bound bound, double threshold) {

  /** Checks that nothing is missing. */
  public Rule {
    requireNonNull(name, "name is null");
    requireNonNull(measure, "measure is null");
    requireNonNull(bound, "bound is null");
  }

  static Rule atLeast(double threshold, String name, ToDoubleFunction<DocumentStatistics> measure) {
    return new Rule(name, measure, Bound.AT_LEAST, threshold);
  }

  static Rule atMost(double threshold, String name, ToDoubleFunction<DocumentStatistics> measure) {
    return new Rule(name, measure, Bound.AT_MOST, threshold);
  }

  /** The same rule with another threshold. */
  public Rule with(double newThreshold) {
    return new Rule(name, measure, bound, newThreshold);
  }

  /** What the rule says of a document. */
  public Decision judge(DocumentStatistics document) {
    double value = measure.applyAsDouble(document);
    return bound.drops(value, threshold) ? new Decision(name, value) : Decision.KEPT;
  }
}
