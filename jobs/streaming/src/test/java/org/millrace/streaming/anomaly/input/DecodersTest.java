package org.millrace.streaming.anomaly.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.command.UserError;
import org.millrace.schema.Metric;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;

class DecodersTest {

  private static final Layout FERRY = new Layout("TimeStamp", "ferry", null, null, null, List.of());

  private static Decoder<Reading> csv(Layout layout, String header) {
    return new CsvFormat(layout, ',').decoder("a.csv", header);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05Z,1767323045000",
    "2026-01-02T03:04:05.678901Z,1767323045678",
    "2026-01-02 03:04:05,1767323045000",
    "2026-01-02T03:04,1767323040000",
    "2026-01-02,1767312000000",
    "2026-01-02T03:04:05+02:00,1767315845000",
    "2026-01-02T03:04:05-0130,1767328445000",
    "1767323045,1767323045000",
    "1767323045.25,1767323045250",
    "1767323045000,1767323045000",
    "1767323045000000,1767323045000",
    "1767323045000000000,1767323045000",
    "1970-01-01T00:00:00Z,0"
  })
  void timesAreReadAsPeopleWriteThem(String text, long millis) throws BadRecord {
    assertThat(Times.parse(text)).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "yesterday",
    "''",
    "2026-13-01",
    "2026-02-30",
    "2026-01-02T25:00:00Z",
    "2026-01-02T03",
    "2026-01-02X03:04:05",
    "-5",
    "1969-12-31T23:59:59Z",
    "2026-01-02T03:04:05+99:00",
    "2026-01-02T03:04:05.",
    "NaN",
    "2026-01-02T03:04:05Zjunk",
    "1e300"
  })
  void otherTimesAreBad(String text) {
    assertThatThrownBy(() -> Times.parse(text)).isInstanceOf(BadRecord.class);
  }

  @Test
  void aWideRowOfOneDevice() {
    var decoder = csv(FERRY, "TimeStamp,salinity,\"flow, raw\"");

    assertThat(Decoded.of(decoder, "2021-10-28T00:00:00,34.5,").only())
        .isEqualTo("ferry@1635379200000 salinity=34.5 flow, raw=NaN");
    assertThat(Decoded.of(decoder, "2021-10-28T00:00:00,34.5").reason())
        .isEqualTo("another number of fields than the header: 2, expected 3");
    assertThat(Decoded.of(decoder, "2021-10-28T00:00:00,34.5,high").reason())
        .isEqualTo("not a number: flow, raw = 'high'");
    assertThat(Decoded.of(decoder, "2021-10-28T00:00:00,34.5,0x1p3").reason())
        .startsWith("not a number");
  }

  @Test
  void aLongRowWithItsDevice() {
    var decoder = csv(Layout.FOUND_OUT, "device,variable,ts,value");

    assertThat(Decoded.of(decoder, "gpu0,temp,1767323045,61.5").only())
        .isEqualTo("gpu0@1767323045000 temp=61.5");
    assertThat(Decoded.of(decoder, ",temp,1767323045,61.5").reason()).isEqualTo("no device");
    assertThat(Decoded.of(decoder, "gpu0,\"temp,1767323045,61.5").reason())
        .isEqualTo("a quoted field goes over the end of the line");
  }

  @Test
  void aWrongHeaderSaysWhatToDo() {
    assertThatThrownBy(() -> csv(Layout.FOUND_OUT, "when,a"))
        .isInstanceOf(UserError.class)
        .hasMessage("a.csv: which column is the time? name it with --time; it has: when, a");
    assertThatThrownBy(() -> csv(Layout.FOUND_OUT, "ts,a"))
        .hasMessageContaining("--device NAME if all of one, or --device-column; it has: ts, a");
    assertThatThrownBy(() -> csv(FERRY, "TimeStamp,a,a")).hasMessageContaining("two columns");
  }

  @Test
  void jsonOfARowAndOfAVariable() {
    var decoder = new JsonFormat(Layout.FOUND_OUT).decoder("topic/0", null);

    assertThat(
            Decoded.of(
                    decoder,
                    "{\"ts\":1767323045000,\"device\":\"d\",\"a\":1,\"b\":\"2.5\",\"c\":null}")
                .only())
        .isEqualTo("d@1767323045000 a=1.0 b=2.5 c=NaN");
    assertThat(
            Decoded.of(
                    decoder,
                    "{\"device\":\"d\",\"variable\":\"a\",\"ts\":\"2026-01-02T03:04:05Z\",\"value\":\"NaN\"}")
                .only())
        .isEqualTo("d@1767323045000 a=NaN");
    assertThat(
            Decoded.of(decoder, "{\"ts\":1,\"device\":\"d\",\"values\":{\"x\":1,\"y\":true}}")
                .only())
        .isEqualTo("d@1000 x=1.0 y=1.0");
    assertThat(Decoded.of(decoder, "{\"ts\":1,\"device\":\"d\"}").reason()).isEqualTo("no value");
    assertThat(Decoded.of(decoder, "{\"device\":\"d\",\"a\":1}").reason()).isEqualTo("no time");
    assertThat(Decoded.of(decoder, "[1]").reason()).isEqualTo("not a JSON object");
    assertThat(Decoded.of(decoder, "{\"ts\":1,\"device\":\"d\",\"a\":[1]}").reason())
        .isEqualTo("not a number: 'a' is not a simple value");
    assertThat(Decoded.of(decoder, "{\"ts\":1,\"device\":\"d\",\"a\":1,\"a\":2}").reason())
        .isEqualTo("a variable is there twice");
    assertThat(Decoded.of(decoder, "{} {}").reason()).startsWith("not valid JSON");
  }

  @Test
  void prometheusSamples() {
    var decoder =
        new PrometheusFormat(List.of("instance", "gpu"), List.of()).decoder("topic/0", null);
    var sample =
        "{\"timestamp\":\"2026-01-02T03:04:05Z\",\"value\":\"%s\",\"name\":\"DCGM_FI_DEV_GPU_TEMP\",\"labels\":{\"__name__\":\"DCGM_FI_DEV_GPU_TEMP\",\"gpu\":\"3\",\"instance\":\"host:9400\"}}";

    assertThat(Decoded.of(decoder, sample.formatted("61")).only())
        .isEqualTo("host:9400/3@1767323045000 DCGM_FI_DEV_GPU_TEMP=61.0");
    for (var blank :
        List.of("2147483632", "2147483634", "140737488355328", "9.223372036854775794e+18")) {
      assertThat(Decoded.of(decoder, sample.formatted(blank)).dropped())
          .describedAs(blank)
          .containsExactly("blank value of DCGM");
    }
    assertThat(Decoded.of(decoder, sample.formatted("hot")).reason())
        .isEqualTo("not a number: DCGM_FI_DEV_GPU_TEMP = 'hot'");
    assertThat(
            Decoded.of(
                    decoder,
                    "{\"timestamp\":\"2026-01-02T03:04:05Z\",\"value\":\"1\",\"name\":\"up\",\"labels\":{}}")
                .reason())
        .isEqualTo("no device: no label instance or gpu");
  }

  @Test
  void ourOwnMetric() throws Exception {
    var decoder = new AvroFormat().decoder("topic/0", null);
    var metric = new Metric("d", "v", 5000L, 1.5);
    var out = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(out, null);
    new SpecificDatumWriter<>(Metric.class).write(metric, encoder);
    encoder.flush();

    assertThat(Decoded.of(decoder, out.toByteArray()).only()).isEqualTo("d@5000 v=1.5");
    assertThat(Decoded.of(decoder, new byte[] {1, 2, 3}).reason()).startsWith("not a Metric");
  }
}
