package org.millrace.streaming.straggler;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.straggler.diagnose.Incident;
import org.millrace.streaming.straggler.diagnose.JobMonitor;
import org.millrace.streaming.straggler.diagnose.Observation;
import org.millrace.streaming.straggler.diagnose.Settings;

/**
 * Lines read, put in order and diagnosed, without an engine.
 *
 * @param incidents of all jobs, in order of jobs
 * @param bad reasons of lines that could not be used
 */
public record Diagnosed(List<Incident> incidents, List<String> bad) {

  /** Diagnoses lines; time goes on to their last, and no further. */
  public static Diagnosed of(Decoder<Observation> decoder, List<String> lines, Settings settings) {
    var jobs = new TreeMap<String, TreeSet<Observation>>();
    var bad = new ArrayList<String>();
    long lastUs = read(decoder, lines, jobs, bad);
    var incidents = new ArrayList<Incident>();
    for (Map.Entry<String, TreeSet<Observation>> job : jobs.entrySet()) {
      var monitor = new JobMonitor(job.getKey(), settings);
      job.getValue().forEach(monitor::observe);
      monitor.advance(lastUs + settings.join().toNanos() / 1000 - 1);
      incidents.addAll(monitor.incidents());
    }
    return new Diagnosed(incidents, bad);
  }

  private static long read(
      Decoder<Observation> decoder,
      List<String> lines,
      Map<String, TreeSet<Observation>> jobs,
      List<String> bad) {
    var last = new long[] {Long.MIN_VALUE};
    var out =
        new Decoder.Out<Observation>() {
          @Override
          public void value(Observation value, long ts, String clock) {
            last[0] = Math.max(last[0], value.tsUs());
            jobs.computeIfAbsent(value.job(), job -> new TreeSet<>(Observation.ORDER)).add(value);
          }

          @Override
          public void rejected(String field, String text, BadRecord why) {
            bad.add(why.getMessage());
          }

          @Override
          public void dropped(String rule) {
            bad.add(rule);
          }
        };
    for (var line : lines) {
      var bytes = line.getBytes(StandardCharsets.UTF_8);
      try {
        decoder.decode(bytes, bytes.length, out);
      } catch (BadRecord e) {
        bad.add(e.getMessage());
      }
    }
    return last[0];
  }

  /** Incidents that opened. */
  public List<Incident> opened() {
    return of(Incident.Kind.OPEN);
  }

  /** Incidents that closed. */
  public List<Incident> closed() {
    return of(Incident.Kind.CLOSE);
  }

  private List<Incident> of(Incident.Kind kind) {
    return incidents.stream().filter(incident -> incident.kind() == kind).toList();
  }
}
