package org.millrace.streaming.anomaly.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.command.UserError;
import org.millrace.schema.Metric;
import org.millrace.streaming.input.Numbers;
import org.millrace.streaming.input.Times;
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "NaN",
        "nan",
        "NAN",
        "-nan",
        "null",
        "NULL",
        "None",
        "NA",
        "n/a",
        "#N/A",
        "Inf",
        "inf",
        "+Inf",
        "-Inf",
        "INF",
        "Infinity",
        "-Infinity",
        "+infinity",
        " -INFINITY "
      })
  void absentValues(String text) throws BadRecord {
    assertThat(Numbers.parse(text, "v")).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-1.5,-1.5",
    "+2,2",
    ".5,0.5",
    "1.,1",
    "1e3,1000",
    "1.7976931348623157e308,1.7976931348623157e308",
    "1e-400,0",
    "' 7 ',7"
  })
  void presentValues(String text, double value) throws BadRecord {
    assertThat(Numbers.parse(text, "v")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two", "1,5", "1 2", "0x1p3", "1d", "2f", "1e", "infinit", "+", "1_0", "NaNs", "i"
      })
  void badValues(String text) {
    assertThatThrownBy(() -> Numbers.parse(text, "v"))
        .isInstanceOf(BadRecord.class)
        .hasMessage("not a number: v = '%s'", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e400", "1.8e308", "9e999999999"})
  void aNumberTooLargeForADoubleIsBad(String text) {
    assertThatThrownBy(() -> Numbers.parse(text, "v"))
        .isInstanceOf(BadRecord.class)
        .hasMessage("number too large: v = '%s'", text);
  }

  @Test
  void aWideRowOfOneDevice() {
    var decoder = csv(FERRY, "TimeStamp,salinity,\"flow, raw\"");

    assertThat(Decoded.of(decoder, "2021-10-28T00:00:00,34.5,").only())
        .isEqualTo("ferry@1635379200000 salinity=34.5 flow, raw=NaN");
    assertThat(Decoded.of(decoder, "2021-10-28T00:00:00,34.5").reason())
        .isEqualTo("another number of fields than the header: 2, expected 3");
    assertThat(Decoded.of(decoder, "2021-10-28T00:00:00,34.5,high").cells())
        .containsExactly("flow, raw 'high': not a number: flow, raw = 'high'");
  }

  @Test
  void onlyTheBadCellOfAWideRowIsLeftOut() {
    var decoder = csv(FERRY, "TimeStamp,a,b,c,d");

    var one = Decoded.of(decoder, "2021-10-28T00:00:00,1,two,,4");
    var several = Decoded.of(decoder, "2021-10-28T00:00:00,one,2,3e999,4");
    var after = Decoded.of(decoder, "2021-10-28T00:00:00,1,2,3,4");

    assertThat(one.only()).isEqualTo("ferry@1635379200000 a=1.0 c=NaN d=4.0");
    assertThat(one.cells()).containsExactly("b 'two': not a number: b = 'two'");
    assertThat(several.only()).isEqualTo("ferry@1635379200000 b=2.0 d=4.0");
    assertThat(several.cells())
        .containsExactly(
            "a 'one': not a number: a = 'one'", "c '3e999': number too large: c = '3e999'");
    assertThat(after.only()).isEqualTo("ferry@1635379200000 a=1.0 b=2.0 c=3.0 d=4.0");
    assertThat(after.cells()).isEmpty();
  }

  @Test
  void aWideRowWithoutAValueBesideItsBadCellIsBad() {
    var decoder = csv(FERRY, "TimeStamp,a,b");

    assertThat(Decoded.of(decoder, "2021-10-28T00:00:00,one,two").reason())
        .isEqualTo("not a number: a = 'one'");
    assertThat(Decoded.of(decoder, "2021-10-28T00:00:00,,two").reason())
        .isEqualTo("not a number: b = 'two'");
    assertThat(Decoded.of(decoder, "2021-10-28T00:00:00,,").only())
        .isEqualTo("ferry@1635379200000 a=NaN b=NaN");
  }

  @Test
  void onlyTheBadFieldOfAJsonRowIsLeftOut() {
    var decoder = new JsonFormat(Layout.FOUND_OUT).decoder("topic/0", null);

    var row =
        Decoded.of(
            decoder,
            "{\"ts\":1,\"device\":\"d\",\"a\":[1,[2]],\"host\":\"h\",\"b\":2,\"value\":\"x\","
                + "\"values\":{\"c\":{\"d\":1},\"e\":1e400,\"f\":3}}");

    assertThat(row.only()).isEqualTo("d@1000 b=2.0 f=3.0");
    assertThat(row.cells())
        .containsExactly(
            "a '[': not a number: 'a' is not a simple value",
            "host 'h': not a number: host = 'h'",
            "c '{': not a number: 'c' is not a simple value",
            "e '1e400': number too large: e = '1e400'",
            "value 'x': not a number: value = 'x'");
    assertThat(
            Decoded.of(decoder, "{\"device\":\"d\",\"variable\":\"a\",\"ts\":1,\"value\":\"two\"}")
                .reason())
        .isEqualTo("not a number: value = 'two'");
  }

  @Test
  void nanAndInfinityAsPythonWritesThemAreAbsent() {
    var decoder = new JsonFormat(Layout.FOUND_OUT).decoder("topic/0", null);

    var row =
        Decoded.of(decoder, "{\"ts\":1,\"device\":\"d\",\"a\":NaN,\"b\":Infinity,\"c\":-Infinity}");

    assertThat(row.only()).isEqualTo("d@1000 a=NaN b=NaN c=NaN");
    assertThat(row.cells()).isEmpty();
  }

  @Test
  void jsonInAnotherEncodingIsNotGuessedAt() {
    var decoder = new JsonFormat(Layout.FOUND_OUT).decoder("topic/0", null);
    var record = "{\"ts\":1,\"device\":\"d\",\"a\":1}";

    assertThat(Decoded.of(decoder, record.getBytes(StandardCharsets.UTF_16BE)).reason())
        .startsWith("not valid JSON");
    assertThat(Decoded.of(decoder, record.getBytes(StandardCharsets.UTF_16LE)).reason())
        .startsWith("not valid JSON");
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
