package org.millrace.streaming.anomaly.input;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.millrace.schema.Metric;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.job.Format;

/** Messages of our contract {@link Metric}, in Avro's binary encoding without a header. */
public record AvroFormat() implements Format<Reading> {

  @Override
  public Header header() {
    return Header.NONE;
  }

  @Override
  public Decoder<Reading> decoder(String source, String header) {
    return new Metrics();
  }

  private static final class Metrics implements Decoder<Reading> {

    private final SpecificDatumReader<Metric> reader = new SpecificDatumReader<>(Metric.class);
    private BinaryDecoder decoder;
    private Metric metric;

    @Override
    public void decode(byte[] record, int length, Out<Reading> out) throws BadRecord {
      decoder = DecoderFactory.get().binaryDecoder(record, 0, length, decoder);
      try {
        metric = reader.read(metric, decoder);
        if (!decoder.isEnd()) {
          throw new BadRecord("not a Metric", "bytes after it");
        }
      } catch (IOException | RuntimeException e) {
        metric = null;
        throw new BadRecord("not a Metric", String.valueOf(e.getMessage()));
      }
      long ts = metric.getTs();
      if (ts < 0) {
        throw new BadRecord("bad time", String.valueOf(ts));
      }
      var device = Names.device(metric.getDevice());
      var variable = Names.variable(metric.getVariable());
      double value =
          metric.getValue() == null || metric.getValue().isInfinite()
              ? Double.NaN
              : metric.getValue();
      out.value(
          new Reading(
              device,
              ts,
              new String[] {variable},
              new double[] {value},
              System.currentTimeMillis()),
          ts,
          device);
    }
  }
}
