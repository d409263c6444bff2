package org.millrace.kernel.strategy.mastery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.kernel.strategy.steps.Instance;
import org.millrace.kernel.strategy.steps.Outcome;
import org.millrace.kernel.strategy.steps.Step;

/**
 * Bayesian knowledge tracing of a whole log: fitted skill by skill, then each student's mastery of
 * each skill after the last attempt. A step counts for all its skills; steps without outcome don't
 * count. Thread-safe.
 */
public final class TracedMastery implements Mastery {

  private final Map<String, KnowledgeTracing> skills;
  private final Map<String, Map<String, Double>> mastered;

  private TracedMastery(
      Map<String, KnowledgeTracing> skills, Map<String, Map<String, Double>> mastered) {
    this.skills = skills;
    this.mastered = mastered;
  }

  /**
   * Fits every skill.
   *
   * @param steps of the log, in any order
   */
  public static TracedMastery of(List<Step> steps) {
    var attempts = attempts(steps);
    var fits = new TreeMap<String, KnowledgeTracing>();
    var mastered = new HashMap<String, Map<String, Double>>();
    attempts.forEach(
        (skill, students) -> {
          var fit = KnowledgeTracingFit.of(students.values());
          fits.put(skill, fit);
          students.forEach(
              (student, tries) ->
                  mastered
                      .computeIfAbsent(student, name -> new HashMap<>())
                      .put(skill, fit.mastery(tries)));
        });
    return new TracedMastery(fits, mastered);
  }

  /** Attempts by skill and student, both in the order of their names. */
  private static Map<String, Map<String, boolean[]>> attempts(List<Step> steps) {
    var ordered = new ArrayList<>(steps);
    ordered.sort(Comparator.comparing(Step::student).thenComparing(Step.IN_ORDER));
    var lists = new TreeMap<String, Map<String, List<Boolean>>>();
    for (var step : ordered) {
      for (var skill : step.outcome() == Outcome.UNKNOWN ? List.<String>of() : step.skills()) {
        lists
            .computeIfAbsent(skill, name -> new TreeMap<>())
            .computeIfAbsent(step.student(), name -> new ArrayList<>())
            .add(step.outcome() == Outcome.CORRECT);
      }
    }
    var attempts = new TreeMap<String, Map<String, boolean[]>>();
    lists.forEach(
        (skill, students) -> {
          var arrays = new TreeMap<String, boolean[]>();
          students.forEach((student, tries) -> arrays.put(student, array(tries)));
          attempts.put(skill, arrays);
        });
    return attempts;
  }

  private static boolean[] array(List<Boolean> values) {
    var array = new boolean[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  /** Skills that were attempted, in order of their names. */
  public List<String> skills() {
    return List.copyOf(skills.keySet());
  }

  /**
   * Parameters of a skill.
   *
   * @param skill of the log, or one that nobody attempted
   */
  public KnowledgeTracing skill(String skill) {
    return skills.getOrDefault(skill, KnowledgeTracing.DEFAULT);
  }

  /**
   * Chance that a student knows a skill at the end of the log.
   *
   * @param student known or not
   * @param skill known or not
   * @return 0 to 1; who never attempted it has the skill's chance before the first attempt
   */
  public double mastery(String student, String skill) {
    var known = mastered.getOrDefault(student, Map.of()).get(skill);
    return known == null ? skill(skill).known() : known;
  }

  @Override
  public double[] weights(Instance instance) {
    var student = instance.key().student();
    return instance.skills().stream().mapToDouble(skill -> mastery(student, skill)).toArray();
  }
}
