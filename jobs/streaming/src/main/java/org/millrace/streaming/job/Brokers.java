package org.millrace.streaming.job;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.millrace.command.UserError;

/** A look at Kafka before a job starts, which would try again and again for many minutes. */
final class Brokers {

  private static final int PATIENCE_MILLIS = 15_000;

  private Brokers() {}

  /** Fails, in a line that says what to do, if there are no brokers or not these topics. */
  static void check(StreamingOptions options) throws InterruptedException {
    var properties = new Properties();
    properties.putAll(options.kafkaProperties);
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, options.kafka);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 3);
    properties.keySet().removeIf(name -> name.toString().startsWith("delivery."));
    try (var admin = Admin.create(properties)) {
      admin.describeCluster().nodes().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      for (var topic : options.topics) {
        try {
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
          if (e.getCause() instanceof UnknownTopicOrPartitionException) {
            throw new UserError("--topic %s: no such topic at %s", topic, options.kafka);
          }
          throw e;
        }
      }
    } catch (ExecutionException | TimeoutException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new UserError(
          "--kafka-bootstrap %s: no broker answers (%s); is it running, and is this its address?",
          options.kafka,
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    } catch (KafkaException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new UserError("--kafka-bootstrap %s: %s", options.kafka, cause.getMessage());
    }
  }
}
