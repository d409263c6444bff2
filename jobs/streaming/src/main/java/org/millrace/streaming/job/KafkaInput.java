package org.millrace.streaming.job;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.millrace.streaming.job.StreamingOptions.From;
import org.millrace.streaming.job.StreamingOptions.Until;

/** Topics as input. */
final class KafkaInput {

  /** New partitions are found within a minute. */
  private static final String DISCOVERY_MILLIS = "60000";

  private KafkaInput() {}

  static <T> DataStream<Arrival<T>> arrivals(
      StreamExecutionEnvironment environment,
      StreamingOptions options,
      String job,
      Format<T> format,
      TypeInformation<Arrival<T>> type,
      WatermarkStrategy<Arrival<T>> watermarks) {
    // A format that can't be had from messages says so before a cluster starts.
    format.decoder(options.topics.get(0), null);
    return environment
        .fromSource(
            source(options, job, new KafkaDecoding<>(format, type)),
            watermarks.withIdleness(options.idleSource),
            "topics",
            type)
        .uid("source-kafka");
  }

  private static <T> KafkaSource<Arrival<T>> source(
      StreamingOptions options, String job, KafkaDecoding<T> decoding) {
    var builder =
        KafkaSource.<Arrival<T>>builder()
            .setBootstrapServers(options.kafka)
            .setTopics(options.topics)
            .setGroupId(options.group == null ? "millrace-" + job : options.group)
            .setStartingOffsets(start(options.from))
            .setProperty("isolation.level", "read_committed")
            .setProperty("partition.discovery.interval.ms", DISCOVERY_MILLIS)
            .setDeserializer(decoding);
    options.kafkaProperties.forEach(builder::setProperty);
    if (options.until == Until.LATEST) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return builder.build();
  }

  private static OffsetsInitializer start(From from) {
    return switch (from) {
      case EARLIEST -> OffsetsInitializer.earliest();
      case LATEST -> OffsetsInitializer.latest();
      case COMMITTED -> committed();
    };
  }

  @SuppressWarnings("deprecation") // The connector has no other way to say "else the earliest".
  private static OffsetsInitializer committed() {
    return OffsetsInitializer.committedOffsets(
        org.apache.kafka.clients.consumer.OffsetResetStrategy.EARLIEST);
  }
}
