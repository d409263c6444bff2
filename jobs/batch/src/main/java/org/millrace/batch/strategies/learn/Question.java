package org.millrace.batch.strategies.learn;

/**
 * Who meets what, as vectors of one length: what a strategy is predicted from. The arrays are kept
 * and not to be changed.
 *
 * @param student MVec of the student
 * @param hierarchy of the problem's unit and section, such as the mean of its problems
 * @param problem MVec of the problem
 */
public record Question(double[] student, double[] hierarchy, double[] problem) {

  static final int VECTORS = 3;

  /** Refuses vectors of different lengths. */
  public Question {
    if (student.length != hierarchy.length || student.length != problem.length) {
      throw new IllegalArgumentException(
          "vectors of %d, %d and %d numbers"
              .formatted(student.length, hierarchy.length, problem.length));
    }
  }

  int dimensions() {
    return student.length;
  }

  double[] vector(int which) {
    return which == 0 ? student : which == 1 ? hierarchy : problem;
  }
}
