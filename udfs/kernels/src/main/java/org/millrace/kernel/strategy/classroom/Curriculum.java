package org.millrace.kernel.strategy.classroom;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.millrace.kernel.strategy.Draws;

/** The strategies of each family, and which of them each group of students uses. */
final class Curriculum {

  private static final double MOST_ALIKE = .34;
  private static final int TRIES = 100_000;
  private static final int PURPOSE = 1;

  private final int[][][] strategies;
  private final int[][] choices;

  private Curriculum(int[][][] strategies, int[][] choices) {
    this.strategies = strategies;
    this.choices = choices;
  }

  static Curriculum of(ClassroomOptions options) {
    var random = new SplittableRandom(Draws.key(options.seed(), PURPOSE));
    var strategies = new int[options.families()][options.strategies()][];
    for (var family : strategies) {
      for (int s = 0; s < family.length; s++) {
        family[s] = unlike(family, s, options, random);
      }
    }
    return new Curriculum(strategies, choices(options, random));
  }

  /** Skills, all different, that are hardly those of the family's strategies before. */
  private static int[] unlike(
      int[][] family, int before, ClassroomOptions options, SplittableRandom random) {
    for (int t = 0; t < TRIES; t++) {
      int length = options.shortest() + random.nextInt(options.longest() - options.shortest() + 1);
      var candidate = Shuffle.first(options.skills(), length, random);
      if (IntStream.range(0, before).allMatch(s -> alike(family[s], candidate) <= MOST_ALIKE)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("too few skills for strategies that hardly overlap");
  }

  private static double alike(int[] first, int[] second) {
    var set = set(first);
    long shared = IntStream.of(second).filter(set::contains).count();
    return (double) shared / (first.length + second.length - shared);
  }

  private static Set<Integer> set(int[] skills) {
    var set = new HashSet<Integer>();
    IntStream.of(skills).forEach(set::add);
    return set;
  }

  /** Strategy by group and family; any two groups differ in at least half of the families. */
  private static int[][] choices(ClassroomOptions options, SplittableRandom random) {
    var choices = new int[options.groups()][];
    for (int t = 0, g = 0; g < choices.length; t++) {
      if (t == TRIES) {
        throw new IllegalArgumentException(
            "too few families for groups that differ in half of them");
      }
      var candidate = random.ints(options.families(), 0, options.strategies()).toArray();
      if (IntStream.range(0, g)
          .allMatch(h -> 2 * differing(choices[h], candidate) >= candidate.length)) {
        choices[g++] = candidate;
      }
    }
    return choices;
  }

  private static int differing(int[] first, int[] second) {
    return (int) IntStream.range(0, first.length).filter(f -> first[f] != second[f]).count();
  }

  int choice(int group, int family) {
    return choices[group][family];
  }

  int[] skills(int family, int strategy) {
    return strategies[family][strategy];
  }

  /** The skills of all strategies that a group uses. */
  Set<Integer> own(int group) {
    var own = new HashSet<Integer>();
    for (int f = 0; f < strategies.length; f++) {
      own.addAll(set(strategies[f][choices[group][f]]));
    }
    return own;
  }
}
