package org.millrace.streaming.job;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes messages where they are read, so that each partition has its own event time. */
final class KafkaDecoding<T> implements KafkaRecordDeserializationSchema<Arrival<T>> {

  private static final long serialVersionUID = 1L;
  private static final byte[] NOTHING = {};

  private final Format<T> format;
  private final TypeInformation<Arrival<T>> type;
  private transient Map<String, Map<Integer, Partition<T>>> partitions;
  private transient Rejects.Collecting<T> found;

  KafkaDecoding(Format<T> format, TypeInformation<Arrival<T>> type) {
    this.format = format;
    this.type = type;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    partitions = new HashMap<>();
    found = new Rejects.Collecting<>();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<Arrival<T>> out) {
    var partition =
        partitions
            .computeIfAbsent(message.topic(), topic -> new HashMap<>())
            .computeIfAbsent(
                message.partition(),
                number -> {
                  var source = message.topic() + "/" + number;
                  return new Partition<>(source, format.decoder(source, null));
                });
    var value = message.value() == null ? NOTHING : message.value();
    Rejects.decode(
        partition.decoder(), partition.source(), message.offset(), value, value.length, found);
    for (var arrival : found.arrivals) {
      out.collect(arrival);
    }
  }

  @Override
  public TypeInformation<Arrival<T>> getProducedType() {
    return type;
  }

  private record Partition<T>(String source, Decoder<T> decoder) {}
}
