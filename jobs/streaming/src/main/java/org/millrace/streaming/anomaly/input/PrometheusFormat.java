package org.millrace.streaming.anomaly.input;

import java.util.List;
import org.millrace.streaming.input.Numbers;
import org.millrace.streaming.input.PrometheusSample;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.job.Format;

/**
 * What the Kafka adapter of Prometheus' remote write sends: {@code name}, {@code value} as a
 * string, {@code labels}, {@code timestamp} in ISO-8601. DCGM's blank values, which say that a GPU
 * has no such value, are left out.
 *
 * @param deviceLabels labels that together name the device, in this order, joined by a slash; those
 *     that a sample lacks are passed over
 * @param variableLabels labels that are added to the metric's name to name the variable
 */
public record PrometheusFormat(List<String> deviceLabels, List<String> variableLabels)
    implements Format<Reading> {

  /** The rule by which blank values are left out. */
  public static final String BLANK = PrometheusSample.BLANK;

  @Override
  public Header header() {
    return Header.NONE;
  }

  @Override
  public Decoder<Reading> decoder(String source, String header) {
    return new Samples();
  }

  private final class Samples implements Decoder<Reading> {

    private final PrometheusSample sample = new PrometheusSample();

    @Override
    public void decode(byte[] record, int length, Out<Reading> out) throws BadRecord {
      sample.read(record, length);
      long ts = sample.time();
      var name = Names.variable(sample.name());
      var device = joined(null, deviceLabels);
      if (device == null) {
        throw new BadRecord("no device", "no label " + String.join(" or ", deviceLabels));
      }
      Names.device(device);
      if (sample.value() == null) {
        throw new BadRecord("no value");
      }
      var variable = variableLabels.isEmpty() ? name : Names.variable(joined(name, variableLabels));
      double number = Numbers.parse(sample.value(), variable);
      if (PrometheusSample.isBlank(number)) {
        out.dropped(BLANK);
        return;
      }
      out.value(
          new Reading(
              device,
              ts,
              new String[] {variable},
              new double[] {number},
              System.currentTimeMillis()),
          ts,
          device);
    }

    private String joined(String first, List<String> names) {
      var joined = first;
      for (var label : names) {
        var part = sample.labels().get(label);
        if (part != null && !part.isEmpty()) {
          joined = joined == null ? part : joined + "/" + part;
        }
      }
      return joined;
    }
  }
}
