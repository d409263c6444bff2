package org.millrace.streaming.placement;

import java.io.IOException;
import java.time.Duration;
import org.millrace.streaming.job.Format;
import org.millrace.streaming.job.StreamingRun;

/**
 * How far telemetry reaches.
 *
 * @param disorder how far behind the newest sample one may come
 * @param end time of the last, milliseconds since 1970 UTC; the smallest long of topics
 */
record TelemetryExtent(Duration disorder, long end) {

  static TelemetryExtent of(StreamingRun run, Format<PlacementInput> format, Duration asked)
      throws IOException {
    if (run.inputKind() == null) {
      return new TelemetryExtent(
          asked == null ? PlacementOptions.TOPIC_DISORDER : asked, Long.MIN_VALUE);
    }
    var scan = new Scan();
    run.scan(format, (path, line, value, ts) -> scan.see(path, ts));
    if (asked == null && scan.behind > 0) {
      run.log("samples are out of order by up to %.1f s: waiting for them", scan.behind / 1000.0);
    }
    return new TelemetryExtent(asked == null ? Duration.ofMillis(scan.behind) : asked, scan.last);
  }

  /** Files are merged by time, each in its own order: only that within a file counts. */
  private static final class Scan {

    private String path = "";
    private long newest;
    private long behind;
    private long last = Long.MIN_VALUE;

    private void see(String path, long ts) {
      if (!path.equals(this.path)) {
        this.path = path;
        newest = Long.MIN_VALUE;
      }
      newest = Math.max(newest, ts);
      last = Math.max(last, ts);
      behind = Math.max(behind, newest - ts);
    }
  }
}
