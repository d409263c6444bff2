package org.millrace.kernel.strategy.classroom;

import java.util.List;
import org.millrace.kernel.strategy.steps.Instance;

/**
 * An instance and the truth about it.
 *
 * @param instance as a reader of the log would put it together
 * @param steps how many skills each step of it has, 1 or 2; they add up to the instance's
 * @param student who, from 0
 * @param problem which, from 0
 * @param group of the student, from 0
 * @param family of the problem, from 0
 * @param strategy of the family that was followed, from 0
 * @param level of the student's skill
 */
public record Play(
    Instance instance,
    List<Integer> steps,
    int student,
    int problem,
    int group,
    int family,
    int strategy,
    Level level) {

  /** Skill of a student, whatever the group: what is added to the chance of a correct attempt. */
  public enum Level {
    /** Fewer correct attempts. */
    LOW(-.15),
    /** As the group. */
    MIDDLE(0),
    /** More of them. */
    HIGH(.05);

    private final double bonus;

    Level(double bonus) {
      this.bonus = bonus;
    }

    double bonus() {
      return bonus;
    }
  }
}
