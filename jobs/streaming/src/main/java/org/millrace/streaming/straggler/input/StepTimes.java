package org.millrace.streaming.straggler.input;

import org.millrace.streaming.input.Numbers;
import org.millrace.streaming.input.Times;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.straggler.diagnose.Member;
import org.millrace.streaming.straggler.diagnose.Observation.StepTime;

/** Makes step times of text fields. */
final class StepTimes {

  private static final int LONGEST = 512;

  private StepTimes() {}

  static StepTime of(
      String job, String rank, String host, String time, String duration, Columns columns)
      throws BadRecord {
    var name = name(rank, "rank");
    double took = Numbers.parse(duration, columns.duration());
    if (Double.isNaN(took)) {
      throw new BadRecord("no duration", columns.duration() + " = '" + duration.strip() + "'");
    }
    if (took <= 0) {
      throw new BadRecord("duration not above 0", columns.duration() + " = " + duration.strip());
    }
    return new StepTime(
        name(job, "job"), new Member(name, name, host.strip()), Times.parse(time) * 1000, took);
  }

  private static String name(String text, String role) throws BadRecord {
    var name = text.strip();
    if (name.isEmpty()) {
      throw new BadRecord("no " + role);
    }
    if (name.length() > LONGEST) {
      throw new BadRecord(role + " too long", name.length() + " characters, at most " + LONGEST);
    }
    return name;
  }
}
