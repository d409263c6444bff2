package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.millrace.streaming.straggler.diagnose.Observation.StepTime;

/**
 * Puts ranks' step times together to steps of the job, though they are not told at quite the same
 * time, and some not at all: a step is over when half of a rank's usual interval has gone by since
 * its first, or when a rank has its next.
 */
final class Rounds {

  private static final double SHARE = 0.5;

  private final StepPanel panel;
  private final LinkedHashMap<String, StepTime> round = new LinkedHashMap<>();
  private long endUs;

  Rounds(StepPanel panel) {
    this.panel = panel;
  }

  /** Takes a step time; they come in order of time. */
  void add(StepTime step) {
    advance(step.tsUs());
    if (round.containsKey(step.member().id())) {
      flush();
    }
    if (round.isEmpty()) {
      endUs = step.tsUs() + (long) (SHARE * panel.intervalUs(step.member().id()));
    }
    round.put(step.member().id(), step);
  }

  /** It is this late: nothing earlier will come. */
  void advance(long nowUs) {
    if (!round.isEmpty() && nowUs > endUs) {
      flush();
    }
  }

  /** Nothing more will come. */
  void finish() {
    if (!round.isEmpty()) {
      flush();
    }
  }

  private void flush() {
    var samples = new ArrayList<StepPanel.Sample>(round.size());
    for (var step : round.values()) {
      samples.add(new StepPanel.Sample(step.member(), step.tsUs(), step.duration(), true));
    }
    round.clear();
    panel.step(Finding.NO_OPERATION, samples, member -> Map.of());
  }

  /** When the step at hand is over; the largest long if there is none. */
  long wakeUs() {
    return round.isEmpty() ? Long.MAX_VALUE : endUs + 1;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(endUs);
    out.writeInt(round.size());
    for (var step : round.values()) {
      step.member().write(out);
      out.writeLong(step.tsUs());
      out.writeDouble(step.duration());
    }
  }

  void read(DataInput in, String job) throws IOException {
    endUs = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      var member = Member.read(in);
      round.put(member.id(), new StepTime(job, member, in.readLong(), in.readDouble()));
    }
  }
}
