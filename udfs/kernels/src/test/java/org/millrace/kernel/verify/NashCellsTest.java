package org.millrace.kernel.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.verify.NashCells.Cell;

class NashCellsTest {

  private static final Verifier NASH = new NashCells();
  private static final int[][] ORDERS = orders();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[('A2','B2')]            | [(\"A2\",\"B2\")]                   | CORRECT",
        "[(\"A2\",\"B2\")]        | [(A2, B2)]                          | CORRECT",
        "[('A1','B1'),('A2','B2')] | [('A2', 'B2'), ('A1', 'B1')]       | CORRECT",
        "[('A1','B1')]            | [('A1','B1'), ('A1','B1')]          | CORRECT",
        "[]                       | []                                  | CORRECT",
        "[]                       | There is none: [ ]                  | CORRECT",
        "[('A1','B1')]            | Not [('A2','B2')] but [('A1','B1')] | CORRECT",
        "[('A1','B1')]            | ~So:\n[('A1',\n 'B1')]\nas shown.~  | CORRECT",
        "[('A1','B2')]            | [('B2','A1')]                       | INCORRECT",
        "[('A1','B1')]            | [('A1','B2')]                       | INCORRECT",
        "[('A1','B1'),('A2','B2')] | [('A1','B1')]                      | INCORRECT",
        "[('A1','B1')]            | [('A1','B1'),('A2','B2')]           | INCORRECT",
        "[('A1','B1')]            | []                                  | INCORRECT",
        "[]                       | [('A1','B1')]                       | INCORRECT",
        "[('A1','B1')]            | ('A1','B1')                         | UNPARSED",
        "[('A1','B1')]            | It is A1 against B1.                | UNPARSED",
        "[('A1','B1')]            | [A1]                                | UNPARSED",
        "[('A1','B1')]            | ]('A1','B1')[                       | UNPARSED",
        "[('A1','B1')]            | ~ ~                                 | MISSING",
      })
  void comparesSetsOfCells(String target, String text, Verdict expected) {
    assertThat(NASH.judge(null, target, text).verdict()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[('A1','B1'), ('A2')]",
        "[('A1','B1'), ('A2','B2','C2')]",
        "[('A1','B1') or both others]"
      })
  void aListOfMoreThanCellsIsNotRight(String text) {
    assertThat(NASH.judge(null, "[('A1','B1')]", text).verdict()).isNotEqualTo(Verdict.CORRECT);
  }

  @Test
  void equalSetsHaveOneAnswer() {
    var one = NASH.judge(null, "[]", "[('A2','B2'), ('A1','B1')]").answer();
    var other = NASH.judge(null, "[]", "[(A1,B1),(A2,B2),(A1,B1)]").answer();

    assertThat(one).isEqualTo(other).isNotEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {" ", "A1, B1", "[none]"})
  void refusesATargetThatIsNoList(String target) {
    assertThatThrownBy(() -> NASH.judge(null, target, "[]"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void purePointsOfKnownGames() {
    // Row player's payoffs, then the column player's, cell by cell.
    assertThat(pure(new int[] {3, 1, 4, 2}, new int[] {3, 4, 1, 2}))
        .as("prisoner's dilemma")
        .containsExactly(new Cell(1, 1));
    assertThat(pure(new int[] {4, 1, 3, 2}, new int[] {4, 3, 1, 2}))
        .as("stag hunt")
        .containsExactly(new Cell(0, 0), new Cell(1, 1));
    assertThat(pure(new int[] {3, 2, 4, 1}, new int[] {3, 4, 2, 1}))
        .as("chicken")
        .containsExactly(new Cell(0, 1), new Cell(1, 0));
    assertThat(pure(new int[] {2, 1, 1, 2}, new int[] {1, 2, 2, 1}))
        .as("matching pennies")
        .isEmpty();
    assertThat(pure(new int[4], new int[4])).as("all alike").hasSize(4);
  }

  @Test
  void theOrdinalGames() {
    // 24 x 24 strict orders; games that differ by a swap of rows or columns are one.
    var games = new TreeMap<String, Integer>();
    var unordered = new TreeSet<String>();
    for (var row : ORDERS) {
      for (var column : ORDERS) {
        var name = smallest(row, column);
        int pure = pure(row, column).size();
        assertThat(games.getOrDefault(name, pure)).as(name).isEqualTo(pure);
        games.put(name, pure);
        var mirrored = smallest(transposed(column), transposed(row));
        unordered.add(name.compareTo(mirrored) < 0 ? name : mirrored);
      }
    }

    assertThat(games).hasSize(144);
    assertThat(unordered).as("with players swapped").hasSize(78);
    assertThat(
            games.values().stream().collect(Collectors.groupingBy(n -> n, Collectors.counting())))
        .containsOnly(entry(0, 18L), entry(1, 108L), entry(2, 18L));
  }

  private static List<Cell> pure(int[] row, int[] column) {
    var payoffs = new int[2][2][];
    for (int i = 0; i < 4; i++) {
      payoffs[i / 2][i % 2] = new int[] {row[i], column[i]};
    }
    return NashCells.pure(payoffs);
  }

  private static String smallest(int[] row, int[] column) {
    return Stream.of(
            List.of(0, 1, 2, 3), List.of(1, 0, 3, 2), List.of(2, 3, 0, 1), List.of(3, 2, 1, 0))
        .map(
            cells ->
                cells.stream().map(i -> row[i] + "" + column[i]).collect(Collectors.joining(" ")))
        .min(String::compareTo)
        .orElseThrow();
  }

  private static int[] transposed(int[] cells) {
    return new int[] {cells[0], cells[2], cells[1], cells[3]};
  }

  private static int[][] orders() {
    return IntStream.range(0, 256)
        .mapToObj(i -> new int[] {i / 64 + 1, i / 16 % 4 + 1, i / 4 % 4 + 1, i % 4 + 1})
        .filter(order -> Arrays.stream(order).distinct().count() == 4)
        .toArray(int[][]::new);
  }
}
