package org.millrace.batch.sample.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PuzzlesTest {

  @Test
  void findsAll1362GamesOf24() {
    // 1,362 of the 1,820 hands of four cards have a solution: a known count.
    var all = Puzzles.game24(1362, 1);

    assertThat(all).extracting(Puzzle::prompt).doesNotHaveDuplicates().hasSize(1362);
    assertThat(all).extracting(Puzzle::prompt).contains("3 3 8 8", "1 5 5 5", "4 5 6 10");
    assertThat(all).extracting(Puzzle::prompt).doesNotContain("1 1 1 1", "13 13 13 13");
    assertThatThrownBy(() -> Puzzles.game24(1363, 1))
        .hasMessage("there are 0 to 1362 different Games of 24, not 1363");
  }

  @Test
  void writesTheFormsThatTheFactsName() {
    Puzzle game =
        Puzzles.game24(1362, 1).stream()
            .filter(puzzle -> puzzle.prompt().equals("4 5 6 10"))
            .findFirst()
            .orElseThrow();
    Puzzle countdown = Puzzles.countdown(1, 4, 100, 1).get(0);

    assertThat(game).isEqualTo(new Puzzle("game24-4-5-6-10", "game24", "4 5 6 10", "24"));
    assertThat(countdown.prompt())
        .matches("Countdown: reach \\d+ from \\[\\d+, \\d+, \\d+, \\d+]")
        .contains("reach " + countdown.target() + " from");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3 3 8 8", "1 5 5 5", "3 3 7 7", "1 4 5 6", "4 4 10 10"})
  void knowsTheHardGamesThatNeedFractionsOrLargeProducts(String prompt) {
    // 8/(3-8/3), 5*(5-1/5), 7*(3+3/7), 4/(1-5/6), (10*10-4)/4
    assertThat(NumberProblem.parse(prompt).orElseThrow().isSolvable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 1 1 1",
        "13 13 13 13",
        "Countdown: reach 24 from [3, 3, 8, 8]",
        "Countdown: reach 7 from [1, 2]"
      })
  void knowsWhatHasNoSolution(String prompt) {
    // The third one needs a fraction, which Countdown does not allow.
    assertThat(NumberProblem.parse(prompt).orElseThrow().isSolvable()).isFalse();
  }

  @Property(tries = 20)
  void makesDifferentSolvableCountdownProblemsInRange(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 5) int numbers,
      @ForAll @IntRange(min = 30, max = 1000) int maxTarget) {
    var puzzles = Puzzles.countdown(10, numbers, maxTarget, seed);

    assertThat(puzzles).hasSize(10).extracting(Puzzle::id).doesNotHaveDuplicates();
    assertThat(puzzles)
        .allSatisfy(
            puzzle -> {
              NumberProblem problem = NumberProblem.parse(puzzle.prompt()).orElseThrow();
              assertThat(problem.isSolvable()).isTrue();
              assertThat(problem.target()).isBetween(10, maxTarget);
              assertThat(problem.numbers()).hasSize(numbers).isSorted();
              assertThat(Arrays.stream(problem.numbers()).max().orElseThrow())
                  .isLessThan(maxTarget);
            });
  }

  @Property(tries = 10)
  void givesTheSamePuzzlesForASeedAndTheFirstOnesOfALargerCount(@ForAll long seed) {
    assertThat(Puzzles.game24(20, seed)).isEqualTo(Puzzles.game24(50, seed).subList(0, 20));
    assertThat(Puzzles.game24(20, seed)).isNotEqualTo(Puzzles.game24(20, seed + 1));
    assertThat(Puzzles.countdown(20, 4, 100, seed))
        .isEqualTo(Puzzles.countdown(50, 4, 100, seed).subList(0, 20))
        .isNotEqualTo(Puzzles.countdown(20, 4, 100, seed + 1));
  }

  @Test
  void refusesWhatCannotBeMade() {
    assertThatThrownBy(() -> Puzzles.countdown(1, 9, 100, 1))
        .hasMessage("a Countdown problem has 2 to 8 numbers, not 9");
    assertThatThrownBy(() -> Puzzles.countdown(1, 4, 9, 1))
        .hasMessage("maxTarget is 10 to 999999, not 9");
    assertThatThrownBy(() -> Puzzles.countdown(1000, 2, 10, 1))
        .hasMessageMatching(
            "found only \\d+ of 1000 different Countdown problems of 2 numbers up to 10");
  }
}
