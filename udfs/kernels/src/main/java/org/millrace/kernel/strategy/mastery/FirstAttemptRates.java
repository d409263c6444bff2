package org.millrace.kernel.strategy.mastery;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.millrace.kernel.strategy.steps.Instance;
import org.millrace.kernel.strategy.steps.Outcome;

/**
 * Mastery as the smoothed rate of correct first attempts: a student's rate at a skill is drawn
 * towards the skill's mean by a prior worth {@link #PRIOR} attempts, and the skill's mean towards
 * the mean of all. Attempts without outcome don't count. Counts add up, so that parts can be
 * merged. For one thread while adding, thread-safe after.
 */
public final class FirstAttemptRates implements Mastery, Serializable {

  /** Attempts that the prior is worth. */
  public static final double PRIOR = 5;

  /** Where nothing is known at all. */
  private static final double UNKNOWN = .5;

  private static final long serialVersionUID = 1;

  private final Map<String, Map<String, long[]>> students = new HashMap<>();
  private final Map<String, long[]> skills = new HashMap<>();
  private final Map<String, long[]> totals = new HashMap<>();
  private final long[] all = new long[2];

  /**
   * Counts an instance's attempts.
   *
   * @param instance any
   * @return these
   */
  public FirstAttemptRates add(Instance instance) {
    for (int i = 0; i < instance.skills().size(); i++) {
      var outcome = instance.outcomes().get(i);
      if (outcome != Outcome.UNKNOWN) {
        add(
            instance.key().student(),
            instance.skills().get(i),
            1,
            outcome == Outcome.CORRECT ? 1 : 0);
      }
    }
    return this;
  }

  /**
   * Adds counted attempts, as a grouped count gives them.
   *
   * @param student who
   * @param skill at what
   * @param attempts how many, from 0
   * @param correct how many of them were correct at once
   */
  public void add(String student, String skill, long attempts, long correct) {
    var ofStudent = students.computeIfAbsent(student, name -> new HashMap<>());
    count(ofStudent.computeIfAbsent(skill, name -> new long[2]), attempts, correct);
    count(skills.computeIfAbsent(skill, name -> new long[2]), attempts, correct);
    count(totals.computeIfAbsent(student, name -> new long[2]), attempts, correct);
    count(all, attempts, correct);
  }

  private static void count(long[] counts, long attempts, long correct) {
    counts[0] += attempts;
    counts[1] += correct;
  }

  /**
   * Rate of a student at a skill.
   *
   * @param student known or not
   * @param skill known or not
   * @return 0 to 1; 0.5 where no outcome is known
   */
  public double rate(String student, String skill) {
    var counts = students.getOrDefault(student, Map.of()).get(skill);
    return smoothed(counts, smoothed(skills.get(skill), overall()));
  }

  /**
   * Skill of a student over everything: the smoothed rate, by which students are ranked.
   *
   * @param student known or not
   * @return 0 to 1
   */
  public double rate(String student) {
    return smoothed(totals.get(student), overall());
  }

  private double overall() {
    return all[0] == 0 ? UNKNOWN : (double) all[1] / all[0];
  }

  private static double smoothed(long[] counts, double mean) {
    return counts == null ? mean : (counts[1] + PRIOR * mean) / (counts[0] + PRIOR);
  }

  @Override
  public double[] weights(Instance instance) {
    var student = instance.key().student();
    return instance.skills().stream().mapToDouble(skill -> rate(student, skill)).toArray();
  }
}
