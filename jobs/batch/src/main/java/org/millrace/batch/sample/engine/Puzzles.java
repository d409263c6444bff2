package org.millrace.batch.sample.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes number puzzles from a seed; the same seed makes the same puzzles on every machine. */
public final class Puzzles {

  /** Kind of the Game of 24. */
  public static final String GAME24 = "game24";

  /** Kind of the Countdown problems. */
  public static final String COUNTDOWN = "countdown";

  /** How many different Games of 24 with a solution there are with four numbers of 1 to 13. */
  public static final int GAME24_COUNT = 1362;

  /** Least target of a Countdown problem. */
  public static final int LEAST_TARGET = 10;

  /** Most numbers of a Countdown problem. */
  public static final int MOST_NUMBERS = 8;

  static final int TWENTY_FOUR = 24;

  private static final int HIGHEST_CARD = 13;
  private static final int MOST_TARGET = 999_999;
  private static final int DRAWS_PER_PUZZLE = 10_000;

  private Puzzles() {}

  /**
   * Different Games of 24: four numbers of 1 to 13, ascending, checked to have a solution by trying
   * all of them.
   *
   * @param count 0 to {@link #GAME24_COUNT}
   * @param seed of the choice and its order; a smaller count gives the first ones of a larger
   * @throws IllegalArgumentException for a count out of range
   */
  public static List<Puzzle> game24(int count, long seed) {
    if (count < 0 || count > GAME24_COUNT) {
      throw new IllegalArgumentException(
          "there are 0 to %d different Games of 24, not %d".formatted(GAME24_COUNT, count));
    }
    List<int[]> hands = hands();
    var draws = new Draws(Draws.fold(Draws.hash(GAME24), seed));
    var puzzles = new ArrayList<Puzzle>(count);
    for (int i = 0; puzzles.size() < count; i++) {
      int other = i + draws.below(hands.size() - i);
      int[] hand = hands.set(other, hands.get(i));
      if (new NumberProblem(hand, TWENTY_FOUR, Arithmetic.FRACTIONS).isSolvable()) {
        puzzles.add(
            new Puzzle(
                GAME24 + "-" + joined(hand, "-"), GAME24, joined(hand, " "), "" + TWENTY_FOUR));
      }
    }
    return List.copyOf(puzzles);
  }

  /**
   * Different Countdown problems after stream-of-search: numbers below the greatest target,
   * ascending, and a target that some way to combine all of them by +, *, difference and exact
   * division gives.
   *
   * @param count how many, at least 0
   * @param numbers how many numbers each, 2 to {@link #MOST_NUMBERS}
   * @param maxTarget greatest target, 10 to 999,999; the least is 10
   * @param seed of the problems; a smaller count gives the first ones of a larger
   * @throws IllegalArgumentException for a value out of range, or where so many different problems
   *     were not found
   */
  public static List<Puzzle> countdown(int count, int numbers, int maxTarget, long seed) {
    if (count < 0) {
      throw new IllegalArgumentException("count is below 0: " + count);
    }
    if (numbers < 2 || numbers > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "a Countdown problem has 2 to %d numbers, not %d".formatted(MOST_NUMBERS, numbers));
    }
    if (maxTarget < LEAST_TARGET || maxTarget > MOST_TARGET) {
      throw new IllegalArgumentException(
          "maxTarget is %d to %d, not %d".formatted(LEAST_TARGET, MOST_TARGET, maxTarget));
    }
    var draws = new Draws(Draws.fold(Draws.hash(COUNTDOWN), seed));
    var puzzles = new LinkedHashMap<String, Puzzle>();
    long left = (long) DRAWS_PER_PUZZLE * count;
    while (puzzles.size() < count) {
      if (left-- == 0) {
        throw new IllegalArgumentException(
            "found only %d of %d different Countdown problems of %d numbers up to %d"
                .formatted(puzzles.size(), count, numbers, maxTarget));
      }
      int[] drawn = IntStream.range(0, numbers).map(i -> 1 + draws.below(maxTarget - 1)).toArray();
      long target = combined(drawn, draws);
      if (target >= LEAST_TARGET && target <= maxTarget) {
        Arrays.sort(drawn);
        Puzzle puzzle = countdown(drawn, target);
        puzzles.putIfAbsent(puzzle.id(), puzzle);
      }
    }
    return List.copyOf(puzzles.values());
  }

  private static Puzzle countdown(int[] numbers, long target) {
    return new Puzzle(
        "%s-%d-%s".formatted(COUNTDOWN, target, joined(numbers, "-")),
        COUNTDOWN,
        "Countdown: reach %d from [%s]".formatted(target, joined(numbers, ", ")),
        Long.toString(target));
  }

  /** Combines all numbers at random; the value, or -1 where a step is not allowed. */
  private static long combined(int[] numbers, Draws draws) {
    long[] values = Arrays.stream(numbers).mapToLong(Fractions::of).toArray();
    for (int size = values.length; size > 1; size--) {
      int i = draws.below(size);
      long left = values[i];
      values[i] = values[size - 1];
      int j = draws.below(size - 1);
      values[j] = Fractions.apply(Operation.at(draws.below(Operation.count())), left, values[j]);
      if (!Arithmetic.WHOLE.allows(values[j])) {
        return -1;
      }
    }
    return Fractions.numerator(values[0]);
  }

  private static List<int[]> hands() {
    var hands = new ArrayList<int[]>();
    for (int a = 1; a <= HIGHEST_CARD; a++) {
      for (int b = a; b <= HIGHEST_CARD; b++) {
        for (int c = b; c <= HIGHEST_CARD; c++) {
          for (int d = c; d <= HIGHEST_CARD; d++) {
            hands.add(new int[] {a, b, c, d});
          }
        }
      }
    }
    return hands;
  }

  private static String joined(int[] numbers, String separator) {
    return Arrays.stream(numbers)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(separator));
  }
}
