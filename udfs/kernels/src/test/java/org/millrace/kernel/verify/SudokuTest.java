package org.millrace.kernel.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SudokuTest {

  private static final Verifier SUDOKU = new Sudoku();
  private static final String OPEN = "2... .... .... ....";

  @ParameterizedTest
  @CsvSource({
    "2... ..2. ...4 3..., 2143 4321 1234 3412, CORRECT, the solution",
    "2000 0020 0004 3000, 2143432112343412, CORRECT, zeros for empty cells",
    "2___ __2_ ___4 3___, 2143 4321 1234 3412, CORRECT, underscores for empty cells",
    "2... .... .... ...., 2143 4321 1234 3412, CORRECT, one of many completions",
    "2... .... .... ...., 2134 4312 1243 3421, CORRECT, another of them",
    "2... .... .... ...., 1243 4312 2134 3421, INCORRECT, a given is changed",
    ".... .... .... ...., 1234 2341 3412 4123, INCORRECT, boxes repeat",
    ".... .... .... ...., 4143 2321 1234 3412, INCORRECT, rows repeat",
    ".... .... .... ...., 1243 4321 1234 3412, INCORRECT, columns repeat",
    "2... ..2. ...4 3..., 214. 4321 1234 3412, INCORRECT, a cell is left empty",
    "2... ..2. ...4 3..., 2140 4321 1234 3412, INCORRECT, a cell is left zero",
    "2... ..2. ...4 3..., 2... ..2. ...4 3..., INCORRECT, the puzzle itself",
    ".... .... .... ...., 2153 5321 1235 3512, INCORRECT, a digit too large",
    "2... ..2. ...4 3..., 2143 4321 1234 341, UNPARSED, a cell too few",
    "2... ..2. ...4 3..., 2143 4321 1234 34122, UNPARSED, a cell too many",
    "2... ..2. ...4 3..., There is no solution., UNPARSED, prose",
    "2... ..2. ...4 3..., '   ', MISSING, nothing",
  })
  void judgesAGridOfFourRows(String puzzle, String text, Verdict expected, String why) {
    assertThat(SUDOKU.judge(puzzle, null, text).verdict()).as(why).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2143\n4321\n1234\n3412",
        "2 1 4 3\r\n4 3 2 1\r\n1 2 3 4\r\n3 4 1 2\r\n",
        "2 1 | 4 3\n4 3 | 2 1\n----+----\n1 2 | 3 4\n3 4 | 1 2",
        "[[2, 1, 4, 3], [4, 3, 2, 1], [1, 2, 3, 4], [3, 4, 1, 2]]",
        "2,1,4,3;4,3,2,1;1,2,3,4;3,4,1,2",
        "Here is the grid in full:\n\n2143\n4321\n1234\n3412\n\nEach row has all digits."
      })
  void ignoresWhatSeparatesTheCells(String text) {
    assertThat(SUDOKU.judge(OPEN, null, text))
        .isEqualTo(new Judgement("2143432112343412", Verdict.CORRECT));
  }

  @Property(tries = 60)
  void everyShuffledGridIsACompletion(
      @ForAll @IntRange(min = 2, max = 4) int box, @ForAll @IntRange(max = 10_000) int seed) {
    var grid = shuffled(box, new Random(seed));
    var puzzle = Arrays.stream(grid).map(row -> Arrays.stream(row).toArray()).toArray(int[][]::new);
    var random = new Random(seed + 1);
    for (var row : puzzle) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextInt(3) == 0 ? row[i] : 0;
      }
    }

    assertThat(SUDOKU.judge(text(puzzle), null, text(grid)).verdict())
        .as(text(grid))
        .isEqualTo(Verdict.CORRECT);
  }

  @Property(tries = 60)
  void twoCellsOfARowSwappedBreakTheColumns(
      @ForAll @IntRange(min = 2, max = 4) int box, @ForAll @IntRange(max = 10_000) int seed) {
    var random = new Random(seed);
    var grid = shuffled(box, random);
    var empty = text(new int[box * box][box * box]);
    var row = grid[random.nextInt(grid.length)];
    int from = random.nextInt(row.length);
    int to = (from + 1 + random.nextInt(row.length - 1)) % row.length;
    int kept = row[from];
    row[from] = row[to];
    row[to] = kept;

    assertThat(SUDOKU.judge(empty, null, text(grid)).verdict())
        .as(text(grid))
        .isEqualTo(Verdict.INCORRECT);
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "3, 2", "3, 4", "4, 3"})
  void aGridOfAnotherSizeIsNoAnswer(int box, int other) {
    var puzzle = text(new int[box * box][box * box]);
    var grid = text(shuffled(other, new Random(1)));

    assertThat(SUDOKU.judge(puzzle, null, grid).verdict()).isEqualTo(Verdict.UNPARSED);
  }

  @Test
  void nineRowsWithoutSeparators() {
    var grid = text(shuffled(3, new Random(7)));
    var bare = grid.replaceAll("[^0-9]", "");

    assertThat(SUDOKU.judge(".".repeat(81), null, bare))
        .isEqualTo(new Judgement(bare, Verdict.CORRECT));
    assertThat(SUDOKU.judge(".".repeat(81), null, grid).answer()).isEqualTo(bare);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {" ", "2... ..2.", "an empty grid"})
  void refusesWhatIsNoPuzzle(String puzzle) {
    assertThatThrownBy(() -> SUDOKU.judge(puzzle, null, "2143 4321 1234 3412"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A valid grid: rows shifted, with rows, columns and digits permuted. */
  private static int[][] shuffled(int box, Random random) {
    var rows = bands(box, random);
    var columns = bands(box, random);
    var digits = permutation(box * box, random);
    int n = box * box;
    var grid = new int[n][n];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        grid[r][c] = 1 + digits[(box * (rows[r] % box) + rows[r] / box + columns[c]) % n];
      }
    }
    return grid;
  }

  /** 0 to box² - 1, with the bands and the lines in each permuted. */
  private static int[] bands(int box, Random random) {
    return Arrays.stream(permutation(box, random))
        .flatMap(band -> Arrays.stream(permutation(box, random)).map(line -> band * box + line))
        .toArray();
  }

  private static int[] permutation(int n, Random random) {
    var numbers = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = kept;
    }
    return numbers;
  }

  private static String text(int[][] grid) {
    return Arrays.stream(grid)
        .map(row -> Arrays.stream(row).mapToObj(String::valueOf).collect(Collectors.joining(" ")))
        .collect(Collectors.joining("\n"));
  }
}
