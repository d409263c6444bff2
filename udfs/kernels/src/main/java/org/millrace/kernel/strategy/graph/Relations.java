package org.millrace.kernel.strategy.graph;

import java.util.ArrayList;
import java.util.List;
import org.millrace.kernel.strategy.steps.Instance;

/**
 * The published code's sentences for an embedding, without walks: per instance its strategy, and
 * for each skill of it the student, hierarchy, problem and skill, the student and skill, and the
 * problem and skill.
 */
public final class Relations {

  private Relations() {}

  /**
   * Sentences of an instance.
   *
   * @param instance of one or more skills
   * @return words as of {@link Node#name}, and {@code h:} with a hierarchy
   */
  public static List<List<String>> sentences(Instance instance) {
    var student = Node.student(instance.key().student()).name();
    var problem = Node.problem(instance.key()).name();
    var hierarchy = "h:" + instance.key().hierarchy();
    var sentences = new ArrayList<List<String>>();
    sentences.add(instance.skills().stream().map(skill -> Node.skill(skill).name()).toList());
    for (var skill : sentences.get(0)) {
      sentences.add(List.of(student, hierarchy, problem, skill));
      sentences.add(List.of(student, skill));
      sentences.add(List.of(problem, skill));
    }
    return sentences;
  }
}
