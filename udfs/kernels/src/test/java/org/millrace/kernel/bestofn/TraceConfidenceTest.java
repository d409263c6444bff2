package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TraceConfidenceTest {

  private static final double[] TRACE = {4, 4, 1, 1, 4, 4, 4, 7};

  @Test
  void aTokensConfidenceIsMinusTheMeanOfItsLogarithms() {
    assertThat(TraceConfidence.ofToken(new double[] {-.5, -2, -3.5})).isEqualTo(2);
    assertThat(TraceConfidence.ofToken(new double[0])).isNaN();
  }

  @Test
  void groupsSlideByOneToken() {
    assertThat(TraceConfidence.groups(TRACE, 2)).containsExactly(4, 2.5, 1, 2.5, 4, 4, 5.5);
  }

  @Test
  void eachScoreOfATrace() {
    assertThat(TraceConfidence.LOWEST_GROUP.of(TRACE, 2)).isEqualTo(1);
    assertThat(TraceConfidence.TAIL.of(TRACE, 2)).isEqualTo(5.5);
    assertThat(TraceConfidence.MEAN.of(TRACE, 2)).isEqualTo(29 / 8.0);
    // Seven groups: a tenth is less than one, so one.
    assertThat(TraceConfidence.BOTTOM_TENTH.of(TRACE, 2)).isEqualTo(1);
  }

  @Test
  void theBottomTenthOfManyGroups() {
    var trace = new double[20];
    for (int i = 0; i < trace.length; i++) {
      trace[i] = 20 - i;
    }

    // Groups of one token: 1 to 20, and the two least of them.
    assertThat(TraceConfidence.BOTTOM_TENTH.of(trace, 1)).isEqualTo(1.5);
  }

  @Test
  void aTraceShorterThanTheWindowIsOneGroup() {
    for (var score : TraceConfidence.values()) {
      assertThat(score.of(new double[] {1, 2}, TraceConfidence.DEFAULT_WINDOW)).isEqualTo(1.5);
      assertThat(score.of(new double[0], 8)).isNaN();
    }
  }

  @Test
  void aTraceStopsAtTheEndOfItsFirstUnsureGroup() {
    assertThat(TraceConfidence.stopsAt(TRACE, 2, 2)).isEqualTo(4);
    assertThat(TraceConfidence.stopsAt(TRACE, 2, 3)).isEqualTo(3);
    assertThat(TraceConfidence.stopsAt(TRACE, 2, 1)).isEqualTo(8);
    // It isn't judged before a group is whole.
    assertThat(TraceConfidence.stopsAt(TRACE, 9, 100)).isEqualTo(8);
  }

  @Test
  void theThresholdIsWhatTheSurestReach() {
    var scores = new double[] {5, 1, 4, 2, 3};

    assertThat(TraceConfidence.threshold(scores, .25)).isEqualTo(4);
    assertThat(TraceConfidence.threshold(scores, .9)).isCloseTo(1.4, within(1e-12));
    assertThat(TraceConfidence.threshold(scores, 1)).isEqualTo(1);
    assertThatThrownBy(() -> TraceConfidence.threshold(scores, 0))
        .hasMessageContaining("above 0 to 1");
  }

  @Property
  void groupsAreTheMeansOfTheirTokens(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 30) Double> confidences,
      @ForAll @IntRange(min = 1, max = 50) int window) {
    var trace = confidences.stream().mapToDouble(c -> c).toArray();
    int size = Math.min(window, trace.length);

    var groups = TraceConfidence.groups(trace, window);

    assertThat(groups).hasSize(trace.length - size + 1);
    for (int i = 0; i < groups.length; i++) {
      double mean = Arrays.stream(trace, i, i + size).average().orElseThrow();
      assertThat(groups[i]).isCloseTo(mean, within(1e-9));
    }
    assertThat(TraceConfidence.LOWEST_GROUP.of(trace, window))
        .isLessThanOrEqualTo(TraceConfidence.BOTTOM_TENTH.of(trace, window) + 1e-9);
  }
}
