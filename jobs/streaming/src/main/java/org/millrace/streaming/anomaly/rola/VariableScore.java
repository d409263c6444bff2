package org.millrace.streaming.anomaly.rola;

import java.util.List;

/**
 * A variable's part in an anomaly.
 *
 * @param expected what the detector expected; NaN if nothing in particular
 * @param score thresholds that the detector's score was worth; an agreeing partner's may be below 1
 * @param attribution its share of the scores of all variables; these sum to 1
 */
public record VariableScore(
    String name,
    double value,
    double expected,
    double score,
    Direction direction,
    double attribution) {

  /** Value less expected value. */
  public double residual() {
    return value - expected;
  }

  /** The same variables, with their shares of the scores. */
  static List<VariableScore> attributed(List<VariableScore> variables) {
    double sum = variables.stream().mapToDouble(VariableScore::score).sum();
    return variables.stream()
        .map(v -> v.withAttribution(sum > 0 ? v.score / sum : 1.0 / variables.size()))
        .toList();
  }

  private VariableScore withAttribution(double share) {
    return new VariableScore(name, value, expected, score, direction, share);
  }
}
