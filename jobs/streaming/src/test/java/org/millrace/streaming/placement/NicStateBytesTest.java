package org.millrace.streaming.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.millrace.streaming.placement.health.HealthRules;
import org.millrace.streaming.placement.health.NicMonitor;
import org.millrace.streaming.placement.health.NicSample;
import org.millrace.streaming.placement.health.NicState;
import org.millrace.streaming.placement.health.Signal;

class NicStateBytesTest {

  private static final long WINDOW = HealthRules.DEFAULT.windowMillis();

  private static NicSample sample(Signal signal, String series, long ts, double value) {
    return new NicSample("h", "n", signal, series, ts, value);
  }

  private static NicMonitor monitor(NicState state) {
    return new NicMonitor("h", "n", 200, HealthRules.DEFAULT, state);
  }

  @Test
  void aMonitorThatIsWrittenEachWindowSaysTheSame() throws IOException {
    var whole = monitor(NicState.NEW);
    byte[] bytes = null;
    int events = 0;

    for (int window = 0; window < 80; window++) {
      var own = monitor(NicStateBytes.read(bytes));
      for (int i = 0; i < 3; i++) {
        long ts = window * WINDOW + 10_000L * i;
        boolean bad = window >= 20 && window < 30;
        for (var each : new NicMonitor[] {whole, own}) {
          each.add(sample(Signal.STATE, "", ts, bad && window % 2 == 0 ? 1 : 4));
          each.add(sample(Signal.DISCARDS, "rx", ts, bad ? 40 * window : 0));
          each.add(sample(Signal.BUS_BANDWIDTH, "a", ts, bad ? 5 : 20));
        }
      }
      var expected = whole.advance((window + 1) * WINDOW - 1);
      assertThat(own.advance((window + 1) * WINDOW - 1)).isEqualTo(expected);
      events += expected.size();
      bytes = NicStateBytes.write(own.state());
    }

    assertThat(events).isEqualTo(2);
    assertThat(monitor(NicStateBytes.read(bytes)).isDegraded()).isFalse();
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> NicStateBytes.read(new byte[] {9}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 9, this release reads 2");
  }
}
