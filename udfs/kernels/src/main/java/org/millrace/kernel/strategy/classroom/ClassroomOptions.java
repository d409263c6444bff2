package org.millrace.kernel.strategy.classroom;

/**
 * What a made-up classroom is like.
 *
 * @param groups of students that choose alike, at least 2
 * @param families of problems that are solved alike, at least 1
 * @param strategies of a family, at least 2
 * @param students in all
 * @param problems in all
 * @param problemsPerStudent how many different ones a student meets; on average if {@code oddities}
 *     has {@link Oddities#heavyTail}
 * @param skills knowledge components in all
 * @param shortest strategy, in skills
 * @param longest strategy, in skills
 * @param noise of what students do
 * @param oddities of real logs
 * @param seed of all draws
 */
public record ClassroomOptions(
    int groups,
    int families,
    int strategies,
    int students,
    int problems,
    int problemsPerStudent,
    int skills,
    int shortest,
    int longest,
    Noise noise,
    Oddities oddities,
    long seed) {

  /** 600 students of 6 groups, 160 problems of 8 families, 24,000 instances. */
  public static final ClassroomOptions DEFAULT =
      new ClassroomOptions(6, 8, 3, 600, 160, 40, 80, 4, 8, Noise.DEFAULT, Oddities.NONE, 42);

  /**
   * Probabilities, each 0 to 1.
   *
   * @param flip that an instance's strategy is drawn evenly from its family's, the group's own
   *     among them
   * @param drop that a skill is left out
   * @param substitute that a skill that is not left out is another, drawn evenly from all
   */
  public record Noise(double flip, double drop, double substitute) {
    /** A twentieth each. */
    public static final Noise DEFAULT = new Noise(.05, .05, .05);

    /** None. */
    public static final Noise NONE = new Noise(0, 0, 0);
  }

  /**
   * What real logs have, shares from 0 to 1.
   *
   * @param joined of the steps that hold two skills
   * @param repeated of the instances that are met a second time, as another view
   * @param unlabelled of the steps that have a row without skill after them
   * @param unknown of the students whose outcomes are missing
   * @param heavyTail whether activity follows Zipf's law with exponent 1.1, rather than evenly
   * @param rareGroup whether the last group has 1 % of the students
   * @param interleaved whether rows of two instances alternate, so that neither is in one piece
   */
  public record Oddities(
      double joined,
      double repeated,
      double unlabelled,
      double unknown,
      boolean heavyTail,
      boolean rareGroup,
      boolean interleaved) {
    /** None of them. */
    public static final Oddities NONE = new Oddities(0, 0, 0, 0, false, false, false);

    /** A tenth of each, and all that can be switched on. */
    public static final Oddities ALL = new Oddities(.1, .1, .1, .1, true, true, true);
  }

  /** Refuses what can't be made. */
  public ClassroomOptions {
    if (groups < 2
        || families < 1
        || strategies < 2
        || students < groups
        || problems < families
        || problemsPerStudent < 1
        || problemsPerStudent > problems
        || shortest < 1
        || longest < shortest
        || skills < strategies * longest) {
      throw new IllegalArgumentException(
          "a classroom wants 2 groups, 2 strategies, a student a group, a problem a family, no more"
              + " problems a student than there are, and skills for strategies that hardly overlap");
    }
  }

  /** The same with another noise. */
  public ClassroomOptions with(Noise other) {
    return new ClassroomOptions(
        groups,
        families,
        strategies,
        students,
        problems,
        problemsPerStudent,
        skills,
        shortest,
        longest,
        other,
        oddities,
        seed);
  }

  /** The same with other oddities. */
  public ClassroomOptions with(Oddities other) {
    return new ClassroomOptions(
        groups,
        families,
        strategies,
        students,
        problems,
        problemsPerStudent,
        skills,
        shortest,
        longest,
        noise,
        other,
        seed);
  }

  /** The same from another seed. */
  public ClassroomOptions seed(long other) {
    return new ClassroomOptions(
        groups,
        families,
        strategies,
        students,
        problems,
        problemsPerStudent,
        skills,
        shortest,
        longest,
        noise,
        oddities,
        other);
  }

  /**
   * The same of another size.
   *
   * @param otherStudents in all
   * @param otherProblems in all
   * @param each problems a student
   */
  public ClassroomOptions size(int otherStudents, int otherProblems, int each) {
    return new ClassroomOptions(
        groups,
        families,
        strategies,
        otherStudents,
        otherProblems,
        each,
        skills,
        shortest,
        longest,
        noise,
        oddities,
        seed);
  }
}
