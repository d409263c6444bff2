package org.millrace.streaming.anomaly.input;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.job.Format;

/**
 * Messages of our contract {@link org.millrace.schema.Metric}, in Avro's binary encoding without a
 * header.
 */
public record AvroFormat() implements Format<Reading> {

  @Override
  public Header header() {
    return Header.NONE;
  }

  @Override
  public Decoder<Reading> decoder(String source, String header) {
    return new Metrics();
  }

  /** Field by field: Avro's own reader believes a length before it has seen so many bytes. */
  private static final class Metrics implements Decoder<Reading> {

    private static final int VALUE_NULL = 0;
    private static final int VALUE_DOUBLE = 1;

    private BinaryDecoder decoder;

    @Override
    public void decode(byte[] record, int length, Out<Reading> out) throws BadRecord {
      decoder = DecoderFactory.get().binaryDecoder(record, 0, length, decoder);
      try {
        var device = Names.device(string());
        var variable = Names.variable(string());
        long ts = decoder.readLong();
        if (ts < 0) {
          throw new BadRecord("bad time", String.valueOf(ts));
        }
        double value = value();
        if (!decoder.isEnd()) {
          throw new BadRecord("not a Metric", "bytes after it");
        }
        out.value(
            new Reading(
                device,
                ts,
                new String[] {variable},
                new double[] {Double.isInfinite(value) ? Double.NaN : value},
                System.currentTimeMillis()),
            ts,
            device);
      } catch (IOException | RuntimeException e) {
        throw new BadRecord("not a Metric", String.valueOf(e.getMessage()));
      }
    }

    private String string() throws IOException, BadRecord {
      long length = decoder.readLong();
      if (length < 0 || length > decoder.inputStream().available()) {
        throw new BadRecord("not a Metric", "a text of " + length + " bytes is not there");
      }
      var bytes = new byte[(int) length];
      decoder.readFixed(bytes);
      return BadRecord.utf8(bytes, bytes.length);
    }

    private double value() throws IOException, BadRecord {
      int branch = decoder.readIndex();
      if (branch == VALUE_DOUBLE) {
        return decoder.readDouble();
      }
      if (branch != VALUE_NULL) {
        throw new BadRecord("not a Metric", "no such kind of value: " + branch);
      }
      return Double.NaN;
    }
  }
}
