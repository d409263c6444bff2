package org.millrace.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.straggler.diagnose.Incident;
import org.millrace.streaming.straggler.diagnose.JobMonitor;
import org.millrace.streaming.straggler.diagnose.Observation;
import org.millrace.streaming.straggler.diagnose.Settings;
import org.millrace.streaming.straggler.input.Columns;
import org.millrace.streaming.straggler.input.JobNames;
import org.millrace.streaming.straggler.input.RecordsJson;
import org.millrace.streaming.straggler.simulate.Form;
import org.millrace.streaming.straggler.simulate.SimulatedJob;
import org.millrace.streaming.straggler.simulate.Trouble;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Time a record of stragglers: read from JSON, and judged. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StragglerBench {

  private final List<byte[]> lines = new ArrayList<>();
  private final List<Observation> observations = new ArrayList<>();
  private final Decoder<Observation> decoder =
      new RecordsJson(Columns.BY_NAME, JobNames.BY_SOURCE).decoder("bench", null);
  private int line;
  private int next;
  private JobMonitor monitor = new JobMonitor("bench", Settings.DEFAULT);

  /** Makes the records of a job with a slow link. */
  @Setup
  public void makeRecords() throws BadRecord {
    for (var text : SimulatedJob.of("bench", Trouble.SLOW_LINK, Form.EVENTS, 1).lines()) {
      lines.add(text.getBytes(StandardCharsets.UTF_8));
    }
    var sorted = new TreeSet<>(Observation.ORDER);
    for (var each : lines) {
      decoder.decode(each, each.length, new Into(sorted::add));
    }
    observations.addAll(sorted);
  }

  /** One record from JSON. */
  @Benchmark
  public void read(Blackhole hole) throws BadRecord {
    var record = lines.get(line++ % lines.size());
    decoder.decode(record, record.length, new Into(hole::consume));
  }

  /** One record judged; when all have been, a new job begins. */
  @Benchmark
  public List<Incident> judge() {
    if (next == observations.size()) {
      next = 0;
      monitor = new JobMonitor("bench", Settings.DEFAULT);
    }
    monitor.observe(observations.get(next++));
    return monitor.incidents();
  }

  /** Passes values on. */
  private record Into(Consumer<Observation> consumer) implements Decoder.Out<Observation> {

    @Override
    public void value(Observation value, long ts, String clock) {
      consumer.accept(value);
    }

    @Override
    public void rejected(String field, String text, BadRecord why) {
      throw new IllegalStateException(field + ": " + why.getMessage());
    }

    @Override
    public void dropped(String rule) {}
  }
}
