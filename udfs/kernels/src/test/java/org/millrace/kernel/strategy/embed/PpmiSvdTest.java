package org.millrace.kernel.strategy.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.strategy.graph.LearnerGraph;
import org.millrace.kernel.strategy.steps.Instance;
import org.millrace.kernel.strategy.steps.Outcome;

class PpmiSvdTest {

  private static Instance instance(String student, String problem, String... skills) {
    return new Instance(
        new Instance.Key(student, "unit", problem, 1),
        List.of(skills),
        Collections.nCopies(skills.length, Outcome.CORRECT));
  }

  @Property(tries = 30)
  void eigenvectorsTurnTheMatrixIntoItsValues(
      @ForAll @IntRange(max = 100_000) int seed, @ForAll @IntRange(min = 1, max = 20) int size) {
    var matrix = symmetric(seed, size);

    var eigen = JacobiEigen.of(matrix);

    for (int k = 0; k < size; k++) {
      for (int i = 0; i < size; i++) {
        double image = 0;
        for (int j = 0; j < size; j++) {
          image += matrix[i][j] * eigen.vectors()[k][j];
        }
        assertThat(image).isCloseTo(eigen.values()[k] * eigen.vectors()[k][i], within(1e-10));
      }
    }
  }

  @Property(tries = 30)
  void allSingularVectorsTogetherGiveTheMatrixOfAbsoluteValuesBack(
      @ForAll @IntRange(max = 100_000) int seed, @ForAll @IntRange(min = 1, max = 12) int size) {
    // Of a Gram matrix, whose eigenvalues are its singular values.
    var factor = symmetric(seed, size);
    var gram = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < size; k++) {
          gram[i][j] += factor[i][k] * factor[k][j];
        }
      }
    }

    var rows = TopSingular.of(gram, size);

    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double product = 0;
        for (int k = 0; k < size; k++) {
          product += rows[i][k] * rows[j][k];
        }
        assertThat(product).isCloseTo(gram[i][j], within(1e-8));
      }
    }
  }

  private static double[][] symmetric(int seed, int size) {
    var random = new Random(seed);
    var matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = random.nextGaussian();
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  @Test
  void studentsWithTheSameSkillsAreNearAndOthersFar() {
    var graph =
        LearnerGraph.counted(
            List.of(
                instance("s1", "p", "a", "b"),
                instance("s2", "p", "a", "b"),
                instance("s3", "q", "c", "d"),
                instance("s4", "q", "c", "d")));

    var vectors = PpmiSvd.of(graph, 4);

    // Numbers 6 to 9 are the students.
    assertThat(dot(vectors[6], vectors[7])).isCloseTo(1, within(1e-9));
    assertThat(dot(vectors[6], vectors[8])).isLessThan(.2);
    assertThat(dot(vectors[6], vectors[6])).isCloseTo(1, within(1e-12));
    assertThatThrownBy(() -> PpmiSvd.of(graph, 11))
        .hasMessageContaining("not 10 nodes and 11 dimensions");
  }

  @Test
  void aVectorOfZerosStays() {
    assertThat(UnitRows.normalized(new double[] {0, 0})).containsExactly(0, 0);
    assertThat(UnitRows.normalized(new double[] {3, 4})).containsExactly(.6, .8);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
