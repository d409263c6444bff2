package org.millrace.streaming.anomaly.rola;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.streaming.anomaly.detect.RePad2Config;

class DeviceMonitorTest {

  private static final List<String> NAMES = List.of("in", "out", "alone");
  private static final long MINUTE = 60_000;

  @Test
  void aJumpOfTwoPartnersIsOneEpisodeThatCloses() {
    var monitor = monitor(MonitorConfig.guarded());
    var events = run(monitor, 400, 520, t -> t >= 450 && t < 453 ? 30 : 0, t -> 0);

    var alerts = of(Alert.class, events).toList();

    assertThat(alerts.get(0).kind()).isEqualTo(Alert.Kind.OPEN);
    assertThat(alerts.get(0).openTs()).isEqualTo(450 * MINUTE);
    assertThat(alerts.get(0).variables())
        .extracting(VariableScore::name, VariableScore::direction)
        .containsExactly(tuple("in", Direction.UP), tuple("out", Direction.UP));
    assertThat(alerts.get(0).partners()).extracting(PartnerVote::agreed).containsOnly(true);
    assertThat(alerts.get(0).variables().stream().mapToDouble(VariableScore::attribution).sum())
        .isCloseTo(1, within(1e-12));
    var last = alerts.get(alerts.size() - 1);
    assertThat(last.kind()).isEqualTo(Alert.Kind.CLOSE);
    assertThat(alerts).extracting(Alert::alertId).containsOnly(last.alertId());
  }

  @Test
  void aLevelThatStaysClosesByItself() {
    var events = run(monitor(MonitorConfig.guarded()), 400, 600, t -> t >= 450 ? 40 : 0, t -> 0);

    assertThat(of(Alert.class, events).map(Alert::kind))
        .startsWith(Alert.Kind.OPEN)
        .endsWith(Alert.Kind.CLOSE)
        .containsOnlyOnce(Alert.Kind.OPEN, Alert.Kind.CLOSE);
  }

  @ParameterizedTest
  @CsvSource({"DROP, 0", "LOW, 1", "SEVERE, 1"})
  void whatHasNoPartnerGoesItsOwnWay(MonitorConfig.NoPartner policy, int opened) {
    var monitor = monitor(MonitorConfig.guarded().withNoPartner(policy));
    var events = run(monitor, 400, 520, t -> 0, t -> t == 450 ? 500 : 0);

    var opens = of(Alert.class, events).filter(alert -> alert.kind() == Alert.Kind.OPEN).toList();

    assertThat(opens).hasSize(opened);
    assertThat(of(Partnerless.class, events))
        .contains(new Partnerless("ship", 450 * MINUTE, List.of("alone")));
    boolean low = policy == MonitorConfig.NoPartner.LOW;
    assertThat(opens).allMatch(alert -> low == (alert.severity() == Severity.INFO));
    assertThat(opens).allMatch(alert -> alert.detector().equals(low ? "rola-alone" : "rola"));
  }

  /** Without outliers left out, as in the paper, it is one value that hides the partnership. */
  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void aLoneOutlierDoesNotHideWhoIsAPartner(boolean guarded, boolean reported) {
    var config = guarded ? MonitorConfig.guarded() : MonitorConfig.paper();
    var events = pair(config, 1000, t -> t == 900 ? 60 : 0, t -> t == 450 ? 400 : 0);

    var reports = of(Report.class, events).filter(report -> report.ts() == 900 * MINUTE).toList();

    assertThat(of(Report.class, events)).noneMatch(report -> report.ts() == 450 * MINUTE);
    assertThat(reports.stream().flatMap(report -> report.variables().stream()))
        .extracting(VariableScore::name)
        .isEqualTo(reported ? List.of("in", "out") : List.of());
    assertThat(of(Partnerless.class, events).anyMatch(lone -> lone.ts() == 900 * MINUTE))
        .isNotEqualTo(reported);
  }

  @Test
  void outliersTogetherMakePartners() {
    var apart = new Random(5);
    Shift noise = t -> 3 * apart.nextGaussian();
    var events = pair(MonitorConfig.guarded(), 460, t -> t == 450 ? 400 : 0, noise);

    var reports = of(Report.class, events).toList();

    assertThat(events).contains(new Partnerless("ship", 450 * MINUTE, List.of("in", "out")));
    assertThat(reports).extracting(Report::ts).startsWith(451 * MINUTE);
    assertThat(reports.get(0).partners()).extracting(PartnerVote::agreed).containsOnly(true);
  }

  @Test
  void theOnlyVariableOfADeviceNeedsNoPartner() {
    var monitor = monitor(MonitorConfig.guarded());
    var random = new Random(1);
    var events = new ArrayList<MonitorEvent>();
    for (int t = 0; t < 300; t++) {
      double value = 20 + random.nextGaussian() + (t == 250 ? 100 : 0);
      events.addAll(monitor.observe(t * MINUTE, List.of("cpu"), new double[] {value}));
    }

    assertThat(of(Report.class, events).map(Report::ts)).contains(250 * MINUTE);
  }

  @ParameterizedTest
  @CsvSource({
    "BOTH, 0, 0, true",
    "UP, 0, 0, true",
    "DOWN, 0, 0, false",
    "BOTH, 100, 0, false",
    "BOTH, 0, 9, false"
  })
  void filtersSayWhatMatters(Direction direction, double absolute, double relative, boolean heard) {
    var filter = new Filter(direction, absolute, relative);
    var config = MonitorConfig.guarded().withFilters(filter, Map.of("alone", Filter.NONE));
    var events = run(monitor(config), 400, 451, t -> t == 450 ? 30 : 0, t -> 0);

    assertThat(of(Report.class, events).anyMatch(report -> report.ts() == 450 * MINUTE))
        .isEqualTo(heard);
  }

  @Test
  void aFilteredPartnerStillConfirms() {
    var down = new Filter(Direction.DOWN, 0, 0);
    var config = MonitorConfig.guarded().withFilters(Filter.NONE, Map.of("out", down));
    var events = run(monitor(config), 400, 451, t -> t == 450 ? 30 : 0, t -> 0);

    var report =
        of(Report.class, events).filter(r -> r.ts() == 450 * MINUTE).findFirst().orElseThrow();

    assertThat(report.variables()).extracting(VariableScore::name).containsExactly("in");
    assertThat(report.partners()).extracting(PartnerVote::name).contains("out");
  }

  @Test
  void absentValuesMakeAVariableStaleAfterTenRowsAndItWarmsUpAgain() {
    var monitor = monitor(MonitorConfig.guarded());
    run(monitor, 400, 400, t -> 0, t -> 0);
    for (int t = 400; t < 410; t++) {
      assertThat(monitor.statuses().get("in")).isNotEqualTo(SeriesStatus.STALE);
      double absent = t % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
      monitor.observe(t * MINUTE, NAMES, new double[] {absent, 10, 5});
    }
    assertThat(monitor.statuses().get("in")).isEqualTo(SeriesStatus.STALE);

    var events = monitor.observe(410 * MINUTE, NAMES, new double[] {10, 10, 5});

    assertThat(events)
        .contains(
            new StatusChange(
                "ship", "in", 410 * MINUTE, SeriesStatus.STALE, SeriesStatus.WARMING_UP, true));
  }

  @Test
  void aGapWarmsUpAndAnIrregularRateDoesNot() {
    var monitor = monitor(MonitorConfig.guarded());
    var random = new Random(4);
    long ts = 0;
    for (int t = 0; t < 200; t++) {
      ts += MINUTE + random.nextInt(3) * MINUTE;
      monitor.observe(ts, List.of("x"), new double[] {20 + random.nextGaussian()});
    }
    assertThat(monitor.statuses()).doesNotContainValue(SeriesStatus.WARMING_UP);

    var events = monitor.observe(ts + 60 * MINUTE, List.of("x"), new double[] {20});

    assertThat(of(StatusChange.class, events).toList())
        .extracting(StatusChange::to, StatusChange::afterGap)
        .containsExactly(tuple(SeriesStatus.WARMING_UP, true));
  }

  @Test
  void variablesMayJoinAndBeNamedInAnyOrder() {
    var monitor = monitor(MonitorConfig.guarded());
    monitor.observe(1, List.of("a"), new double[] {1});
    monitor.observe(2, List.of("b", "a"), new double[] {2, 1});
    monitor.observe(3, List.of("c"), new double[] {3});

    assertThat(monitor.statuses().keySet()).containsExactly("a", "b", "c");
  }

  @Test
  void refusesRowsOutOfOrderOrOfTwoLengths() {
    var monitor = monitor(MonitorConfig.guarded());
    monitor.observe(5, List.of("a"), new double[] {1});

    assertThatThrownBy(() -> monitor.observe(5, List.of("a"), new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Row of ship at 5 does not come after 5: sort the rows by time");
    assertThatThrownBy(() -> monitor.observe(6, List.of("a"), new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Row of ship at 6 has 1 names and 2 values");
  }

  @Test
  void refusesNamesThatAreNone() {
    var monitor = monitor(MonitorConfig.guarded());

    assertThatThrownBy(() -> monitor.observe(1, List.of("x".repeat(1025)), new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A variable of ship has a name of 1025 characters, more than 1024");
    assertThat(monitor.statuses()).isEmpty();
  }

  @Test
  void anIdleDeviceClosesItsEpisode() {
    var monitor = monitor(MonitorConfig.guarded());
    run(monitor, 400, 455, t -> t >= 450 ? 30 : 0, t -> 0);

    assertThat(monitor.expire(monitor.expiry() - 1)).isEmpty();
    assertThat(monitor.expire(monitor.expiry()))
        .singleElement()
        .extracting(event -> ((Alert) event).kind())
        .isEqualTo(Alert.Kind.CLOSE);
  }

  @Property(tries = 25)
  void goesOnAfterBeingWrittenAndReadAtAnyRow(
      @ForAll @IntRange(min = 0, max = 599) int at, @ForAll boolean paper) throws IOException {
    var config =
        paper
            ? MonitorConfig.paper()
            : MonitorConfig.guarded().withNoPartner(MonitorConfig.NoPartner.LOW);
    var whole = monitor(config);
    var store = ChunkStore.inMemory();
    var parted = new DeviceMonitor("ship", config, factory(), store);
    var random = new Random(at);
    long ts = 0;
    for (int t = 0; t < 600; t++) {
      if (t == at) {
        parted = DeviceMonitor.read(in(written(parted)), "ship", config, factory(), store);
      }
      ts += random.nextInt(150) == 0 ? 40 * MINUTE : MINUTE;
      double shift = t % 90 > 84 ? 25 : 0;
      double both = 20 + 4 * random.nextGaussian() + shift;
      double absent = random.nextInt(20) == 0 || t > 300 && t < 320 ? Double.NaN : both;
      double[] values = {absent, 2 * both, 9 + random.nextGaussian() + (t % 77 == 0 ? 90 : 0)};

      assertThat(parted.observe(ts, NAMES, values)).isEqualTo(whole.observe(ts, NAMES, values));
    }
    assertThat(written(parted)).isEqualTo(written(whole));
  }

  @Test
  void refusesTheStateOfAnUnknownVersion() {
    assertThatThrownBy(
            () ->
                DeviceMonitor.read(
                    in(new byte[] {7}),
                    "ship",
                    MonitorConfig.guarded(),
                    factory(),
                    ChunkStore.inMemory()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("State of ship has version 7, this release reads 1 to 2");
  }

  /**
   * The resource holds what the first build wrote after 200 rows, its full chunks, and the reports
   * of the next 200: row, variables, score.
   */
  @Test
  void aStateOfVersionOneGoesOnAsRecorded() throws IOException {
    var lines = resource("monitor-v1.txt").split("\n");
    var store = ChunkStore.inMemory();
    for (var chunk : lines[1].split(" ")) {
      store.put(Chunk.read(in(HexFormat.of().parseHex(chunk))));
    }

    var monitor =
        DeviceMonitor.read(
            in(HexFormat.of().parseHex(lines[0])),
            "ship",
            MonitorConfig.guarded(),
            factory(),
            store);

    assertThat(continuation(monitor)).isEqualTo(lines[2]);
  }

  private static String continuation(DeviceMonitor monitor) {
    var said = new StringBuilder();
    for (int t = 200; t < 400; t++) {
      double in = 20 + t * 7 % 5 * 0.25 + (t == 250 ? 400 : 0);
      double[] values = {in, 3 * in + t * 11 % 7 * 0.01};
      for (var event : monitor.observe(t * MINUTE, List.of("in", "out"), values)) {
        if (event instanceof Report report) {
          said.append("%d %d %s;".formatted(t, report.variables().size(), report.score()));
        }
      }
    }
    return said.toString();
  }

  private static String resource(String name) throws IOException {
    try (var in = DeviceMonitorTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  @Property(tries = 300)
  void aDamagedStateIsRefusedOrReadButNeverMore(
      @ForAll @IntRange(min = 0, max = 5000) int position, @ForAll byte damage) throws IOException {
    var monitor = monitor(MonitorConfig.guarded());
    run(monitor, 50, 50, t -> 0, t -> 0);
    var state = written(monitor);
    state[position % state.length] = damage;

    try {
      DeviceMonitor.read(
          in(state), "ship", MonitorConfig.guarded(), factory(), ChunkStore.inMemory());
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  private interface Shift {
    double at(int row);
  }

  /** Two variables that move together and one that does not; the events from row {@code quiet}. */
  private static List<MonitorEvent> run(
      DeviceMonitor monitor, int quiet, int rows, Shift both, Shift alone) {
    var random = new Random(3);
    var events = new ArrayList<MonitorEvent>();
    for (int t = 0; t < rows; t++) {
      double level = 20 + 0.3 * random.nextGaussian() + both.at(t);
      double in = level + 0.05 * random.nextGaussian();
      double out = 3 * level + 0.05 * random.nextGaussian();
      double other = 7 + 0.3 * random.nextGaussian() + alone.at(t);
      var said = monitor.observe(t * MINUTE, NAMES, new double[] {in, out, other});
      if (t >= quiet) {
        events.addAll(said);
      }
    }
    return events;
  }

  /** Two variables that move together, all events. */
  private static List<MonitorEvent> pair(MonitorConfig config, int rows, Shift both, Shift in) {
    var monitor = monitor(config);
    var random = new Random(3);
    var events = new ArrayList<MonitorEvent>();
    for (int t = 0; t < rows; t++) {
      double level = 20 + 0.3 * random.nextGaussian() + both.at(t);
      double[] values = {level + in.at(t), 3 * level + 0.05 * random.nextGaussian()};
      events.addAll(monitor.observe(t * MINUTE, List.of("in", "out"), values));
    }
    return events;
  }

  private static <T extends MonitorEvent> Stream<T> of(Class<T> kind, List<MonitorEvent> events) {
    return events.stream().filter(kind::isInstance).map(kind::cast);
  }

  private static DeviceMonitor monitor(MonitorConfig config) {
    return new DeviceMonitor("ship", config, factory(), ChunkStore.inMemory());
  }

  private static DetectorFactory factory() {
    return DetectorFactory.rePad2(RePad2Config.guarded());
  }

  private static byte[] written(DeviceMonitor monitor) throws IOException {
    var bytes = new ByteArrayOutputStream();
    monitor.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
