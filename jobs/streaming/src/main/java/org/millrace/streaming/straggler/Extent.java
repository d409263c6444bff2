package org.millrace.streaming.straggler;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.millrace.streaming.job.Format;
import org.millrace.streaming.job.StreamingRun;
import org.millrace.streaming.straggler.diagnose.Observation;

/**
 * What a look through the input files shows of their times: a file may be in any order, sorted by
 * rank for instance, and still nothing of it is late.
 */
final class Extent {

  private final Map<String, Long> newest = new HashMap<>();
  private long disorderMillis;
  private long endUs = Long.MIN_VALUE;

  static Extent of(StreamingRun run, Format<Observation> format) throws IOException {
    var extent = new Extent();
    run.scan(format, (path, line, value, ts) -> extent.add(path, value, ts));
    return extent;
  }

  private void add(String path, Observation observation, long ts) {
    long before = newest.merge(path, ts, Math::max);
    disorderMillis = Math.max(disorderMillis, before - ts);
    endUs = Math.max(endUs, observation.tsUs());
  }

  /** How far behind an earlier line of its file a line's time is at most. */
  Duration disorder() {
    return Duration.ofMillis(disorderMillis);
  }

  /** The latest time, microseconds since 1970 UTC; the smallest long if there is none. */
  long endUs() {
    return endUs;
  }
}
