package org.millrace.streaming.placement.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.streaming.placement.health.HealthEvent.Change;

class NicMonitorTest {

  private static final long WINDOW = 30_000;
  private static final long START = 60_000_000;

  private final NicMonitor monitor = monitor(NicState.NEW);

  private static NicMonitor monitor(NicState state) {
    return new NicMonitor("n1", "mlx5_0", 400, HealthRules.DEFAULT, state);
  }

  private static NicSample sample(Signal signal, long ts, double value) {
    return new NicSample("n1", "mlx5_0", signal, "", ts, value);
  }

  /** A scrape of a link that is all right. */
  private static List<NicSample> good(long ts, double downs) {
    return List.of(
        sample(Signal.STATE, ts, 4),
        sample(Signal.PHYSICAL_STATE, ts, 5),
        sample(Signal.RATE, ts, 400),
        sample(Signal.DISCARDS, ts, 7),
        sample(Signal.LINK_DOWNED, ts, downs));
  }

  private List<HealthEvent> window(int number, List<NicSample> samples) {
    samples.forEach(monitor::add);
    return monitor.advance(START + (number + 1) * WINDOW - 1);
  }

  private static long in(int number) {
    return START + number * WINDOW + 10_000;
  }

  @Test
  void healthyLinkIsSilent() {
    for (int i = 0; i < 100; i++) {
      assertThat(window(i, good(in(i), 3))).isEmpty();
    }

    assertThat(monitor.isDegraded()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "STATE,1",
    "STATE,3",
    "STATE,5",
    "PHYSICAL_STATE,3",
    "PHYSICAL_STATE,0",
    "RATE,359.9",
    "RATE,0"
  })
  void badGaugeOpensAnEpisodeWithItsWindow(Signal signal, double value) {
    window(0, good(in(0), 3));

    var events = window(1, List.of(sample(signal, in(1), value)));

    assertThat(events)
        .containsExactly(
            new HealthEvent(
                "n1",
                "mlx5_0",
                Change.DEGRADED,
                1,
                START + WINDOW,
                START + 2 * WINDOW,
                Set.of(Cause.of(signal))));
  }

  @Test
  void rateOfNineTenthsIsEnough() {
    assertThat(window(0, List.of(sample(Signal.RATE, in(0), 360)))).isEmpty();
  }

  @Test
  void nothingIsSaidBeforeTheWatermarkPassesTheWindow() {
    monitor.add(sample(Signal.STATE, in(0), 1));

    assertThat(monitor.advance(START + WINDOW - 2)).isEmpty();
    assertThat(monitor.advance(START + WINDOW - 1)).hasSize(1);
    assertThat(monitor.advance(START + WINDOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LINK_DOWNED,1", "DISCARDS,30"})
  void risingCounterOpensAnEpisode(Signal counter, int rise) {
    assertThat(window(0, List.of(sample(counter, in(0), 1_000)))).isEmpty();
    assertThat(window(1, List.of(sample(counter, in(1), 1_000)))).isEmpty();

    assertThat(window(2, List.of(sample(counter, in(2), 1_000 + rise))))
        .extracting(HealthEvent::causes)
        .containsExactly(Set.of(Cause.of(counter)));
  }

  @ParameterizedTest
  @CsvSource({"1", "29"})
  void fewPacketsThrownAwayAreNoTrouble(int discards) {
    for (int i = 0; i < 50; i++) {
      assertThat(window(i, List.of(sample(Signal.DISCARDS, in(i), 1_000 + i * discards))))
          .isEmpty();
    }
  }

  @Test
  void discardsOfALongSilenceAreSpreadOverIt() {
    window(0, List.of(sample(Signal.DISCARDS, in(0), 0)));

    assertThat(window(10, List.of(sample(Signal.DISCARDS, in(10), 299)))).isEmpty();
    assertThat(window(20, List.of(sample(Signal.DISCARDS, in(20), 599)))).hasSize(1);
  }

  @Test
  void discardsOfOneWindowAddUp() {
    window(0, List.of(sample(Signal.DISCARDS, in(0) + 15_000, 0)));
    var samples = new ArrayList<NicSample>();
    for (int i = 1; i <= 3; i++) {
      samples.add(sample(Signal.DISCARDS, START + WINDOW + i * 8_000L, 10 * i));
    }

    assertThat(window(1, samples)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"79,true", "48,true", "31,false", "13,false", "0,false"})
  void brokenHardwareOfAGpuOpensAnEpisode(int xid, boolean opens) {
    assertThat(window(0, List.of(sample(Signal.GPU_ERROR, in(0), xid)))).hasSize(opens ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"64,64,0,true", "8,8,8,true", "64,0,0,false", "4,4,4,false", "1,1,0,false"})
  void clockThatIsHeldDownForMostOfAWindowOpensAnEpisode(
      int first, int second, int third, boolean opens) {
    var samples =
        List.of(
            sample(Signal.GPU_SLOWDOWN, in(0), first),
            sample(Signal.GPU_SLOWDOWN, in(0) + 1, second),
            sample(Signal.GPU_SLOWDOWN, in(0) + 2, third));

    assertThat(window(0, samples)).hasSize(opens ? 1 : 0);
  }

  @Test
  void counterThatBeginsAnewHasNotRisen() {
    window(0, List.of(sample(Signal.LINK_DOWNED, in(0), 40)));

    assertThat(window(1, List.of(sample(Signal.LINK_DOWNED, in(1), 0)))).isEmpty();
    assertThat(window(2, List.of(sample(Signal.LINK_DOWNED, in(2), 0)))).isEmpty();
    assertThat(window(3, List.of(sample(Signal.LINK_DOWNED, in(3), 1)))).hasSize(1);
  }

  @Test
  void countersOfOneSignalAreKeptApart() {
    var received = new NicSample("n1", "mlx5_0", Signal.DISCARDS, "in", in(0), 5);
    var sent = new NicSample("n1", "mlx5_0", Signal.DISCARDS, "out", in(0) + 1, 900);
    var next = new NicSample("n1", "mlx5_0", Signal.DISCARDS, "in", in(1), 5);

    assertThat(window(0, List.of(received, sent))).isEmpty();
    assertThat(window(1, List.of(next))).isEmpty();
  }

  @Test
  void gapInTheSamplesSaysNothing() {
    window(0, good(in(0), 3));

    assertThat(monitor.advance(START + 500 * WINDOW)).isEmpty();
    assertThat(window(501, good(in(501), 3))).isEmpty();
    assertThat(window(502, good(in(502), 4))).hasSize(1);
  }

  @Test
  void lateSampleIsNotTaken() {
    window(5, good(in(5), 3));

    assertThat(monitor.add(sample(Signal.STATE, in(5), 1))).isFalse();
    assertThat(monitor.add(sample(Signal.STATE, in(6), 1))).isTrue();
  }

  @Test
  void recoveryTakesTenGoodWindows() {
    window(0, List.of(sample(Signal.STATE, in(0), 1)));
    for (int i = 1; i <= 9; i++) {
      assertThat(window(i, good(in(i), 3))).isEmpty();
    }

    var events = window(10, good(in(10), 3));

    assertThat(events)
        .containsExactly(
            new HealthEvent(
                "n1",
                "mlx5_0",
                Change.RECOVERED,
                1,
                START + 10 * WINDOW,
                START + 11 * WINDOW,
                Set.of(Cause.STATE)));
    assertThat(monitor.isDegraded()).isFalse();
  }

  @Test
  void windowThatTellsNothingOfTheCauseIsNotGood() {
    window(0, List.of(sample(Signal.STATE, in(0), 1)));

    for (int i = 1; i <= 30; i++) {
      assertThat(window(i, List.of(sample(Signal.RATE, in(i), 400)))).isEmpty();
    }

    assertThat(monitor.isDegraded()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"2,1", "9,1", "10,1", "12,2", "19,2", "25,3", "40,3"})
  void flappingIsFewEpisodes(int period, int most) {
    int opened = 0;
    for (int i = 0; i < 240; i++) {
      var samples = i % period == 0 ? List.of(sample(Signal.STATE, in(i), 1)) : good(in(i), 3);
      opened +=
          (int) window(i, samples).stream().filter(e -> e.change() == Change.DEGRADED).count();
    }

    assertThat(opened).isBetween(1, most);
  }

  @Test
  void bandwidthBelowItsBaselineMustLastThreeWindows() {
    for (int i = 0; i < 20; i++) {
      assertThat(window(i, bus(i, 180 + i % 3))).isEmpty();
    }

    assertThat(window(20, bus(20, 120))).isEmpty();
    assertThat(window(21, bus(21, 120))).isEmpty();
    assertThat(window(22, bus(22, 120)))
        .extracting(HealthEvent::causes)
        .containsExactly(Set.of(Cause.BUS_BANDWIDTH));
  }

  @Test
  void shortDropOfBandwidthIsNothing() {
    for (int i = 0; i < 60; i++) {
      assertThat(window(i, bus(i, i % 3 == 0 || i < 20 ? 180 : 120))).isEmpty();
    }
  }

  @Test
  void smallCollectivesAreNotMeasuredByLargeOnes() {
    for (int i = 0; i < 20; i++) {
      window(i, bus(i, 180));
    }

    for (int i = 20; i < 40; i++) {
      var small = new NicSample("n1", "mlx5_0", Signal.BUS_BANDWIDTH, "small", in(i), 2);
      assertThat(window(i, List.of(small))).isEmpty();
    }
  }

  @Test
  void bandwidthIsForgottenWhereNoCollectiveRuns() {
    for (int i = 0; i < 23; i++) {
      window(i, bus(i, i < 20 ? 180 : 100));
    }
    assertThat(monitor.isDegraded()).isTrue();

    assertThat(monitor.advance(START + 142 * WINDOW - 1)).isEmpty();
    assertThat(monitor.advance(START + 144 * WINDOW - 1))
        .extracting(HealthEvent::change)
        .containsExactly(Change.RECOVERED);
  }

  @Test
  void endOfTheInputClosesWindowsButNoEpisode() {
    monitor.add(sample(Signal.STATE, in(0), 1));

    assertThat(monitor.advance(Long.MAX_VALUE))
        .extracting(HealthEvent::change)
        .containsExactly(Change.DEGRADED);
    assertThat(monitor.isDegraded()).isTrue();
  }

  private static List<NicSample> bus(int window, double value) {
    return List.of(
        new NicSample("n1", "mlx5_0", Signal.BUS_BANDWIDTH, "AllReduce", in(window), value),
        new NicSample("n1", "mlx5_0", Signal.BUS_BANDWIDTH, "AllReduce", in(window) + 9, value));
  }

  /** A history with drops, resets and gaps, in order of time. */
  private static List<NicSample> history(Random random) {
    var samples = new ArrayList<NicSample>();
    double downs = 3;
    for (int i = 0; i < 120; i++) {
      if (random.nextInt(10) == 0) {
        continue;
      }
      if (random.nextInt(25) == 0) {
        downs = random.nextBoolean() ? downs + 1 : 0;
      }
      samples.addAll(good(in(i), downs));
      samples.addAll(bus(i, random.nextInt(12) == 0 ? 90 : 180));
      if (random.nextInt(30) == 0) {
        samples.add(sample(Signal.STATE, in(i) + 5_000, 1));
      }
    }
    return samples;
  }

  @Property(tries = 100)
  void orderOfArrivalAndStepsOfTheWatermarkDoNotMatter(@ForAll @IntRange(min = 0) int seed) {
    var random = new Random(seed);
    var samples = history(random);
    var whole = monitor(NicState.NEW);
    samples.forEach(whole::add);
    var expected = whole.advance(START + 121 * WINDOW);

    var shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, random);
    var one = monitor(NicState.NEW);
    shuffled.forEach(one::add);
    var stepped = new ArrayList<HealthEvent>();
    for (long at = START; at < START + 121 * WINDOW; at += 1 + random.nextInt(90_000)) {
      stepped.addAll(one.advance(at));
    }
    stepped.addAll(one.advance(START + 121 * WINDOW));

    assertThat(stepped).isEqualTo(expected);
  }

  @Property(tries = 100)
  void restoredMonitorGoesOnAsIfNothingHappened(@ForAll @IntRange(min = 0) int seed) {
    var random = new Random(seed);
    var samples = history(random);
    var unbroken = monitor(NicState.NEW);
    var restored = monitor(NicState.NEW);
    for (var sample : samples) {
      unbroken.add(sample);
      restored.add(sample);
      if (random.nextInt(5) == 0) {
        assertThat(restored.advance(sample.ts())).isEqualTo(unbroken.advance(sample.ts()));
        restored = monitor(restored.state());
      }
    }

    assertThat(restored.advance(Long.MAX_VALUE)).isEqualTo(unbroken.advance(Long.MAX_VALUE));
  }

  @Property(tries = 100)
  void episodesOpenAndCloseInTurn(@ForAll @IntRange(min = 0) int seed) {
    var samples = history(new Random(seed));
    var watched = monitor(NicState.NEW);
    samples.forEach(watched::add);

    var events = watched.advance(START + 121 * WINDOW);

    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).change()).isEqualTo(i % 2 == 0 ? Change.DEGRADED : Change.RECOVERED);
      assertThat(events.get(i).episode()).isEqualTo(1 + i / 2);
    }
  }
}
