package org.millrace.batch.sample.engine;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers to combine, each used once, into a target.
 *
 * @param numbers 2 to 8 numbers of 1 to 999,999
 * @param target 0 to 999,999
 * @param arithmetic which intermediate results are allowed
 */
record NumberProblem(int[] numbers, int target, Arithmetic arithmetic) {

  private static final Pattern GAME_OF_24 = Pattern.compile("\\d{1,6}(?: +\\d{1,6}){1,7}");
  private static final Pattern COUNTDOWN =
      Pattern.compile(
          "Countdown: reach (\\d{1,6}) from \\[(\\d{1,6}(?:, *\\d{1,6}){1,7})]",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SEPARATOR = Pattern.compile("[, ]+");

  /** Reads the prompt of a {@link Puzzle}; empty where it is none, or has a number 0. */
  static Optional<NumberProblem> parse(String prompt) {
    String text = prompt.strip();
    if (GAME_OF_24.matcher(text).matches()) {
      return of(text, Puzzles.TWENTY_FOUR, Arithmetic.FRACTIONS);
    }
    Matcher countdown = COUNTDOWN.matcher(text);
    return countdown.matches()
        ? of(countdown.group(2), Integer.parseInt(countdown.group(1)), Arithmetic.WHOLE)
        : Optional.empty();
  }

  private static Optional<NumberProblem> of(String numbers, int target, Arithmetic arithmetic) {
    int[] parsed = SEPARATOR.splitAsStream(numbers).mapToInt(Integer::parseInt).toArray();
    return Arrays.stream(parsed).allMatch(number -> number > 0)
        ? Optional.of(new NumberProblem(parsed, target, arithmetic))
        : Optional.empty();
  }

  /** Whether any way to combine all numbers gives the target; tries every one. */
  boolean isSolvable() {
    long[] values = Arrays.stream(numbers).mapToLong(Fractions::of).toArray();
    return reaches(values, Fractions.of(target));
  }

  private boolean reaches(long[] values, long goal) {
    if (values.length == 1) {
      return values[0] == goal;
    }
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        if (i != j && reachesFrom(values, i, j, goal)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean reachesFrom(long[] values, int i, int j, long goal) {
    long[] rest = new long[values.length - 1];
    int kept = 1;
    for (int k = 0; k < values.length; k++) {
      if (k != i && k != j) {
        rest[kept++] = values[k];
      }
    }
    for (int o = 0; o < Operation.count(); o++) {
      if (i > j && Operation.at(o).commutes()) {
        continue;
      }
      rest[0] = Fractions.apply(Operation.at(o), values[i], values[j]);
      if (arithmetic.allows(rest[0]) && reaches(rest, goal)) {
        return true;
      }
    }
    return false;
  }
}
