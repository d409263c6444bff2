package org.millrace.streaming.anomaly.rola;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.streaming.anomaly.FerryBox;
import org.millrace.streaming.anomaly.detect.LstmInput;
import org.millrace.streaming.anomaly.detect.RePad2Config;

/**
 * Against what another implementation of the same specification reached with other random weights:
 * for three seeds each, its least and largest figure. A figure of ours may be outside by as much as
 * those lie apart, and by no less than one; precision likewise, by no less than 0.05.
 */
class FerryBoxTest {

  private static final long[] SEEDS = {140, 141, 142};

  /** What a run came to. */
  private record Outcome(
      int reports, double precision, int events, int episodes, int falseOpens, int mostPerEvent) {}

  @ParameterizedTest
  @EnumSource(LstmInput.class)
  void paperIsWithinTheSpreadOfSeeds(LstmInput input) throws IOException {
    boolean index = input == LstmInput.INDEX;
    var config =
        RePad2Config.paper().withDenominator(RePad2Config.Denominator.UNIT).withInput(input);
    for (var outcome : outcomes(config, MonitorConfig.paper())) {
      if (index) {
        assertThat(outcome.reports).isBetween(19 - 6, 25 + 6);
        assertThat(outcome.precision).isBetween(0.64 - 0.15, 0.79 + 0.15);
        assertThat(outcome.events).isBetween(2 - 1, 3 + 1);
      } else {
        assertThat(outcome.reports).isBetween(18 - 3, 21 + 3);
        assertThat(outcome.precision).isBetween(0.71 - 0.12, 0.83 + 0.12);
        assertThat(outcome.events).isBetween(3 - 1, 3 + 1);
      }
      assertThat(outcome.episodes).isBetween(3 - 1, 4 + 1);
      assertThat(outcome.falseOpens).isBetween(0, 1 + 1);
    }
  }

  @ParameterizedTest
  @EnumSource(LstmInput.class)
  void guardedFindsEveryEventOnceWithAtMostTwoFalseAlarms(LstmInput input) throws IOException {
    for (var outcome : outcomes(RePad2Config.guarded().withInput(input), MonitorConfig.guarded())) {
      assertThat(outcome.events).isEqualTo(4);
      assertThat(outcome.mostPerEvent).isEqualTo(1);
      assertThat(outcome.falseOpens).isLessThanOrEqualTo(2);
      assertThat(outcome.episodes).isLessThanOrEqualTo(4 + 2);
      assertThat(outcome.precision).isGreaterThan(0.6);
    }
  }

  private static List<Outcome> outcomes(RePad2Config detector, MonitorConfig config)
      throws IOException {
    var ferryBox = FerryBox.load();
    return LongStream.of(SEEDS)
        .mapToObj(seed -> outcome(ferryBox, events(ferryBox, detector.withSeed(seed), config)))
        .toList();
  }

  private static List<MonitorEvent> events(
      FerryBox ferryBox, RePad2Config detector, MonitorConfig config) {
    var monitor =
        new DeviceMonitor("ship", config, DetectorFactory.rePad2(detector), ChunkStore.inMemory());
    var events = new ArrayList<MonitorEvent>();
    for (int t = 0; t < ferryBox.times().length; t++) {
      events.addAll(monitor.observe(ferryBox.times()[t], ferryBox.names(), ferryBox.rows()[t]));
    }
    return events;
  }

  private static Outcome outcome(FerryBox ferryBox, List<MonitorEvent> said) {
    var reports = times(of(Report.class, said).map(Report::ts));
    var opened =
        times(
            of(Alert.class, said)
                .filter(alert -> alert.kind() == Alert.Kind.OPEN)
                .map(Alert::openTs));
    long right = reports.stream().filter(ferryBox.labels()::contains).count();
    var hits = ferryBox.events().stream().map(event -> within(event, reports, 0)).toList();
    var openedAt = ferryBox.events().stream().map(event -> within(event, opened, 5)).toList();
    return new Outcome(
        reports.size(),
        (double) right / reports.size(),
        (int) hits.stream().filter(n -> n > 0).count(),
        opened.size(),
        (int) opened.stream().filter(ts -> !ferryBox.nearLabel(ts)).count(),
        openedAt.stream().mapToInt(n -> n).max().orElse(0));
  }

  private static <T extends MonitorEvent> Stream<T> of(Class<T> kind, List<MonitorEvent> said) {
    return said.stream().filter(kind::isInstance).map(kind::cast);
  }

  private static List<Long> times(Stream<Long> times) {
    return times.toList();
  }

  private static int within(long[] event, List<Long> times, int minutes) {
    return (int)
        times.stream()
            .filter(ts -> ts >= event[0] - minutes * 60_000L && ts <= event[1] + minutes * 60_000L)
            .count();
  }
}
