package org.millrace.streaming.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Offsets of hosts' clocks. */
class HostClocksTest {

  @Test
  void anOffsetIsTheMedianDifferenceFromTheMedianEnd() {
    var clocks = new HostClocks();

    clocks.observe(Map.of("a", 1000L, "b", 1010L, "c", 6000L));
    clocks.observe(Map.of("a", 2000L, "b", 2010L, "c", 7004L));
    clocks.observe(Map.of("a", 3000L, "b", 3010L, "c", 8002L));

    assertThat(clocks.offsetUs("a")).isEqualTo(-10);
    assertThat(clocks.offsetUs("b")).isZero();
    assertThat(clocks.offsetUs("c")).isEqualTo(4992);
  }

  @Test
  void aFewStrayEndsDontMoveIt() {
    var clocks = new HostClocks();
    var random = new Random(3);

    for (int sn = 0; sn < 50; sn++) {
      long stray = sn % 10 == 9 ? 400_000 : random.nextInt(20);
      clocks.observe(Map.of("a", sn * 1000L, "b", sn * 1000L + 5, "c", sn * 1000L + 90 + stray));
    }

    assertThat(clocks.offsetUs("c")).isBetween(85L, 105L);
  }

  @Test
  void aClockThatIsSetIsFollowedAfterHalfAWindow() {
    var clocks = new HostClocks();

    for (int sn = 0; sn < HostClocks.WINDOW; sn++) {
      clocks.observe(Map.of("a", 0L, "b", 0L, "c", 100L));
    }
    for (int sn = 0; sn <= HostClocks.WINDOW / 2; sn++) {
      clocks.observe(Map.of("a", 0L, "b", 0L, "c", -900L));
    }

    assertThat(clocks.offsetUs("c")).isEqualTo(-900);
    assertThat(clocks.history().get("c")).hasSize(HostClocks.WINDOW);
  }

  @Test
  void aHostAloneHasNone() {
    var clocks = new HostClocks();

    clocks.observe(Map.of("a", 1234L));

    assertThat(clocks.offsetUs("a")).isZero();
  }
}
