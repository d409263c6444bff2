package org.millrace.kernel.strategy.classroom;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.millrace.kernel.strategy.Draws;
import org.millrace.kernel.strategy.classroom.Play.Level;
import org.millrace.kernel.strategy.steps.Instance;
import org.millrace.kernel.strategy.steps.Outcome;

/**
 * A made-up classroom with planted groups of students, families of problems and strategies: what a
 * clustering should find is known, and no line of it is anybody's. Groups and families are equally
 * large, names carry no label. Same options, same classroom; each student's part is drawn alone, so
 * that parts can be made in parallel. Immutable, thread-safe.
 */
public final class Classroom {

  private static final double CORRECT_OWN = .9;
  private static final double CORRECT_OTHER = .45;
  private static final double ZIPF = 1.1;
  private static final int RARE = 100;
  private static final int UNITS = 5;

  private final ClassroomOptions options;
  private final Curriculum curriculum;
  private final int[] groups;
  private final int[] families;
  private final int[] activity;
  private final int[] skillNames;
  private final List<Set<Integer>> own;

  private Classroom(ClassroomOptions options) {
    this.options = options;
    curriculum = Curriculum.of(options);
    var random = new SplittableRandom(Draws.key(options.seed(), 2));
    groups = shuffled(groupSizes(), random);
    families = shuffled(evenly(options.problems(), options.families()), random);
    activity = activity(random);
    skillNames = Shuffle.first(options.skills(), options.skills(), random);
    own = IntStream.range(0, options.groups()).mapToObj(curriculum::own).toList();
  }

  /** Makes a classroom. */
  public static Classroom of(ClassroomOptions options) {
    return new Classroom(requireNonNull(options, "options is null"));
  }

  private int[] groupSizes() {
    var even = evenly(options.students(), options.groups());
    if (options.oddities().rareGroup()) {
      int rare = Math.max(1, options.students() / RARE);
      even =
          Arrays.copyOf(
              evenly(options.students() - rare, options.groups() - 1), options.students());
      Arrays.fill(even, options.students() - rare, even.length, options.groups() - 1);
    }
    return even;
  }

  private static int[] evenly(int items, int kinds) {
    return IntStream.range(0, items).map(i -> i % kinds).toArray();
  }

  private static int[] shuffled(int[] values, SplittableRandom random) {
    return IntStream.of(Shuffle.first(values.length, values.length, random))
        .map(i -> values[i])
        .toArray();
  }

  /** Problems of each student. */
  private int[] activity(SplittableRandom random) {
    var each = new int[options.students()];
    Arrays.fill(each, options.problemsPerStudent());
    if (options.oddities().heavyTail()) {
      double harmonic =
          IntStream.rangeClosed(1, each.length).mapToDouble(r -> Math.pow(r, -ZIPF)).sum();
      double all = (double) each.length * options.problemsPerStudent();
      for (int r = 0; r < each.length; r++) {
        double wanted = all * Math.pow(r + 1.0, -ZIPF) / harmonic;
        each[r] = (int) Math.max(1, Math.min(options.problems(), Math.round(wanted)));
      }
    }
    return shuffled(each, random);
  }

  /** Group of each student. */
  public int[] groups() {
    return groups.clone();
  }

  /** Family of each problem. */
  public int[] families() {
    return families.clone();
  }

  /**
   * The strategy as planted, before any noise.
   *
   * @param family of the problem
   * @param strategy of the family
   */
  public List<String> planted(int family, int strategy) {
    return IntStream.of(curriculum.skills(family, strategy)).mapToObj(this::skill).toList();
  }

  /**
   * The strategy that a group uses for a family.
   *
   * @param group of students
   * @param family of problems
   */
  public int choice(int group, int family) {
    return curriculum.choice(group, family);
  }

  /** Everything that everybody did, student by student. */
  public Stream<Play> plays() {
    return IntStream.range(0, options.students()).boxed().flatMap(s -> plays(s).stream());
  }

  /**
   * What one student did, in order.
   *
   * @param student from 0
   */
  public List<Play> plays(int student) {
    var random = new SplittableRandom(Draws.key(Draws.key(options.seed(), 3), student));
    var level = Level.values()[random.nextInt(Level.values().length)];
    boolean unknown = random.nextDouble() < options.oddities().unknown();
    var plays = new ArrayList<Play>();
    for (int problem : Shuffle.first(options.problems(), activity[student], random)) {
      plays.add(play(student, problem, 1, level, unknown, random));
      if (random.nextDouble() < options.oddities().repeated()) {
        plays.add(play(student, problem, 2, level, unknown, random));
      }
    }
    return plays;
  }

  private Play play(
      int student, int problem, int view, Level level, boolean unknown, SplittableRandom random) {
    int group = groups[student];
    int family = families[problem];
    int strategy =
        random.nextDouble() < options.noise().flip()
            ? random.nextInt(options.strategies())
            : curriculum.choice(group, family);
    var skills = noisy(curriculum.skills(family, strategy), random);
    var steps = new ArrayList<Integer>();
    var outcomes = new ArrayList<Outcome>();
    for (int at = 0; at < skills.length; at += steps.get(steps.size() - 1)) {
      boolean two = at + 1 < skills.length && random.nextDouble() < options.oddities().joined();
      steps.add(two ? 2 : 1);
      var outcome = outcome(skills[at], group, level, random);
      for (int i = 0; i < (two ? 2 : 1); i++) {
        outcomes.add(unknown ? Outcome.UNKNOWN : outcome);
      }
    }
    var key = new Instance.Key(student(student), hierarchy(problem), problem(problem), view);
    var names = IntStream.of(skills).mapToObj(this::skill).toList();
    return new Play(
        new Instance(key, names, outcomes),
        steps,
        student,
        problem,
        group,
        family,
        strategy,
        level);
  }

  private int[] noisy(int[] skills, SplittableRandom random) {
    var noisy = new ArrayList<Integer>();
    for (int skill : skills) {
      if (random.nextDouble() >= options.noise().drop()) {
        boolean other = random.nextDouble() < options.noise().substitute();
        noisy.add(other ? random.nextInt(options.skills()) : skill);
      }
    }
    if (noisy.isEmpty()) {
      noisy.add(skills[0]);
    }
    return noisy.stream().mapToInt(Integer::intValue).toArray();
  }

  private Outcome outcome(int skill, int group, Level level, SplittableRandom random) {
    double chance = own.get(group).contains(skill) ? CORRECT_OWN : CORRECT_OTHER;
    return random.nextDouble() < chance + level.bonus() ? Outcome.CORRECT : Outcome.INCORRECT;
  }

  private String student(int student) {
    return "student-%08x".formatted((int) Draws.key(Draws.key(options.seed(), 4), student))
        + "-"
        + student;
  }

  /** Every name is there in each unit: only together they name a problem. */
  private static String hierarchy(int problem) {
    return "Unit " + (char) ('A' + problem % UNITS) + ", Section 1";
  }

  private static String problem(int problem) {
    return "Problem " + (1 + problem / UNITS);
  }

  private String skill(int skill) {
    return "skill-%03d".formatted(skillNames[skill]);
  }
}
