package org.millrace.kernel.strategy.equity;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Whether predictions are equally good for all groups of students: accuracy by group, the largest
 * gap with a bootstrap interval by student (Efron and Tibshirani 1993, chapter 13: percentiles),
 * and a permutation test of equality that moves students between groups. Deterministic.
 */
public final class PredictiveEquality {

  /** Bootstrap samples and permutations by default. */
  public static final int DRAWS = 2000;

  private static final double TAIL = .025;

  private final int[] groups;
  private final double[] sums;
  private final long[] counts;
  private final int groupCount;

  private PredictiveEquality(int[] groups, double[] sums, long[] counts, int groupCount) {
    this.groups = groups;
    this.sums = sums;
    this.counts = counts;
    this.groupCount = groupCount;
  }

  /**
   * A value with its 95 % interval.
   *
   * @param value as measured
   * @param low 2.5 % point
   * @param high 97.5 % point
   */
  public record Interval(double value, double low, double high) {}

  /**
   * Results by student, as a grouped sum gives them.
   *
   * @param groups each student's, from 0, none empty
   * @param sums each student's sum of accuracies
   * @param counts each student's number of instances, at least 1
   * @throws IllegalArgumentException if lengths differ or a group has no student
   */
  public static PredictiveEquality of(int[] groups, double[] sums, long[] counts) {
    requireNonNull(groups, "groups is null");
    if (groups.length == 0 || groups.length != sums.length || groups.length != counts.length) {
      throw new IllegalArgumentException(
          "%d groups, %d sums and %d counts of students"
              .formatted(groups.length, sums.length, counts.length));
    }
    int count = Arrays.stream(groups).max().orElseThrow() + 1;
    var students = new int[count];
    for (int i = 0; i < groups.length; i++) {
      if (counts[i] < 1) {
        throw new IllegalArgumentException("a student without instances at place " + i);
      }
      students[groups[i]]++;
    }
    for (int g = 0; g < count; g++) {
      if (students[g] == 0) {
        throw new IllegalArgumentException("no student in group " + g);
      }
    }
    return new PredictiveEquality(groups.clone(), sums.clone(), counts.clone(), count);
  }

  /** Mean accuracy of the instances of each group. */
  public double[] accuracies() {
    var weights = new int[groups.length];
    Arrays.fill(weights, 1);
    return accuracies(groups, weights);
  }

  /** Accuracies with each student as often as its weight; NaN of a group with none. */
  private double[] accuracies(int[] grouping, int[] weights) {
    var sum = new double[groupCount];
    var count = new double[groupCount];
    for (int i = 0; i < grouping.length; i++) {
      sum[grouping[i]] += weights[i] * sums[i];
      count[grouping[i]] += (double) weights[i] * counts[i];
    }
    for (int g = 0; g < groupCount; g++) {
      sum[g] /= count[g];
    }
    return sum;
  }

  /** Students of each group. */
  public int[] students() {
    var students = new int[groupCount];
    for (int group : groups) {
      students[group]++;
    }
    return students;
  }

  /** The largest difference of two groups' accuracies, 0 to 1. */
  public double gap() {
    return gap(accuracies());
  }

  private static double gap(double[] accuracies) {
    return Arrays.stream(accuracies).max().orElseThrow()
        - Arrays.stream(accuracies).min().orElseThrow();
  }

  /** The smallest accuracy over the largest, 0 to 1; 1 where all are 0. */
  public double ratio() {
    return ratio(accuracies());
  }

  private static double ratio(double[] accuracies) {
    double most = Arrays.stream(accuracies).max().orElseThrow();
    return most == 0 ? 1 : Arrays.stream(accuracies).min().orElseThrow() / most;
  }

  /**
   * Interval of a group's accuracy.
   *
   * @param group from 0
   * @param draws bootstrap samples, such as {@link #DRAWS}
   * @param seed of the draws
   */
  public Interval accuracy(int group, int draws, long seed) {
    return interval(accuracies -> accuracies[group], draws, seed);
  }

  /**
   * Interval of the gap. As a gap is never below 0, its low end is above 0 even for equal groups:
   * whether they are equal is what {@link #equalityTest} says.
   *
   * @param draws bootstrap samples, such as {@link #DRAWS}
   * @param seed of the draws
   */
  public Interval gap(int draws, long seed) {
    return interval(PredictiveEquality::gap, draws, seed);
  }

  /**
   * Interval of a group's accuracy less another's, which holds 0 where nothing speaks against their
   * equality.
   *
   * @param group from 0
   * @param other from 0
   * @param draws bootstrap samples
   * @param seed of the draws
   */
  public Interval difference(int group, int other, int draws, long seed) {
    return interval(accuracies -> accuracies[group] - accuracies[other], draws, seed);
  }

  /** Students are drawn with repetition within their groups, whose sizes are given. */
  private Interval interval(ToDoubleFunction<double[]> statistic, int draws, long seed) {
    if (draws < 1) {
      throw new IllegalArgumentException("an interval wants draws, not " + draws);
    }
    var members = members();
    var random = new SplittableRandom(seed);
    var values = new double[draws];
    for (int d = 0; d < draws; d++) {
      var weights = new int[groups.length];
      for (var group : members) {
        for (int i = 0; i < group.length; i++) {
          weights[group[random.nextInt(group.length)]]++;
        }
      }
      values[d] = statistic.applyAsDouble(accuracies(groups, weights));
    }
    Arrays.sort(values);
    return new Interval(
        statistic.applyAsDouble(accuracies()),
        values[(int) (TAIL * (draws - 1))],
        values[(int) Math.ceil((1 - TAIL) * (draws - 1))]);
  }

  private int[][] members() {
    var members = new int[groupCount][];
    var students = students();
    Arrays.setAll(members, g -> new int[students[g]]);
    var next = new int[groupCount];
    for (int i = 0; i < groups.length; i++) {
      members[groups[i]][next[groups[i]]++] = i;
    }
    return members;
  }

  /**
   * Chance of a gap as large as this one if groups didn't matter: students are moved between groups
   * at random.
   *
   * @param draws permutations, such as {@link #DRAWS}
   * @param seed of the draws
   * @return above 0 to 1; below 0.05 predictions are hardly equally good for all
   */
  public double equalityTest(int draws, long seed) {
    var random = new SplittableRandom(seed);
    var weights = new int[groups.length];
    Arrays.fill(weights, 1);
    var shuffled = groups.clone();
    double measured = gap() * (1 - 1e-12);
    int asLarge = 0;
    for (int d = 0; d < draws; d++) {
      for (int i = shuffled.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int group = shuffled[i];
        shuffled[i] = shuffled[j];
        shuffled[j] = group;
      }
      asLarge += gap(accuracies(shuffled, weights)) >= measured ? 1 : 0;
    }
    return (asLarge + 1.0) / (draws + 1);
  }
}
