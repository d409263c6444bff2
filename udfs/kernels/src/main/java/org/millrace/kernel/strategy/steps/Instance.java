package org.millrace.kernel.strategy.steps;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One student's way through one problem: its strategy is the skills of its steps, joined in order,
 * each with the outcome of its step. Steps without skill are left out.
 *
 * @param key who and what
 * @param skills the strategy
 * @param outcomes as many
 */
public record Instance(Key key, List<String> skills, List<Outcome> outcomes) {

  /** Skills of the longest strategy that is kept. */
  public static final int LONGEST = 147;

  /** The same values, which can't be changed. */
  public Instance {
    skills = List.copyOf(skills);
    outcomes = List.copyOf(outcomes);
    if (skills.size() != outcomes.size()) {
      throw new IllegalArgumentException(
          "%d skills with %d outcomes".formatted(skills.size(), outcomes.size()));
    }
  }

  /**
   * What makes steps an instance.
   *
   * @param student opaque id
   * @param hierarchy of the problem
   * @param problem its name
   * @param view which attempt at the problem, from 1; 0 where attempts are not told apart
   */
  public record Key(String student, String hierarchy, String problem, int view) {

    /** The instance of a step. */
    public static Key of(Step step) {
      return new Key(step.student(), step.hierarchy(), step.problem(), step.view());
    }

    /** The same as the published code has it: all attempts at a problem are one instance. */
    public static Key published(Step step) {
      return new Key(step.student(), step.hierarchy(), step.problem(), 0);
    }
  }

  /**
   * Joins the steps of an instance.
   *
   * @param key of all steps
   * @param steps in any order
   */
  public static Instance of(Key key, List<Step> steps) {
    var ordered = new ArrayList<>(steps);
    ordered.sort(Step.IN_ORDER);
    var skills = new ArrayList<String>();
    var outcomes = new ArrayList<Outcome>();
    for (var step : ordered) {
      for (var skill : step.skills()) {
        skills.add(skill);
        outcomes.add(step.outcome());
      }
    }
    return new Instance(key, skills, outcomes);
  }

  /**
   * All instances of a log that fits in memory, by their first line.
   *
   * @param steps in any order
   * @return those of 1 to {@link #LONGEST} skills
   */
  public static List<Instance> all(List<Step> steps) {
    var groups = new HashMap<Key, List<Step>>();
    for (var step : steps) {
      groups.computeIfAbsent(Key.of(step), key -> new ArrayList<>()).add(step);
    }
    return groups.entrySet().stream()
        .sorted((a, b) -> Long.compare(firstLine(a), firstLine(b)))
        .map(group -> of(group.getKey(), group.getValue()))
        .filter(Instance::kept)
        .toList();
  }

  private static long firstLine(Map.Entry<Key, List<Step>> group) {
    return group.getValue().stream().mapToLong(Step::line).min().orElseThrow();
  }

  /** Whether its length is 1 to {@link #LONGEST}. */
  public boolean kept() {
    return !skills.isEmpty() && skills.size() <= LONGEST;
  }
}
