package org.millrace.kernel.bestofn;

/** How the process-reward scores of a sample's steps become one score. */
public enum StepScores {
  /** The last step's. */
  LAST,
  /** The worst step's. */
  MIN,
  /** The product of all. */
  PROD,
  /** The mean of all. */
  MEAN;

  /** The score of a sample without steps. */
  public static final double NO_STEPS = -1;

  /**
   * One score.
   *
   * @param steps scores in the order of the steps, each 0 to 1
   * @return 0 to 1, or {@link #NO_STEPS}
   */
  public double aggregate(double[] steps) {
    if (steps.length == 0) {
      return NO_STEPS;
    }
    if (this == LAST) {
      return steps[steps.length - 1];
    }
    double result = this == MEAN ? 0 : 1;
    for (double step : steps) {
      result =
          switch (this) {
            case MIN -> Math.min(result, step);
            case PROD -> result * step;
            default -> result + step;
          };
    }
    return this == MEAN ? result / steps.length : result;
  }
}
