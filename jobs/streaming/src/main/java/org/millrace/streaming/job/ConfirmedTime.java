package org.millrace.streaming.job;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Bounded out-of-orderness that one wrong clock can't move: a leap of more than {@link #LEAP}
 * counts once a second clock is near it, or once the same clock has gone on from it for a while.
 * Without that, one host with its date a year ahead would make every other host's data late. A
 * partition whose last value tells no time holds back no other.
 */
final class ConfirmedTime<T> implements WatermarkGenerator<Arrival<T>> {

  /** A step ahead that one clock alone is not believed. */
  static final long LEAP = Duration.ofHours(1).toMillis();

  /** After so many values from the same clock beyond a leap it is believed. */
  static final int PERSISTENCE = 100;

  private final long outOfOrderness;
  private long now = Long.MIN_VALUE;
  private String leaper;
  private long leapt;
  private int since;
  private boolean timeless;

  ConfirmedTime(Duration outOfOrderness) {
    this.outOfOrderness = outOfOrderness.toMillis();
  }

  @Override
  public void onEvent(Arrival<T> arrival, long ts, WatermarkOutput output) {
    if (arrival.value() == null) {
      return;
    }
    timeless = ts == Decoder.Out.NO_TIME;
    if (ts <= now) {
      return;
    }
    if (now == Long.MIN_VALUE || ts - now <= LEAP) {
      now = ts;
      leaper = null;
      return;
    }
    if (leaper == null || Math.abs(ts - leapt) > LEAP) {
      leaper = arrival.clock();
      leapt = ts;
      since = 1;
    } else if (!leaper.equals(arrival.clock()) || ++since >= PERSISTENCE) {
      now = ts;
      leaper = null;
    } else {
      leapt = Math.max(leapt, ts);
    }
  }

  /** The present watermark. */
  long watermark() {
    return now == Long.MIN_VALUE ? Long.MIN_VALUE : now - outOfOrderness - 1;
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (timeless) {
      output.markIdle();
    } else if (now != Long.MIN_VALUE) {
      output.emitWatermark(new Watermark(watermark()));
    }
  }
}
