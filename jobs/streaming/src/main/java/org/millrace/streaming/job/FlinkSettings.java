package org.millrace.streaming.job;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.fs.Path;
import org.millrace.streaming.job.StreamingOptions.StateBackend;

/** A job's options as Flink's settings; what the user says by {@code --conf} comes first. */
final class FlinkSettings {

  private static final int ATTEMPTS = 10;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
  private static final MemorySize ROCKSDB_MEMORY = MemorySize.ofMebiBytes(512);

  private final StreamingOptions options;
  private final Configuration configuration = new Configuration();

  private FlinkSettings(StreamingOptions options) {
    this.options = options;
    options.conf.forEach(configuration::setString);
  }

  /**
   * The settings of a job.
   *
   * @param checkpoints where they go; null for the cluster's own place
   */
  static Configuration of(
      StreamingOptions options, String job, Path checkpoints, Environment environment) {
    var settings = new FlinkSettings(options);
    settings.pipeline(job);
    settings.checkpoints(checkpoints);
    settings.state(environment);
    settings.metrics();
    if (environment == Environment.IN_PROCESS) {
      settings.restarts();
    }
    return settings.configuration;
  }

  /** What runs the job. */
  enum Environment {
    IN_PROCESS,
    CLUSTER
  }

  private void pipeline(String job) {
    byDefault(PipelineOptions.NAME, "millrace " + job);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    // State must find its operator again after the graph has changed.
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
  }

  private void checkpoints(Path folder) {
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, options.checkpointInterval());
    byDefault(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    byDefault(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    if (folder != null) {
      configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toString());
    }
  }

  private void state(Environment environment) {
    var backend = options.stateBackend;
    if (backend == null && environment == Environment.IN_PROCESS) {
      backend = options.readsKafka() ? StateBackend.ROCKSDB : StateBackend.HEAP;
    }
    if (backend != null) {
      configuration.set(
          StateBackendOptions.STATE_BACKEND, backend == StateBackend.HEAP ? "hashmap" : "rocksdb");
    }
    if (backend == StateBackend.ROCKSDB && environment == Environment.IN_PROCESS) {
      byDefault(TaskManagerOptions.MANAGED_MEMORY_SIZE, ROCKSDB_MEMORY);
    }
  }

  private void metrics() {
    if (options.metricsPort != null) {
      configuration.setString("metrics.reporters", "prometheus");
      configuration.setString(
          "metrics.reporter.prometheus.factory.class",
          "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
      configuration.setString("metrics.reporter.prometheus.port", options.metricsPort);
    }
  }

  /** A failed task is tried again from the last checkpoint; a bad option or input is not. */
  private void restarts() {
    byDefault(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    byDefault(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, ATTEMPTS);
    byDefault(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, BETWEEN_ATTEMPTS);
  }

  private <T> void byDefault(ConfigOption<T> option, T value) {
    if (!configuration.contains(option)) {
      configuration.set(option, value);
    }
  }
}
