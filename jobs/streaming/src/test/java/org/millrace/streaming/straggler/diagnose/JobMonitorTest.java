package org.millrace.streaming.straggler.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.millrace.streaming.straggler.diagnose.Observation.Completed;
import org.millrace.streaming.straggler.diagnose.Observation.Heartbeat;
import org.millrace.streaming.straggler.diagnose.Observation.Operation;
import org.millrace.streaming.straggler.diagnose.Observation.Started;
import org.millrace.streaming.straggler.diagnose.Observation.StepTime;
import org.millrace.streaming.straggler.diagnose.Observation.Stopped;
import org.millrace.streaming.straggler.diagnose.Observation.Transport;

/** Small jobs whose verdicts can be told by hand. */
class JobMonitorTest {

  private static final String JOB = "job";
  private static final long SECOND = 1_000_000;

  private final TreeSet<Observation> observations = new TreeSet<>(Observation.ORDER);

  private List<Incident> incidents() {
    return incidents(observations.last().tsUs());
  }

  private List<Incident> incidents(long untilUs) {
    var monitor = new JobMonitor(JOB, Settings.DEFAULT);
    observations.forEach(monitor::observe);
    monitor.advance(untilUs);
    monitor.finish();
    return monitor.incidents();
  }

  private List<Incident> opened() {
    return incidents().stream().filter(each -> each.kind() == Incident.Kind.OPEN).toList();
  }

  private static Member member(int rank) {
    return new Member(String.valueOf(rank), String.valueOf(rank), "host-" + rank / 2);
  }

  private void steps(int from, int to, double... durations) {
    for (int step = from; step < to; step++) {
      for (int rank = 0; rank < durations.length; rank++) {
        observations.add(new StepTime(JOB, member(rank), step * SECOND, durations[rank]));
      }
    }
  }

  @Test
  void threeSlowStepsOfFiveOpenAndFiveCleanOnesClose() {
    steps(0, 30, 10, 10, 10);
    steps(30, 31, 10, 14, 10);
    steps(31, 32, 10, 10, 10);
    steps(32, 34, 10, 14, 10);
    steps(34, 50, 10, 10, 10);

    var told = incidents();

    assertThat(told).hasSize(2);
    assertThat(told.get(0).cause()).isEqualTo(Cause.SLOW_STEPS);
    assertThat(told.get(0).suspects()).containsExactly(Suspect.rank(member(1)));
    assertThat(told.get(0).startUs()).isEqualTo(30 * SECOND);
    assertThat(told.get(0).openUs()).isEqualTo(33 * SECOND);
    assertThat(told.get(0).score()).isEqualTo(1.4);
    assertThat(told.get(1).kind()).isEqualTo(Incident.Kind.CLOSE);
    assertThat(told.get(1).id()).isEqualTo(told.get(0).id());
    assertThat(told.get(1).endUs()).isEqualTo(33 * SECOND);
    assertThat(told.get(1).tsUs()).isEqualTo(38 * SECOND);
  }

  @Test
  void twoSlowStepsOfFiveAreNone() {
    steps(0, 30, 10, 10, 10);
    steps(30, 32, 10, 14, 10);
    steps(32, 40, 10, 10, 10);
    steps(40, 42, 10, 14, 10);
    steps(42, 50, 10, 10, 10);

    assertThat(incidents()).isEmpty();
  }

  @Test
  void nobodyIsJudgedBeforeTwentySteps() {
    steps(0, 12, 10, 10, 10);
    steps(12, 19, 10, 50, 10);

    assertThat(incidents()).isEmpty();
  }

  @Property(tries = 50)
  void aRankThatIsAlwaysSlowerIsNoStraggler(@ForAll @DoubleRange(min = 0.1, max = 50) double x) {
    observations.clear();
    steps(0, 80, 10, x, 10);

    assertThat(incidents()).isEmpty();
  }

  @Property(tries = 50)
  void aSlowdownOfAllCancels(@ForAll @DoubleRange(min = 1, max = 100) double factor) {
    observations.clear();
    steps(0, 40, 10, 12, 9);
    steps(40, 80, 10 * factor, 12 * factor, 9 * factor);

    assertThat(incidents()).isEmpty();
  }

  @Property(tries = 50)
  void unitsDoNotMatter(@ForAll @DoubleRange(min = 0.01, max = 1e6) double unit) {
    observations.clear();
    steps(0, 40, 10 * unit, 12 * unit, 9 * unit);
    steps(40, 44, 10 * unit, 18 * unit, 9 * unit);

    assertThat(opened()).extracting(Incident::openUs).containsExactly(42 * SECOND);
  }

  @Test
  void twoRanksAreComparedWithEachOther() {
    steps(0, 30, 10, 10);
    steps(30, 34, 10, 14);

    assertThat(opened())
        .flatExtracting(Incident::suspects)
        .containsExactly(Suspect.rank(member(1)));
  }

  @Test
  void aRankAloneIsComparedWithNobody() {
    steps(0, 30, 10);
    steps(30, 40, 100);

    assertThat(incidents()).isEmpty();
  }

  @Test
  void slownessThatWandersIsUnevenLoad() {
    steps(0, 40, 10, 10, 10, 10, 10, 10);
    for (int step = 40; step < 60; step++) {
      var durations = new double[] {10, 10, 10, 10, 10, 10};
      durations[step % 6] = 20;
      steps(step, step + 1, durations);
    }

    assertThat(opened()).extracting(Incident::cause).containsExactly(Cause.LOAD_IMBALANCE);
  }

  /** An operation each second: ranks arrive at these parts of it, in milliseconds. */
  private void operation(String comm, long sn, long endMillis, int... arrivalMillis) {
    for (int rank = 0; rank < arrivalMillis.length; rank++) {
      var op = new Operation(comm, arrivalMillis.length, "AllReduce", sn, 1000);
      long second = sn * SECOND;
      observations.add(new Started(JOB, member(rank), op, second + arrivalMillis[rank] * 1000L));
      observations.add(new Stopped(JOB, member(rank), op, second + endMillis * 1000));
    }
  }

  private void operations(int from, int to, long endMillis, int... arrivalMillis) {
    for (int sn = from; sn < to; sn++) {
      operation("c", sn, endMillis, arrivalMillis);
    }
  }

  @Test
  void theLateRankIsSlowNotThoseThatWait() {
    operations(0, 30, 800, 600, 600, 600, 600);
    operations(30, 34, 1150, 600, 600, 950, 600);

    assertThat(opened())
        .extracting(Incident::cause, Incident::suspects)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                Cause.NON_COMMUNICATION_SLOW, List.of(Suspect.rank(member(2)))));
  }

  @Test
  void aLongOperationThatAllAreInIsSlowCommunication() {
    operations(0, 30, 800, 600, 600, 600, 600);
    operations(30, 34, 1000, 600, 600, 600, 600);

    assertThat(opened())
        .extracting(Incident::cause, Incident::suspects)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(Cause.COMMUNICATION_SLOW, List.of()));
  }

  @Test
  void executionTimesAloneSayTheSame() {
    for (int sn = 0; sn < 34; sn++) {
      for (int rank = 0; rank < 4; rank++) {
        boolean late = sn >= 30 && rank == 2;
        var op = new Operation("c", 4, "AllReduce", sn, 1000);
        // The late one waits for nobody: it has the shortest time inside.
        long end = sn * SECOND + (sn >= 30 ? 1_150_000 : 800_000);
        double inside = sn >= 30 && !late ? 550_000 : 200_000;
        observations.add(
            new Completed(JOB, member(rank), op, end + rank, Observation.UNKNOWN, inside));
      }
    }

    assertThat(opened())
        .flatExtracting(Incident::suspects)
        .containsExactly(Suspect.rank(member(2)));
  }

  @Test
  void clocksNeedNotAgree() {
    for (int sn = 0; sn < 34; sn++) {
      for (int rank = 0; rank < 4; rank++) {
        long ahead = rank / 2 == 1 ? 5 * SECOND : 0;
        var op = new Operation("c", 4, "AllReduce", sn, 1000);
        long arrival = sn * SECOND + (sn >= 30 && rank == 3 ? 950_000 : 600_000);
        long end = sn * SECOND + (sn >= 30 ? 1_150_000 : 800_000);
        observations.add(new Started(JOB, member(rank), op, arrival + ahead));
        observations.add(new Stopped(JOB, member(rank), op, end + ahead));
      }
    }

    assertThat(opened())
        .flatExtracting(Incident::suspects)
        .containsExactly(Suspect.rank(member(3)));
  }

  private void heartbeats(long from, long to) {
    for (long second = from; second <= to; second++) {
      observations.add(new Heartbeat(JOB, "host-0", second * SECOND));
    }
  }

  private void start(String comm, int ranks, long sn, long second, int... present) {
    for (int rank : present) {
      var op = new Operation(comm, ranks, "AllReduce", sn, 1000);
      observations.add(new Started(JOB, member(rank), op, second * SECOND));
    }
  }

  @Test
  void aRankThatNeverComesHangsAfterThirtySeconds() {
    operations(0, 10, 800, 600, 600, 600, 600);
    start("c", 4, 10, 10, 0, 1, 3);
    heartbeats(11, 45);

    var told = incidents();

    assertThat(told).hasSize(1);
    assertThat(told.get(0).cause()).isEqualTo(Cause.NON_COMMUNICATION_HANG);
    assertThat(told.get(0).suspects()).containsExactly(Suspect.rank(member(2)));
    assertThat(told.get(0).startUs()).isEqualTo(10 * SECOND);
    assertThat(told.get(0).openUs()).isEqualTo(40 * SECOND);
  }

  @Test
  void itHangsInTheFirstOperationTooIfTheRanksAreKnown() {
    start("c", 4, 0, 10, 0, 1, 3);
    heartbeats(11, 45);

    assertThat(opened())
        .flatExtracting(Incident::suspects)
        .extracting(suspect -> suspect.member().rank())
        .containsExactly("2");
  }

  @Test
  void withoutWordOfTimeNothingHangs() {
    operations(0, 10, 800, 600, 600, 600, 600);
    start("c", 4, 10, 10, 0, 1, 3);

    assertThat(incidents()).isEmpty();
    assertThat(incidents(60 * SECOND)).hasSize(1);
  }

  @Test
  void aHangIsOverWhenTheRankComes() {
    operations(0, 10, 800, 600, 600, 600, 600);
    start("c", 4, 10, 10, 0, 1, 3);
    heartbeats(11, 50);
    start("c", 4, 10, 51, 2);
    for (int rank = 0; rank < 4; rank++) {
      var op = new Operation("c", 4, "AllReduce", 10, 1000);
      observations.add(new Stopped(JOB, member(rank), op, 52 * SECOND));
    }

    var told = incidents();

    assertThat(told)
        .extracting(Incident::kind)
        .containsExactly(Incident.Kind.OPEN, Incident.Kind.CLOSE);
    assertThat(told.get(1).endUs()).isEqualTo(52 * SECOND);
  }

  @Test
  void whoIsStuckElsewhereIsNotToBlame() {
    for (int sn = 0; sn < 10; sn++) {
      operation("all", sn, 800, 600, 600, 600, 600);
    }
    // Rank 2 never enters the pair's operation; 3 waits for it there, 0 and 1 for both.
    for (int sn = 0; sn < 5; sn++) {
      for (int rank = 2; rank < 4; rank++) {
        var op = new Operation("pair", 2, "AllReduce", sn, 1000);
        observations.add(new Started(JOB, member(rank), op, sn * SECOND + 100_000));
        observations.add(new Stopped(JOB, member(rank), op, sn * SECOND + 200_000));
      }
    }
    start("pair", 2, 5, 10, 3);
    start("all", 4, 10, 10, 0, 1);
    heartbeats(11, 45);

    assertThat(opened())
        .flatExtracting(Incident::suspects)
        .containsExactly(Suspect.rank(member(2)));
  }

  private void transfer(int src, int dst, long us, double micros) {
    observations.add(
        new Transport(JOB, "c", String.valueOf(src), String.valueOf(dst), us, 1000, micros));
  }

  @Test
  void anOperationThatAllAreInHangsAtTheLinkWithoutTransfers() {
    operations(0, 10, 800, 600, 600, 600, 600);
    for (int sn = 0; sn <= 10; sn++) {
      for (int rank = 0; rank < 4; rank++) {
        if (sn < 10 || rank != 1) {
          transfer(rank, (rank + 1) % 4, sn * SECOND + 700_000, 10 + rank);
        }
      }
    }
    start("c", 4, 10, 10, 0, 1, 2, 3);
    heartbeats(11, 45);

    var told = opened();

    assertThat(told).extracting(Incident::cause).containsExactly(Cause.COMMUNICATION_HANG);
    assertThat(told.get(0).suspects())
        .containsExactly(new Suspect(Suspect.Kind.LINK, member(1), member(2)));
  }

  /** Transfers between all of six ranks, for a minute. */
  private void traffic(List<String> slow) {
    operations(0, 60, 800, 600, 600, 600, 600, 600, 600);
    for (int second = 0; second < 60; second++) {
      for (int src = 0; src < 6; src++) {
        for (int dst = 0; dst < 6; dst++) {
          if (src != dst) {
            boolean hot = second >= 20 && slow.contains(src + ">" + dst);
            transfer(src, dst, second * SECOND + 700_000, hot ? 25 : 10);
          }
        }
      }
    }
  }

  @Test
  void aHotCellIsALink() {
    traffic(List.of("1>3"));

    assertThat(opened())
        .flatExtracting(Incident::suspects)
        .containsExactly(new Suspect(Suspect.Kind.LINK, member(1), member(3)));
    assertThat(opened()).extracting(Incident::openUs).containsExactly(50 * SECOND);
  }

  @Test
  void aHotRowIsASender() {
    traffic(List.of("1>0", "1>2", "1>3", "1>4", "1>5"));

    assertThat(opened())
        .flatExtracting(Incident::suspects)
        .containsExactly(new Suspect(Suspect.Kind.SENDER, member(1), null));
  }

  @Test
  void aHotColumnIsAReceiver() {
    traffic(List.of("0>2", "1>2", "3>2", "4>2", "5>2"));

    assertThat(opened())
        .flatExtracting(Incident::suspects)
        .containsExactly(new Suspect(Suspect.Kind.RECEIVER, member(2), null));
  }

  @Test
  void aHotRowAndColumnIsANic() {
    traffic(List.of("0>2", "1>2", "3>2", "4>2", "5>2", "2>0", "2>1", "2>3", "2>4", "2>5"));

    assertThat(opened())
        .flatExtracting(Incident::suspects)
        .containsExactly(new Suspect(Suspect.Kind.NIC, member(2), null));
  }

  @Test
  void aSlowdownOfAllLinksCancels() {
    var all = new ArrayList<String>();
    IntStream.range(0, 36).forEach(i -> all.add(i / 6 + ">" + i % 6));

    traffic(all);

    assertThat(incidents()).isEmpty();
  }

  @Property(tries = 20)
  void whenItIsToldOfTimeDoesNotMatter(@ForAll @IntRange(min = 1, max = 5000) int millis) {
    observations.clear();
    operations(0, 30, 800, 600, 600, 600, 600);
    operations(30, 36, 1150, 600, 600, 950, 600);
    start("c", 4, 36, 40, 0, 1, 3);
    heartbeats(41, 90);
    var expected = incidents();
    var monitor = new JobMonitor(JOB, Settings.DEFAULT);
    var told = new ArrayList<Incident>();

    long now = 0;
    for (var observation : observations) {
      while (now + millis * 1000L < observation.tsUs()) {
        now += millis * 1000L;
        monitor.advance(now);
      }
      monitor.observe(observation);
      told.addAll(monitor.incidents());
    }
    monitor.advance(observations.last().tsUs());
    told.addAll(monitor.incidents());

    assertThat(told).isEqualTo(expected);
  }
}
