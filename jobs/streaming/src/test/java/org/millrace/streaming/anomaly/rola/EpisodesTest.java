package org.millrace.streaming.anomaly.rola;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.streaming.anomaly.rola.Alert.Kind;

class EpisodesTest {

  private static final Episodes.Origin ORIGIN =
      new Episodes.Origin("ship", "rola", "guarded", "c0ffee");

  private final Map<String, SeriesStatus> statuses = new HashMap<>();
  private final Episodes episodes = episodes();

  private Episodes episodes() {
    return new Episodes(
        ORIGIN, MonitorConfig.guarded(), name -> statuses.getOrDefault(name, SeriesStatus.OK));
  }

  @Test
  void theFirstReportOpensAtOnceAndTheNextIsSilent() {
    var opened = episodes.report(report(100, 1.5, "a", "b"));
    var next = episodes.report(report(101, 1.2, "a"));

    assertThat(opened).hasSize(1);
    assertThat(opened.get(0).kind()).isEqualTo(Kind.OPEN);
    assertThat(opened.get(0).openTs()).isEqualTo(100);
    assertThat(opened.get(0).closeTs()).isEmpty();
    assertThat(next).isEmpty();
  }

  @Test
  void updatesWhenSeverityGrowsOrVariablesJoin() {
    episodes.report(report(100, 1.5, "a"));

    var worse = episodes.report(report(101, 2.5, "a"));
    var wider = episodes.report(report(102, 1.5, "a", "b"));
    var same = episodes.report(report(103, 3, "b"));

    assertThat(worse).extracting(Alert::kind).containsExactly(Kind.UPDATE);
    assertThat(worse.get(0).severity()).isEqualTo(Severity.MAJOR);
    assertThat(wider).extracting(Alert::kind).containsExactly(Kind.UPDATE);
    assertThat(wider.get(0).severity()).isEqualTo(Severity.MAJOR);
    assertThat(same).isEmpty();
  }

  @Test
  void closesAfterThirtyQuietRowsWithPeakDurationAndUnion() {
    episodes.report(report(100, 1.5, "a"));
    episodes.report(report(101, 6, "b"));
    episodes.report(report(104, 1.1, "a"));
    for (int t = 105; t < 134; t++) {
      assertThat(episodes.quiet(t)).isEmpty();
    }

    var closed = episodes.quiet(134).get(0);

    assertThat(closed.kind()).isEqualTo(Kind.CLOSE);
    assertThat(closed.closeTs()).hasValue(104);
    assertThat(closed.duration()).hasValue(4);
    assertThat(closed.ts()).isEqualTo(134);
    assertThat(closed.score()).isEqualTo(6);
    assertThat(closed.peakTs()).isEqualTo(101);
    assertThat(closed.reports()).isEqualTo(3);
    assertThat(closed.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(closed.variables()).extracting(VariableScore::name).containsExactly("a", "b");
    assertThat(closed.variables().get(1).attribution()).isCloseTo(0.8, within(1e-12));
    assertThat(episodes.open()).isFalse();
    assertThat(episodes.quiet(135)).isEmpty();
  }

  @Test
  void aReportWithinTheGapExtendsAndOneAfterItOpensAnother() {
    var first = episodes.report(report(0, 2, "a")).get(0);
    for (int t = 1; t <= 29; t++) {
      episodes.quiet(t);
    }
    assertThat(episodes.report(report(30, 1.5, "a"))).isEmpty();
    for (int t = 31; t <= 60; t++) {
      episodes.quiet(t);
    }

    var second = episodes.report(report(61, 2, "a")).get(0);

    assertThat(second.kind()).isEqualTo(Kind.OPEN);
    assertThat(second.alertId()).isNotEqualTo(first.alertId());
  }

  @Test
  void rowsInWhichAVariableIsStillLearnedAreNotQuietForAWhile() {
    episodes.report(report(0, 2, "a"));
    statuses.put("a", SeriesStatus.ANOMALOUS);
    for (int t = 1; t <= 120; t++) {
      assertThat(episodes.quiet(t)).as("%d", t).isEmpty();
    }
    for (int t = 121; t < 150; t++) {
      assertThat(episodes.quiet(t)).as("%d", t).isEmpty();
    }

    assertThat(episodes.quiet(150)).extracting(Alert::kind).containsExactly(Kind.CLOSE);
  }

  @Test
  void theSameEpisodeHasTheSameIdEverywhere() {
    var here = episodes.report(report(100, 2, "a")).get(0);
    var there = episodes().report(report(100, 9, "b")).get(0);

    assertThat(here.alertId()).isEqualTo(there.alertId()).hasSize(32);
  }

  @ParameterizedTest
  @CsvSource({
    "1.01, MINOR",
    "1.99, MINOR",
    "2, MAJOR",
    "4.99, MAJOR",
    "5, CRITICAL",
    "1e9, CRITICAL"
  })
  void severityIsByThresholds(double ratio, Severity severity) {
    assertThat(Severity.of(ratio)).isEqualTo(severity);
  }

  @Test
  void goesOnAfterBeingWrittenAndRead() throws IOException {
    episodes.report(report(100, 3, "a", "b"));
    for (int t = 101; t < 110; t++) {
      episodes.quiet(t);
    }
    var bytes = new ByteArrayOutputStream();
    episodes.write(new DataOutputStream(bytes));
    var read = episodes();
    read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    for (int t = 110; t < 130; t++) {
      assertThat(read.quiet(t)).isEqualTo(episodes.quiet(t)).isEmpty();
    }
    assertThat(read.quiet(130)).isEqualTo(episodes.quiet(130)).hasSize(1);
  }

  private static Report report(long ts, double score, String... names) {
    var variables =
        Arrays.stream(names)
            .map(name -> new VariableScore(name, 5, 4, score, Direction.UP, 1.0 / names.length))
            .toList();
    var partners = List.of(new PartnerVote("p", 0.99, 1440, true));
    return new Report("ship", ts, Severity.of(score), score, variables, partners, false);
  }
}
