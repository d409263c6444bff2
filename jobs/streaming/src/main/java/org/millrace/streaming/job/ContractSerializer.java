package org.millrace.streaming.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes records of the contracts between operators, in Avro's binary encoding. They are not
 * changed once they were emitted.
 */
public final class ContractSerializer<T extends SpecificRecordBase> extends ValueSerializer<T> {

  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private transient SpecificDatumWriter<T> writer;
  private transient SpecificDatumReader<T> reader;
  private transient ByteArrayOutputStream bytes;
  private transient BinaryEncoder encoder;
  private transient BinaryDecoder decoder;

  private ContractSerializer(Class<T> type) {
    this.type = type;
  }

  /** The type of a stream of such records. */
  public static <T extends SpecificRecordBase> TypeInformation<T> type(Class<T> type) {
    return new RecordType<>(type, new ContractSerializer<>(type));
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return new ContractSerializer<>(type);
  }

  @Override
  public void serialize(T record, DataOutputView target) throws IOException {
    if (writer == null) {
      writer = new SpecificDatumWriter<>(type);
      bytes = new ByteArrayOutputStream(512);
    }
    bytes.reset();
    encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
    writer.write(record, encoder);
    encoder.flush();
    target.writeInt(bytes.size());
    target.write(bytes.toByteArray());
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    if (reader == null) {
      reader = new SpecificDatumReader<>(type);
    }
    var record = new byte[source.readInt()];
    source.readFully(record);
    decoder = DecoderFactory.get().binaryDecoder(record, decoder);
    return reader.read(null, decoder);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContractSerializer<?> that && type == that.type;
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(type);
  }
}
