package org.millrace.streaming.anomaly.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EventScoreTest {

  private static final List<Window> EVENTS =
      List.of(Window.point(100), new Window(200, 240), new Window(400, 410));

  @Test
  void countsEventsAndOpens() {
    var score = EventScore.of(new long[] {103, 205, 230, 300}, EVENTS, 5);

    assertThat(score).isEqualTo(new EventScore(3, 2, 4, 3));
    assertThat(score.falseOpens()).isEqualTo(1);
    assertThat(score.precision()).isEqualTo(.75);
    assertThat(score.recall()).isCloseTo(2 / 3., within(1e-12));
    assertThat(score.f1()).isCloseTo(2 * .75 * (2 / 3.) / (.75 + 2 / 3.), within(1e-12));
  }

  @Test
  void toleranceReachesBothWays() {
    assertThat(EventScore.of(new long[] {98}, EVENTS, 2).hits()).isEqualTo(1);
    assertThat(EventScore.of(new long[] {102}, EVENTS, 2).hits()).isEqualTo(1);
    assertThat(EventScore.of(new long[] {103}, EVENTS, 2).hits()).isZero();
  }

  @Test
  void nothingToFindAndNothingFoundIsPerfect() {
    assertThat(EventScore.of(new long[0], List.of(), 0).f1()).isEqualTo(1);
    assertThat(EventScore.of(new long[0], EVENTS, 0).f1()).isZero();
    assertThat(EventScore.of(new long[] {1}, List.of(), 0).f1()).isZero();
  }
}
