package org.millrace.streaming.anomaly.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.streaming.job.Decoder;

/** Whatever comes: readings that make sense, or a reason. */
class DecodersFuzzTest {

  private static final int ROUNDS = 4000;

  record Case(String name, Decoder<Reading> decoder, String good) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> decoders() {
    var found = Layout.FOUND_OUT;
    return Stream.of(
        new Case(
            "csv",
            new CsvFormat(found, ',').decoder("f", "ts,device,a,b"),
            "2026-01-02T03:04:05Z,\"d\",1.5,2e3"),
        new Case(
            "json",
            new JsonFormat(found).decoder("f", null),
            "{\"ts\":1767323045000,\"device\":\"d\",\"a\":1.5,\"values\":{\"b\":\"2\"}}"),
        new Case(
            "prometheus",
            new PrometheusFormat(List.of("instance"), List.of("x")).decoder("f", null),
            "{\"timestamp\":\"2026-01-02T03:04:05Z\",\"value\":\"1\",\"name\":\"up\",\"labels\":{\"instance\":\"i\",\"x\":\"y\"}}"),
        new Case("avro", new AvroFormat().decoder("f", null), "\u0002d\u0002v\u0002\u0000"));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void cutOffAtEachByte(Case each) {
    var good = each.good().getBytes(StandardCharsets.UTF_8);

    for (int length = 0; length < good.length; length++) {
      assertSane(Decoded.of(each.decoder(), Arrays.copyOf(good, length)));
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void damagedAtRandom(Case each) {
    var random = new Random(7);

    for (int round = 0; round < ROUNDS; round++) {
      var record = each.good().getBytes(StandardCharsets.UTF_8);
      for (int damage = 1 + random.nextInt(4); damage > 0; damage--) {
        record[random.nextInt(record.length)] = (byte) random.nextInt(256);
      }
      assertSane(Decoded.of(each.decoder(), record));
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void noiseOnly(Case each) {
    var random = new Random(11);

    for (int round = 0; round < ROUNDS; round++) {
      var record = new byte[random.nextInt(200)];
      random.nextBytes(record);
      assertSane(Decoded.of(each.decoder(), record));
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void hostileSizes(Case each) {
    var deep = "{\"a\":".repeat(200_000);
    var longNumber = "{\"ts\":1" + "0".repeat(500_000) + ",\"device\":\"d\",\"a\":1}";
    var longName = "{\"ts\":1,\"device\":\"" + "d".repeat(500_000) + "\",\"a\":1}";
    var wide = new StringBuilder("{\"ts\":1,\"device\":\"d\"");
    for (int i = 0; i < 20_000; i++) {
      wide.append(",\"v").append(i).append("\":1");
    }
    var badlyWide =
        wide.toString().replace(":1", ":\"x\"").replace("{\"ts\":\"x\"", "{\"ts\":1") + "}";
    var quotes = "\"\"".repeat(300_000);

    for (var hostile :
        List.of(
            deep,
            longNumber,
            longName,
            badlyWide,
            wide.append('}').toString(),
            quotes,
            ",".repeat(9999))) {
      var decoded = Decoded.of(each.decoder(), hostile);
      assertThat(decoded.reason()).isNotNull().hasSizeLessThan(400);
    }
  }

  private static void assertSane(Decoded decoded) {
    if (decoded.reason() != null) {
      assertThat(decoded.reason()).isNotBlank().hasSizeLessThan(400);
      return;
    }
    for (var reading : decoded.readings()) {
      assertThat(reading.device()).isNotBlank();
      assertThat(reading.ts()).isNotNegative();
      assertThat(reading.variables()).hasSameSizeAs(reading.values()).doesNotHaveDuplicates();
      for (double value : reading.values()) {
        assertThat(Double.isInfinite(value)).isFalse();
      }
    }
  }
}
