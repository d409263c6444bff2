package org.millrace.kernel.strategy.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AnswerDiversityTest {

  @Property(tries = 200)
  void expectedDistinctIsTheMeanOverAllSubsets(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(min = -1, max = 3) Integer> labels,
      @ForAll @IntRange(max = 9) int draw) {
    int n = labels.size();
    int k = Math.min(draw, n);
    long subsets = 0;
    long distinct = 0;
    for (int mask = 0; mask < 1 << n; mask++) {
      if (Integer.bitCount(mask) == k) {
        int chosen = mask;
        subsets++;
        distinct +=
            java.util.stream.IntStream.range(0, n)
                .filter(i -> (chosen >> i & 1) == 1)
                .map(labels::get)
                .filter(label -> label != AnswerDiversity.NONE)
                .distinct()
                .count();
      }
    }

    var diversity = AnswerDiversity.of(labels.stream().mapToInt(i -> i).toArray());

    assertThat(diversity.expectedDistinct(k)).isCloseTo((double) distinct / subsets, within(1e-12));
    assertThat(diversity.expectedDistinct(n)).isCloseTo(diversity.distinct(), within(1e-12));
  }

  @Test
  void coverageAndEffectiveNumberFollowByHand() {
    var diversity = AnswerDiversity.of(new int[] {7, 7, 2, -1});

    assertThat(diversity.answers()).isEqualTo(4);
    assertThat(diversity.distinct()).isEqualTo(2);
    assertThat(diversity.coverage(1)).isEqualTo((.5 + .25) / 2);
    assertThat(diversity.effective())
        .isCloseTo(Math.exp(-Math.log(2 / 3.0) * 2 / 3 - Math.log(1 / 3.0) / 3), within(1e-12));
    assertThat(AnswerDiversity.of(new int[100]).effective()).isEqualTo(1);
    assertThat(AnswerDiversity.of(new int[] {-1}).coverage(1)).isNaN();
    assertThat(AnswerDiversity.of(new int[] {-1}).effective()).isZero();
  }

  @Test
  void largeSetsStayExact() {
    var labels = new int[10_000];
    Arrays.setAll(labels, i -> i % 100);

    assertThat(AnswerDiversity.of(labels).expectedDistinct(1)).isCloseTo(1, within(1e-9));
    assertThatThrownBy(() -> AnswerDiversity.of(labels).expectedDistinct(10_001))
        .hasMessage("of 10000 answers not 10001 are drawn");
  }
}
