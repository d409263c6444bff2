package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.bestofn.ComputeMatched.Point;

class ComputeMatchedTest {

  private static final List<Point> POINTS =
      List.of(
          Point.of(4, 1, 2, .6), // cost 12
          Point.of(2, 1, 2, .5), // cost 6
          Point.of(2, 4, 2, .5), // cost 18
          Point.of(4, 2, 2, .7), // cost 20
          Point.of(8, 2, 2, .7)); // cost 40

  @Test
  void costsSolutionsAndTheirVerifications() {
    assertThat(ComputeMatched.cost(8, 32, 1)).isEqualTo(264);
    assertThat(ComputeMatched.cost(8, 0, 2)).isEqualTo(8);
    assertThatThrownBy(() -> ComputeMatched.cost(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("S=0");
  }

  @Test
  void theFrontierLeavesOutWhatIsNoBetterForMore() {
    assertThat(ComputeMatched.frontier(POINTS))
        .extracting(Point::cost)
        .containsExactly(6.0, 12.0, 20.0);
  }

  @Test
  void theBestIsTheCheapestOfEquals() {
    assertThat(ComputeMatched.best(POINTS)).contains(Point.of(4, 2, 2, .7));
  }

  @Test
  void theBestWithinABudget() {
    assertThat(ComputeMatched.bestWithin(POINTS, 19)).contains(Point.of(4, 1, 2, .6));
    assertThat(ComputeMatched.bestWithin(POINTS, 5)).isEmpty();
  }

  @Test
  void theCheapestThatReachesAValue() {
    assertThat(ComputeMatched.cheapestReaching(POINTS, .55)).contains(Point.of(4, 1, 2, .6));
    assertThat(ComputeMatched.cheapestReaching(POINTS, .8)).isEmpty();
  }
}
