package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenCounterTest {

  @Test
  void startsAnewAfterADrop() {
    // 10, +15, then a new run: 4, +2.
    assertThat(TokenCounter.total(new long[] {10, 25, 4, 6})).isEqualTo(31);
  }

  @Test
  void tellsTheIncrease() {
    var counter = new TokenCounter();

    assertThat(counter.add(10)).isEqualTo(10);
    assertThat(counter.add(10)).isZero();
    assertThat(counter.add(7)).isEqualTo(7);
    assertThat(counter.total()).isEqualTo(17);
  }

  @Property(tries = 200)
  void withoutADropTheLastReadingIsTheTotal(
      @ForAll @Size(min = 1, max = 20) List<@LongRange(max = 1000) Long> increases) {
    var readings = increases.stream().mapToLong(Long::longValue).toArray();
    for (int i = 1; i < readings.length; i++) {
      readings[i] += readings[i - 1];
    }

    assertThat(TokenCounter.total(readings)).isEqualTo(readings[readings.length - 1]);
  }

  @Test
  void refusesNegativeReadings() {
    assertThatThrownBy(() -> new TokenCounter().add(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }
}
