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
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
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
