package org.millrace.streaming.anomaly;

import java.io.Serializable;
import java.time.Duration;
import org.millrace.command.UserError;
import org.millrace.streaming.job.DurationConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How far out of order a device's values may come: in steps, the rows that are waited for after one
 * (whatever the rate), or in time.
 *
 * @param steps rows; -1 if in time
 * @param millis event time; -1 if in steps
 */
record Lateness(int steps, long millis) implements Serializable {

  /** Two rows: what the reference says. */
  static final String DEFAULT = "2";

  private static final int MOST_STEPS = 10_000;

  static Lateness steps(int steps) {
    return new Lateness(steps, -1);
  }

  static Lateness time(Duration time) {
    return new Lateness(-1, time.toMillis());
  }

  /** A number of steps, or a duration. */
  static Lateness parse(String text) {
    if (text.matches("\\d{1,6}")) {
      int steps = Integer.parseInt(text);
      if (steps > MOST_STEPS) {
        throw UserError.usage("--out-of-orderness %s: at most %d steps", text, MOST_STEPS);
      }
      return steps(steps);
    }
    try {
      return time(new DurationConverter().convert(text));
    } catch (TypeConversionException e) {
      throw UserError.usage(
          "--out-of-orderness %s: a number of steps such as 2, or a duration such as 30s", text);
    }
  }

  /**
   * Whether the oldest waiting row is waited for no longer.
   *
   * @param newest time of the newest row that the device has sent
   */
  boolean isOver(long oldest, long newest, int waiting) {
    return steps >= 0 ? waiting > steps : newest - oldest > millis;
  }
}
