package org.millrace.streaming.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.command.Mode;
import org.millrace.command.UserError;
import picocli.CommandLine.Option;

/** The options that every streaming job has, with the same meaning everywhere. */
public final class StreamingOptions {

  /** What to do with a record that can't be used. */
  public enum OnError {
    /** Move it to the quarantine with its reason and position, and go on. */
    QUARANTINE,
    /** Fail the job at the first. */
    FAIL
  }

  /** File format of the datasets that a job writes. */
  public enum OutputFormat {
    PARQUET,
    JSONL,
    CSV
  }

  /** Form of the messages that a job writes. */
  public enum MessageFormat {
    JSON,
    AVRO
  }

  /** Where a topic is read from at first; a resumed run goes on where it was. */
  public enum From {
    EARLIEST,
    LATEST,
    COMMITTED
  }

  /** When to stop reading a topic. */
  public enum Until {
    /** Never. */
    FOREVER,
    /** At what is there when the job starts. */
    LATEST
  }

  /** Where state is kept. */
  public enum StateBackend {
    HEAP,
    ROCKSDB
  }

  @Option(
      names = "--input",
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Files or folders to read: .csv, .tsv or .jsonl (each also .gz), merged by event time.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = "--kafka-bootstrap",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, for --topic and --output-topic.")
  String kafka;

  @Option(
      names = "--topic",
      split = ",",
      paramLabel = "TOPIC",
      description = "Topics to read instead of files.")
  List<String> topics = new ArrayList<>();

  @Option(
      names = "--from",
      defaultValue = "earliest",
      paramLabel = "WHERE",
      description =
          "Where to begin in a topic: earliest, latest, or the offsets that the group has"
              + " committed. Default: ${DEFAULT-VALUE}.")
  From from;

  @Option(
      names = "--until",
      defaultValue = "forever",
      paramLabel = "WHEN",
      description =
          "latest stops at what is in the topics when the job starts. Default: ${DEFAULT-VALUE}.")
  Until until;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "Kafka consumer group. Default: millrace-COMMAND.")
  String group;

  @Option(
      names = "--kafka-property",
      paramLabel = "KEY=VALUE",
      description = "A setting of the Kafka clients, such as security.protocol; may be repeated.")
  Map<String, String> kafkaProperties = new LinkedHashMap<>();

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "Folder to write to; refused when it has something in it, see --mode.")
  String output;

  @Option(
      names = "--output-format",
      defaultValue = "parquet",
      paramLabel = "FORMAT",
      description = "Format of the datasets: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  OutputFormat outputFormat;

  @Option(
      names = "--output-topic",
      paramLabel = "TOPIC",
      description =
          "Topic to write to, exactly once (readers set isolation.level=read_committed). What goes"
              + " beside it goes to TOPIC-status, TOPIC-late, TOPIC-quarantine.")
  String outputTopic;

  @Option(
      names = "--message-format",
      defaultValue = "json",
      paramLabel = "FORMAT",
      description =
          "Form of written messages: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  MessageFormat messageFormat;

  @Option(
      names = "--mode",
      defaultValue = "create",
      paramLabel = "MODE",
      description =
          "When the output folder is not empty: create refuses, overwrite deletes its contents,"
              + " resume goes on from the last checkpoint. Default: ${DEFAULT-VALUE}.")
  Mode mode;

  @Option(
      names = "--on-error",
      defaultValue = "quarantine",
      paramLabel = "WHAT",
      description =
          "Bad records: quarantine sets them apart with a reason, fail stops the job. Default:"
              + " ${DEFAULT-VALUE}.")
  OnError onError;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parallel tasks an operator. Default: Flink's, all cores on one machine.")
  Integer parallelism;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "Time between checkpoints, and so between appearances of results, such as 10s. Default:"
              + " 10s from Kafka, 1m from files.")
  Duration checkpointInterval;

  @Option(
      names = "--checkpoint-dir",
      paramLabel = "FOLDER",
      description =
          "Where checkpoints go. Default: the cluster's setting; on one machine _checkpoints in"
              + " --output, deleted when the job is done.")
  String checkpointDir;

  @Option(
      names = "--state-backend",
      paramLabel = "NAME",
      description =
          "heap or rocksdb. Default: the cluster's setting; on one machine rocksdb for Kafka, heap"
              + " for files.")
  StateBackend stateBackend;

  @Option(
      names = "--idle-source",
      defaultValue = "30s",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "After this long without data a partition no longer holds event time back. Default:"
              + " ${DEFAULT-VALUE}.")
  Duration idleSource;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT[-PORT]",
      description =
          "Serve metrics for Prometheus at http://localhost:PORT/metrics (on a cluster: set its own"
              + " metrics.reporters).")
  String metricsPort;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A Flink setting; may be repeated.")
  Map<String, String> conf = new LinkedHashMap<>();

  @Option(names = "--debug", description = "Print the full cause of a failure.")
  boolean debug;

  /** Whether the input is topics. */
  public boolean readsKafka() {
    return !topics.isEmpty();
  }

  /** Whether there is a folder for the output. */
  public boolean writesFiles() {
    return output != null;
  }

  /** Reads these files, for jobs that have their own names for them. */
  public void read(List<String> files) {
    inputs = List.copyOf(files);
  }

  /** Reads these topics, likewise. */
  public void readTopics(List<String> names) {
    topics = List.copyOf(names);
  }

  /** Files and topics that were named by the options of this class. */
  public List<String> named() {
    var named = new ArrayList<>(inputs);
    named.addAll(topics);
    return named;
  }

  /** Whether the first bad record ends the job. */
  public boolean failsOnError() {
    return onError == OnError.FAIL;
  }

  /** After this long without data nobody waits for a source. */
  public Duration idleSource() {
    return idleSource;
  }

  void check(boolean readsOtherFiles) {
    boolean any = !inputs.isEmpty() || !topics.isEmpty() || readsOtherFiles;
    boolean both = !inputs.isEmpty() && !topics.isEmpty();
    if (!any || both) {
      throw UserError.usage("name the input: either --input or --kafka-bootstrap with --topic");
    }
    if ((readsKafka() || outputTopic != null) && kafka == null) {
      throw UserError.usage("--topic and --output-topic need --kafka-bootstrap HOST:PORT");
    }
    if (output == null && outputTopic == null) {
      throw UserError.usage("name where the results go: --output, --output-topic or both");
    }
    if (parallelism != null && parallelism < 1) {
      throw UserError.usage("--parallelism %d: at least 1", parallelism);
    }
    if (metricsPort != null && !metricsPort.matches("\\d{1,5}(-\\d{1,5})?")) {
      throw UserError.usage("--metrics-port %s: a port such as 9249, or 9249-9259", metricsPort);
    }
    if (mode == Mode.RESUME && output == null && checkpointDir == null) {
      throw UserError.usage("--mode resume needs --output or --checkpoint-dir of the earlier run");
    }
  }

  Duration checkpointInterval() {
    return checkpointInterval != null
        ? checkpointInterval
        : readsKafka() ? Duration.ofSeconds(10) : Duration.ofMinutes(1);
  }
}
