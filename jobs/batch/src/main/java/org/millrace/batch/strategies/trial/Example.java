package org.millrace.batch.strategies.trial;

import java.util.List;

/**
 * An instance as predictors see it.
 *
 * @param id of the instance
 * @param student who
 * @param hierarchy of the problem
 * @param problem its name
 * @param studentCluster of the learner
 * @param problemCluster of the problem
 * @param squaredDistance of learner and problem to the centres of their clusters
 * @param skills the strategy: what is to be predicted
 */
public record Example(
    long id,
    String student,
    String hierarchy,
    String problem,
    int studentCluster,
    int problemCluster,
    double squaredDistance,
    List<String> skills) {

  /** Learner's and problem's cluster. */
  record Key(int studentCluster, int problemCluster) {}

  /** A problem in its hierarchy. */
  record Problem(String hierarchy, String name) {}

  Key key() {
    return new Key(studentCluster, problemCluster);
  }

  Problem where() {
    return new Problem(hierarchy, problem);
  }
}
