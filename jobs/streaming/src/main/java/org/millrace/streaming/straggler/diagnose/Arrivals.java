package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.millrace.streaming.inspector.HostClocks;
import org.millrace.streaming.straggler.diagnose.OpenOperation.Part;

/**
 * Examines whole operations of a communicator for who came late, and how long the rest took.
 *
 * <p>A rank's work is the time from when it last came out of an operation to when it entered this
 * one; over the median of the ranks, since operations differ in what goes before them. The transfer
 * is the time from the last arrival to the end: what is slow though all are there.
 */
final class Arrivals {

  private final Settings settings;
  private final Clocks clocks;
  private final StepPanel panel;
  private final Transfers transfers;

  /** When the previous operation ended, by the common clock. */
  private long previousEndUs = Observation.UNKNOWN;

  private Baseline periods;
  private final Cycle cycle = new Cycle();
  private StepOfRanks step;

  Arrivals(
      String comm,
      Settings settings,
      Clocks clocks,
      DelayMatrix links,
      Turns turns,
      Incidents incidents) {
    this.settings = settings;
    this.clocks = clocks;
    this.panel =
        new StepPanel(
            "ranks of " + comm, Cause.NON_COMMUNICATION_SLOW, comm, settings, turns, incidents);
    this.transfers = new Transfers(comm, settings, links, incidents);
    this.periods = new Baseline(settings.window());
    this.step = new StepOfRanks(settings);
  }

  /**
   * Takes an operation.
   *
   * @param expected ranks that it has
   * @param follows whether the one examined before was the one before it
   */
  void examine(OpenOperation op, int expected, boolean follows) {
    long previousUs = follows ? previousEndUs : Observation.UNKNOWN;
    long endUs = end(op);
    previousEndUs = endUs;
    if (endUs == Observation.UNKNOWN) {
      return;
    }
    var times = new ArrayList<Arrival>();
    for (var part : op.parts.values()) {
      long arrivalUs = arrival(part, endUs);
      if (arrivalUs != Observation.UNKNOWN) {
        times.add(new Arrival(part.member, Math.min(arrivalUs, endUs)));
      }
    }
    if (previousUs != Observation.UNKNOWN) {
      periods.add(Math.max(1, endUs - previousUs));
    }
    // Of operations that few have told of it isn't known who was last.
    if (times.size() >= 2 && 2 * times.size() >= Math.min(expected, op.parts.size())) {
      compare(op, times, previousUs, endUs);
    }
    for (var part : op.parts.values()) {
      clocks.ended(part.member.id(), endUs);
    }
  }

  /** When an operation ended: the median of the ranks, whose hosts' clocks are set by it. */
  private long end(OpenOperation op) {
    var byHost = new HashMap<String, List<Long>>();
    for (var part : op.parts.values()) {
      if (part.endUs != Observation.UNKNOWN && !part.member.host().isEmpty()) {
        byHost.computeIfAbsent(part.member.host(), host -> new ArrayList<>()).add(part.endUs);
      }
    }
    var ends = new TreeMap<String, Long>();
    byHost.forEach((host, each) -> ends.put(host, median(each)));
    clocks.hosts().observe(ends);
    var seen = new ArrayList<Long>();
    var written = new ArrayList<Long>();
    for (var part : op.parts.values()) {
      if (part.endUs != Observation.UNKNOWN) {
        seen.add(clocks.common(part.member.host(), part.endUs));
      } else if (part.writtenUs != Observation.UNKNOWN) {
        written.add(clocks.common(part.member.host(), part.writtenUs));
      }
    }
    return !seen.isEmpty()
        ? median(seen)
        : !written.isEmpty() ? median(written) : Observation.UNKNOWN;
  }

  private static long median(List<Long> times) {
    return HostClocks.median(times.stream().mapToLong(Long::longValue).toArray());
  }

  private long arrival(Part part, long endUs) {
    if (part.arrivalUs != Observation.UNKNOWN) {
      return clocks.common(part.member.host(), part.arrivalUs);
    }
    return Double.isNaN(part.execUs) ? Observation.UNKNOWN : endUs - Math.round(part.execUs);
  }

  private record Arrival(Member member, long us) {}

  private void compare(OpenOperation op, List<Arrival> times, long previousUs, long endUs) {
    var sorted = times.stream().mapToDouble(Arrival::us).toArray();
    double medianArrival = Baseline.median(sorted); // sorts them
    double first = sorted[0];
    double last = sorted[sorted.length - 1];
    var works = new TreeMap<String, Double>();
    for (var time : times) {
      long sinceUs = Math.max(previousUs, clocks.lastEnd(time.member().id(), time.us()));
      if (sinceUs != Observation.UNKNOWN) {
        works.put(time.member().id(), (double) time.us() - sinceUs);
      }
    }
    if (works.isEmpty()) {
      return;
    }
    double medianWork =
        Baseline.median(works.values().stream().mapToDouble(Double::doubleValue).toArray());
    for (var time : times) {
      var work = works.get(time.member().id());
      if (work != null) {
        step.add(time.member(), work, medianWork, time.us() - medianArrival, time.us());
      }
    }
    step.add(
        Math.max(1, endUs - last), Math.max(0, last - first), op.operation.bytes(), medianWork);
    int kind = 31 * op.operation.coll().hashCode() + Long.hashCode(op.operation.bytes());
    if (cycle.ends(kind, medianWork)) {
      step.judge(op.operation.sn(), periods.median() * cycle.period(), panel, transfers, endUs);
      step = new StepOfRanks(settings);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(previousEndUs);
    periods.write(out);
    cycle.write(out);
    step.write(out);
    panel.write(out);
    transfers.write(out);
  }

  void read(DataInput in) throws IOException {
    previousEndUs = in.readLong();
    periods = Baseline.read(in, settings.window());
    cycle.read(in);
    step.read(in);
    panel.read(in);
    transfers.read(in);
  }
}
