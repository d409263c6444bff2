package org.millrace.kernel.strategy.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.strategy.steps.Instance;
import org.millrace.kernel.strategy.steps.Outcome;

class LearnerGraphTest {

  private static final Instance ONE = instance("x", "x", "a", "b", "a");
  private static final Instance TWO = instance("y", "x", "b");

  private static Instance instance(String student, String problem, String... skills) {
    return new Instance(
        new Instance.Key(student, "unit", problem, 1),
        List.of(skills),
        Collections.nCopies(skills.length, Outcome.CORRECT));
  }

  @Test
  void countsMeetingsOfStudentsAndProblemsWithSkills() {
    var graph = LearnerGraph.counted(List.of(TWO, ONE));

    assertThat(graph.nodes())
        .extracting(Node::name)
        .containsExactly("p:unit\tx", "k:a", "k:b", "s:x", "s:y");
    assertThat(graph.numbers(Node.Kind.STUDENT)).containsExactly(3, 4);
    var ofProblem = graph.neighbours(0);
    assertThat(ofProblem.degree()).isEqualTo(2);
    assertThat(ofProblem.weight(0)).isEqualTo(2);
    assertThat(ofProblem.weight(1)).isEqualTo(2);
    assertThat(graph.neighbours(2).contains(4)).isTrue();
    assertThat(graph.neighbours(1).contains(4)).isFalse();
  }

  @Test
  void masteryWeighsTheStudentsEdgesOnly() {
    var graph =
        LearnerGraph.mastered(
            List.of(ONE, TWO),
            instance -> instance == ONE ? new double[] {.25, 0, .5} : new double[] {1});

    var ofStudent = graph.neighbours(3);
    assertThat(ofStudent.degree()).as("skill b has weight 0").isEqualTo(1);
    assertThat(ofStudent.weight(0)).isEqualTo(.75);
    assertThat(graph.neighbours(0).weight(0)).isEqualTo(2);
  }

  @Test
  void relationsAreThePublishedSentences() {
    assertThat(Relations.sentences(TWO))
        .containsExactly(
            List.of("k:b"),
            List.of("s:y", "h:unit", "p:unit\tx", "k:b"),
            List.of("s:y", "k:b"),
            List.of("p:unit\tx", "k:b"));
  }
}
