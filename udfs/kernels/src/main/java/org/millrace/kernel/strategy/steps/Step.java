package org.millrace.kernel.strategy.steps;

import java.util.Comparator;
import java.util.List;

/**
 * One step of one student at one problem.
 *
 * @param line in the file, from 1
 * @param order what the steps of an instance are sorted by: {@code Row}, else the start time, else
 *     the line
 * @param student opaque id
 * @param hierarchy unit and section of the problem
 * @param problem its name, unique in its hierarchy only
 * @param view how often the student has met the problem, from 1
 * @param name of the step; may be empty
 * @param skills knowledge components (KCs) in their order; empty where the model has none for it
 * @param outcome of the first attempt
 */
public record Step(
    long line,
    long order,
    String student,
    String hierarchy,
    String problem,
    int view,
    String name,
    List<String> skills,
    Outcome outcome)
    implements StepRow {

  /** By order, then by line. */
  public static final Comparator<Step> IN_ORDER =
      Comparator.comparingLong(Step::order).thenComparingLong(Step::line);

  /** The same values; the skills can't be changed. */
  public Step {
    skills = List.copyOf(skills);
  }
}
