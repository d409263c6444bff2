package org.millrace.streaming.anomaly.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.millrace.streaming.anomaly.evaluate.Scores.Scope;

class ScoresTest {

  private static final int ROWS = 100;

  /** A row a second, 15 of them probation, with episodes opened at some rows. */
  private static LabelledDevice device(String name, List<Window> seconds, int... opens) {
    return new LabelledDevice(
        name,
        LongStream.range(0, ROWS).map(i -> 1000 * i).toArray(),
        Map.of("value", new double[ROWS]),
        seconds.stream().map(w -> new Window(1000 * w.first(), 1000 * w.last())).toList(),
        Arrays.stream(opens)
            .mapToObj(row -> new Episode(row, row, Set.of("value"), "MAJOR"))
            .toList());
  }

  @Test
  void filesAreScoredAsNabDoes() {
    var hit = device("x/hit.csv", List.of(new Window(50, 59)), 3, 50, 55, 90);
    var missed = device("y/missed.csv", List.of(new Window(50, 59)));

    var scores = Scores.ofFiles(List.of(hit, missed), 0);

    // A perfect hit, a false alarm 31 rows behind a window that is 10 wide, a miss.
    double raw = 1 - 0.11 - 1;
    assertThat(scores.all().nab().get(NabProfile.STANDARD))
        .isCloseTo(100 * (raw + 2) / 4, within(1e-9));
    assertThat(scores.all().events()).isEqualTo(new EventScore(2, 1, 3, 2));
    assertThat(scores.all().rows()).isEqualTo(2 * ROWS);
    assertThat(scores.lines().stream().map(line -> line.scope() + " " + line.name()))
        .containsExactly(
            "ALL all", "CATEGORY x", "CATEGORY y", "DEVICE x/hit.csv", "DEVICE y/missed.csv");
  }

  @Test
  void aCategoryWithoutWindowsHasNoScoreOfItsOwn() {
    var labelled = device("x/a.csv", List.of(new Window(50, 59)), 50);
    var quiet = device("y/b.csv", List.of(), 70);

    var scores = Scores.ofFiles(List.of(labelled, quiet), 0);

    assertThat(scores.of(quiet).nab()).isEmpty();
    assertThat(scores.of(quiet).events().falseOpens()).isEqualTo(1);
    assertThat(scores.all().nab()).hasSize(3);
  }

  @Test
  void toleranceIsInTime() {
    var device = device("d", List.of(new Window(50, 59)), 2, 45, 64, 65);

    assertThat(Scores.ofTimes(List.of(device), 5000).all().events())
        .isEqualTo(new EventScore(1, 1, 4, 2));
    assertThat(Scores.ofTimes(List.of(device), 0).all().events())
        .isEqualTo(new EventScore(1, 0, 4, 0));
    assertThat(Scores.ofTimes(List.of(device), 0).lines())
        .extracting(Scores.Line::scope)
        .containsExactly(Scope.ALL);
  }

  @Test
  void tableIsForPeopleAndCsvForPrograms() {
    var scores =
        Scores.ofFiles(
            List.of(
                device("x/a.csv", List.of(new Window(50, 59)), 50),
                device("y/\"b\".csv", List.of(), 70)),
            0);

    assertThat(ScoreTable.text(scores).lines())
        .containsExactly(
            "     rows  NAB standard  low FP  low FN  windows  hit  opens  false  precision  recall    F1",
            "all   200          94.5    89.0    96.3        1    1      2      1       0.50    1.00  0.67",
            "x     100         100.0   100.0   100.0        1    1      1      0       1.00    1.00  1.00",
            "y     100             -       -       -        0    0      1      1       0.00    1.00  0.00");
    assertThat(ScoreTable.csv(scores).lines())
        .hasSize(6)
        .contains("device,\"y/\"\"b\"\".csv\",100,,,,0,0,1,1,0.0000,1.0000,0.0000");
  }
}
