package org.millrace.streaming.straggler;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.millrace.command.UserError;
import org.millrace.streaming.input.Times;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.DurationConverter;
import org.millrace.streaming.job.StreamingOptions;
import org.millrace.streaming.straggler.diagnose.Settings;
import org.millrace.streaming.straggler.input.Columns;
import org.millrace.streaming.straggler.input.JobNames;
import picocli.CommandLine.Option;

/** The options of {@code stragglers} that other jobs don't have. */
final class StragglerOptions {

  /** How far out of order topics may be. */
  static final Duration TOPIC_DISORDER = Duration.ofSeconds(5);

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "ROLE=COLUMN",
      description =
          "Of step times, which column (or JSON field) means what: rank, time, duration, and where"
              + " there are such job and host. Default: columns of those names. Records of NCCL"
              + " Inspector and events have names of their own.")
  Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--job",
      paramLabel = "NAME",
      description =
          "The one training job that all records are of. Default: as the records say; else a file"
              + " of step times is a job, and a communicator is one.")
  String job;

  @Option(
      names = "--slow-level",
      defaultValue = "1.3",
      paramLabel = "RATIO",
      description =
          "A step is slow if it takes so many times as long as the rank's own usual, over what the"
              + " other ranks take of theirs; three of five open an incident. Default:"
              + " ${DEFAULT-VALUE}.")
  double slowLevel;

  @Option(
      names = "--hot-level",
      defaultValue = "1.5",
      paramLabel = "RATIO",
      description =
          "A link is hot if a byte takes so many times as long as over the others. Default:"
              + " ${DEFAULT-VALUE}.")
  double hotLevel;

  @Option(
      names = "--hang-after",
      defaultValue = "30s",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "An operation hangs so long after a rank has entered it (by the records' time). Default:"
              + " ${DEFAULT-VALUE}.")
  Duration hangAfter;

  @Option(
      names = "--join-timeout",
      defaultValue = "30s",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How long the records of an operation that are missing are waited for. Default:"
              + " ${DEFAULT-VALUE}.")
  Duration joinTimeout;

  @Option(
      names = "--link-window",
      defaultValue = "10s",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "Transfers are looked at in windows of this length; three hot ones open an incident."
              + " Default: ${DEFAULT-VALUE}.")
  Duration linkWindow;

  @Option(
      names = "--out-of-orderness",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How far out of order records may come; what comes later goes to the quarantine. Default:"
              + " 5s from topics; files are read twice, the first time to find out.")
  Duration outOfOrderness;

  @Option(
      names = "--recorded-until",
      paramLabel = "TIME",
      description =
          "When the files end, ISO-8601 or since 1970: what is open then has been for so long."
              + " Default: the time of their last record.")
  String recordedUntil;

  Columns columns() {
    return Columns.of(columns);
  }

  JobNames jobNames() {
    return new JobNames(job);
  }

  Settings settings() {
    return Settings.DEFAULT
        .withFlagLevel(slowLevel)
        .withHotLevel(hotLevel)
        .withTimes(hangAfter, joinTimeout, linkWindow);
  }

  /** Microseconds since 1970; the smallest long if it isn't given. */
  long recordedUntilUs() {
    try {
      return recordedUntil == null ? Long.MIN_VALUE : Times.parse(recordedUntil) * 1000;
    } catch (BadRecord e) {
      throw UserError.usage("--recorded-until: %s", e.getMessage());
    }
  }

  /** What helps where records are bad for a reason of this class. */
  String remedy(String reason) {
    return switch (reason) {
      case "not a number", "no duration", "duration not above 0", "number too large" ->
          "name the column of the durations with --columns duration=COLUMN";
      case "bad time" -> "name the column of the times with --columns time=COLUMN";
      case "no rank" -> "name the column of the ranks with --columns rank=COLUMN";
      case "missing field" ->
          "are they step times (--columns), records of NCCL Inspector v4, or events?";
      case "not UTF-8" -> "convert the input, iconv -f ENCODING -t UTF-8";
      default -> "are they what the files' ending says?";
    };
  }

  void check(StreamingOptions common) {
    columns();
    for (var level : Map.of("--slow-level", slowLevel, "--hot-level", hotLevel).entrySet()) {
      if (!(level.getValue() > 1) || level.getValue() > 100) {
        throw UserError.usage("%s %s: above 1, at most 100", level.getKey(), level.getValue());
      }
    }
    for (var time :
        Map.of(
                "--hang-after", hangAfter,
                "--join-timeout", joinTimeout,
                "--link-window", linkWindow)
            .entrySet()) {
      if (time.getValue().isZero() || time.getValue().toDays() > 1) {
        throw UserError.usage("%s: above 0, at most 1d", time.getKey());
      }
    }
    if (job != null && job.isBlank()) {
      throw UserError.usage("--job: empty");
    }
    if (job != null && columns.containsKey("job")) {
      throw UserError.usage("--job and --columns job=: one or the other");
    }
    recordedUntilUs();
    if (recordedUntil != null && common.readsKafka()) {
      throw UserError.usage("--recorded-until: of files, not topics");
    }
  }
}
