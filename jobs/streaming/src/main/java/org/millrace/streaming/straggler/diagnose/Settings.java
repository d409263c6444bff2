package org.millrace.streaming.straggler.diagnose;

import java.io.Serializable;
import java.time.Duration;

/**
 * What counts as slow and as hung.
 *
 * @param flagLevel how many times its own baseline, over what the others are of theirs, makes a
 *     step slow; above 1
 * @param window steps without a flag that a baseline is the median of
 * @param warmUp steps before the first verdict of a rank, at most window
 * @param openFlags slow steps of the last {@code ofSteps} that open an incident
 * @param ofSteps at most 30
 * @param closeAfter steps in a row that are not slow close it
 * @param significance a rank's lateness, or what a transfer takes more, counts from this share of
 *     the time between two operations on
 * @param hang how long after the first (or last) rank has entered an operation it hangs
 * @param join how long the records of an operation are waited for
 * @param hotLevel how many times the median of all links a link's time a byte is hot; above 1
 * @param hotShare of the links of a sender or receiver that must be hot for it to be at fault
 * @param hotWindows windows in a row that open an incident, and close it
 * @param linkWindow length of those windows
 * @param forget after this long without any observation a job is forgotten
 */
public record Settings(
    double flagLevel,
    int window,
    int warmUp,
    int openFlags,
    int ofSteps,
    int closeAfter,
    double significance,
    Duration hang,
    Duration join,
    double hotLevel,
    double hotShare,
    int hotWindows,
    Duration linkWindow,
    Duration forget)
    implements Serializable {

  /** The values that were tried on real step times and simulated incidents. */
  public static final Settings DEFAULT =
      new Settings(
          1.3,
          60,
          20,
          3,
          5,
          5,
          0.05,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          1.5,
          0.6,
          3,
          Duration.ofSeconds(10),
          Duration.ofDays(7));

  /** The same with another level for steps. */
  public Settings withFlagLevel(double level) {
    return new Settings(
        level,
        window,
        warmUp,
        openFlags,
        ofSteps,
        closeAfter,
        significance,
        hang,
        join,
        hotLevel,
        hotShare,
        hotWindows,
        linkWindow,
        forget);
  }

  /** The same with other durations. */
  public Settings withTimes(Duration hang, Duration join, Duration linkWindow) {
    return new Settings(
        flagLevel,
        window,
        warmUp,
        openFlags,
        ofSteps,
        closeAfter,
        significance,
        hang,
        join,
        hotLevel,
        hotShare,
        hotWindows,
        linkWindow,
        forget);
  }

  /** The same with another level for links. */
  public Settings withHotLevel(double level) {
    return new Settings(
        flagLevel,
        window,
        warmUp,
        openFlags,
        ofSteps,
        closeAfter,
        significance,
        hang,
        join,
        level,
        hotShare,
        hotWindows,
        linkWindow,
        forget);
  }

  long hangUs() {
    return micros(hang);
  }

  long joinUs() {
    return micros(join);
  }

  long linkWindowUs() {
    return micros(linkWindow);
  }

  long forgetUs() {
    return micros(forget);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
