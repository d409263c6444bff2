package org.millrace.streaming.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class ConfirmedTimeTest {

  private static final long DAY = Duration.ofDays(1).toMillis();

  private final ConfirmedTime<String> time = new ConfirmedTime<>(Duration.ofSeconds(1));

  private void at(long ts, String clock) {
    time.onEvent(Arrival.of("x", ts, clock), ts, null);
  }

  @Test
  void followsTheNewestTimeAtADistance() {
    at(10_000, "a");
    at(9_000, "b");
    at(12_000, "b");

    assertThat(time.watermark()).isEqualTo(10_999);
  }

  @Test
  void oneClockADayAheadIsNotBelieved() {
    at(10_000, "a");
    at(DAY, "wrong");
    at(DAY + 1000, "wrong");
    at(11_000, "a");

    assertThat(time.watermark()).isEqualTo(9_999);
  }

  @Test
  void twoClocksAreBelieved() {
    at(10_000, "a");
    at(DAY, "a");
    at(DAY + 1000, "b");

    assertThat(time.watermark()).isEqualTo(DAY - 1);
  }

  /** What a stream's output was told last. */
  private static final class Told implements WatermarkOutput {

    private String last = "";

    @Override
    public void emitWatermark(Watermark watermark) {
      last = "watermark " + watermark.getTimestamp();
    }

    @Override
    public void markIdle() {
      last = "idle";
    }

    @Override
    public void markActive() {
      last = "active";
    }
  }

  private String told() {
    var output = new Told();
    time.onPeriodicEmit(output);
    return output.last;
  }

  @Test
  void whatTellsNoTimeHoldsBackNobody() {
    assertThat(told()).isEmpty();

    at(Decoder.Out.NO_TIME, "a");
    assertThat(told()).isEqualTo("idle");

    at(DAY, "a");
    assertThat(told()).isEqualTo("watermark " + (DAY - 1001));

    at(Decoder.Out.NO_TIME, "a");
    assertThat(told()).isEqualTo("idle");
    assertThat(time.watermark()).isEqualTo(DAY - 1001);
  }

  @Test
  void oneClockAloneIsBelievedInTheEnd() {
    at(10_000, "a");
    for (int i = 0; i < ConfirmedTime.PERSISTENCE; i++) {
      at(DAY + i, "a");
    }

    assertThat(time.watermark()).isEqualTo(DAY + ConfirmedTime.PERSISTENCE - 1 - 1001);
  }
}
