package org.millrace.streaming.straggler.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.straggler.diagnose.Observation.StepTime;
import org.millrace.streaming.straggler.input.Columns;
import org.millrace.streaming.straggler.input.JobNames;
import org.millrace.streaming.straggler.input.RecordsJson;
import org.millrace.streaming.straggler.simulate.Form;
import org.millrace.streaming.straggler.simulate.SimulatedJob;
import org.millrace.streaming.straggler.simulate.Trouble;

/** A monitor that is written and read anywhere goes on as if nothing had been. */
class JobMonitorStateTest {

  private static TreeSet<Observation> observations(Trouble trouble) throws BadRecord {
    var observations = new TreeSet<>(Observation.ORDER);
    var out =
        new Decoder.Out<Observation>() {
          @Override
          public void value(Observation value, long ts, String clock) {
            observations.add(value);
          }

          @Override
          public void rejected(String field, String text, BadRecord why) {}

          @Override
          public void dropped(String rule) {}
        };
    var decoder = new RecordsJson(Columns.BY_NAME, JobNames.BY_SOURCE).decoder("f", null);
    for (var line : SimulatedJob.of("job", trouble, Form.EVENTS, 9).lines()) {
      var bytes = line.getBytes(StandardCharsets.UTF_8);
      decoder.decode(bytes, bytes.length, out);
    }
    return observations;
  }

  private static List<Incident> incidents(TreeSet<Observation> observations, double restarts)
      throws IOException {
    var random = new Random(1);
    var monitor = new JobMonitor("job", Settings.DEFAULT);
    var told = new ArrayList<Incident>();
    for (var observation : observations) {
      monitor.observe(observation);
      told.addAll(monitor.incidents());
      if (random.nextDouble() < restarts) {
        monitor = restarted(monitor);
      }
    }
    monitor.advance(observations.last().tsUs());
    monitor.finish();
    told.addAll(monitor.incidents());
    return told;
  }

  private static JobMonitor restarted(JobMonitor monitor) throws IOException {
    var bytes = new ByteArrayOutputStream();
    monitor.write(new DataOutputStream(bytes));
    var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    var read = JobMonitor.read(in, "job", Settings.DEFAULT);
    assertThat(in.available()).isZero();
    return read;
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"SLOW_NETWORK", "NONE", "SLOW_JOB"},
      mode = Mode.EXCLUDE)
  void restartsChangeNothing(Trouble trouble) throws Exception {
    var observations = observations(trouble);

    var expected = incidents(observations, 0);

    assertThat(expected).isNotEmpty();
    assertThat(incidents(observations, 0.005)).isEqualTo(expected);
  }

  /** Three ranks, of which the second has been slow in the last two of 32 steps. */
  private static JobMonitor slowTwice() {
    var monitor = new JobMonitor("job", Settings.DEFAULT);
    for (int step = 0; step < 32; step++) {
      step(monitor, step, step < 30 ? 10 : 14);
    }
    return monitor;
  }

  private static void step(JobMonitor monitor, int step, double second) {
    for (int rank = 0; rank < 3; rank++) {
      var member = new Member(String.valueOf(rank), String.valueOf(rank), "");
      monitor.observe(new StepTime("job", member, step * 1_000_000L, rank == 1 ? second : 10));
    }
  }

  @Test
  void stateThatVersion1WroteGoesOn() throws IOException {
    byte[] written;
    try (var resource = JobMonitorStateTest.class.getResourceAsStream("job-v1.txt")) {
      written = Base64.getMimeDecoder().decode(resource.readAllBytes());
    }

    var monitor =
        JobMonitor.read(
            new DataInputStream(new ByteArrayInputStream(written)), "job", Settings.DEFAULT);
    step(monitor, 32, 14);
    monitor.finish();

    assertThat(monitor.incidents()).extracting(Incident::startUs).containsExactly(30_000_000L);
  }

  @Test
  void whatVersion1WroteIsWhatIsWrittenNow() throws IOException {
    var bytes = new ByteArrayOutputStream();
    slowTwice().write(new DataOutputStream(bytes));

    try (var resource = JobMonitorStateTest.class.getResourceAsStream("job-v1.txt")) {
      assertThat(bytes.toByteArray())
          .as("another form needs another version, and a reader of this one")
          .isEqualTo(Base64.getMimeDecoder().decode(resource.readAllBytes()));
    }
  }

  @Test
  void stateOfAnotherVersionIsRefusedWithARemedy() {
    var in = new DataInputStream(new ByteArrayInputStream(new byte[] {9}));

    assertThatThrownBy(() -> JobMonitor.read(in, "job", Settings.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "state of job job has version 9, this release reads 1 to 1: use the release that wrote"
                + " it, or start without it");
  }
}
