package org.millrace.streaming.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.millrace.streaming.job.StreamingOptions.MessageFormat;

/** Topics of records, each written once: what a reader of committed messages sees. */
final class KafkaOutput {

  /**
   * Brokers allow up to 15 minutes by default; a job that is down for longer loses what is open.
   */
  private static final Duration TRANSACTION = Duration.ofMinutes(15);

  private KafkaOutput() {}

  static <T extends SpecificRecordBase> KafkaSink<T> sink(
      StreamingOptions options, String job, String topic, Class<T> type) {
    var properties = new Properties();
    properties.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(TRANSACTION.toMillis()));
    properties.putAll(options.kafkaProperties);
    return KafkaSink.<T>builder()
        .setBootstrapServers(options.kafka)
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix("millrace-" + job + "-" + topic)
        .setRecordSerializer(new Messages<>(topic, type, options.messageFormat))
        .build();
  }

  /** A record as a message, by its device (or whatever is its first field) to a partition. */
  private static final class Messages<T extends SpecificRecordBase>
      implements KafkaRecordSerializationSchema<T> {

    private static final long serialVersionUID = 1L;

    private final String topic;
    private final Class<T> type;
    private final MessageFormat format;
    private transient SpecificDatumWriter<T> writer;
    private transient BinaryEncoder encoder;

    private Messages(String topic, Class<T> type, MessageFormat format) {
      this.topic = topic;
      this.type = type;
      this.format = format;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(T record, KafkaSinkContext context, Long ts) {
      var device = record.getSchema().getField("device");
      var key = record.get(device == null ? 0 : device.pos());
      return new ProducerRecord<>(
          topic, String.valueOf(key).getBytes(StandardCharsets.UTF_8), value(record));
    }

    private byte[] value(T record) {
      if (format == MessageFormat.JSON) {
        return RecordJson.bytes(record);
      }
      if (writer == null) {
        writer = new SpecificDatumWriter<>(type);
      }
      var out = new ByteArrayOutputStream(256);
      encoder = EncoderFactory.get().binaryEncoder(out, encoder);
      try {
        writer.write(record, encoder);
        encoder.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }
  }
}
