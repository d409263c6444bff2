package org.millrace.streaming.anomaly.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RePad2StateTest {

  private static final RePad2Config UNIT =
      RePad2Config.paper().withDenominator(RePad2Config.Denominator.UNIT);

  @Property(tries = 40)
  void goesOnAfterBeingWrittenAndRead(
      @ForAll LstmInput input,
      @ForAll boolean paper,
      @ForAll @IntRange(min = 0, max = 300) int before,
      @ForAll boolean gap)
      throws IOException {
    var config = (paper ? UNIT : RePad2Config.guarded()).withInput(input);
    var factory = new RePad2Factory(config);
    var detector = factory.create("ship", "salinity");
    var random = new Random(before);
    for (int t = 0; t < before; t++) {
      detector.observe(value(random, t));
    }
    if (gap) {
      detector.afterGap();
    }

    var read = factory.read(in(written(detector)));

    assertThat(read.score()).isEqualTo(detector.score());
    assertThat(read.expected()).isEqualTo(Double.valueOf(detector.expected()));
    for (int t = 0; t < 200; t++) {
      double value = value(random, before + t);
      assertThat(read.observe(value)).isEqualTo(detector.observe(value));
      assertThat(read.score()).isEqualTo(detector.score());
      assertThat(read.threshold()).isEqualTo(detector.threshold());
      assertThat(read.expected()).isEqualTo(Double.valueOf(detector.expected()));
    }
    assertThat(written(read)).isEqualTo(written(detector));
  }

  private static double value(Random random, int t) {
    return 20 + random.nextGaussian() + (t % 120 > 100 ? 15 : 0);
  }

  @ParameterizedTest
  @EnumSource(LstmInput.class)
  void itsStateStaysBelowTwoKilobytes(LstmInput input) throws IOException {
    for (var config : List.of(RePad2Config.paper(), RePad2Config.guarded())) {
      var detector = detector(config.withInput(input));
      var random = new Random(1);
      for (int t = 0; t < 9000; t++) {
        detector.observe(random.nextDouble());
      }

      assertThat(written(detector).length).isLessThan(2000);
    }
  }

  @Test
  void refusesTheStateOfAnUnknownVersion() {
    assertThatThrownBy(() -> new RePad2Factory(UNIT).read(in(new byte[] {9, 0, 0})))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "State of RePAD2 has version 9, this release reads 1 to 1: use the release that wrote it, or start without it");
  }

  @Test
  void refusesTheStateOfAnotherInput() throws IOException {
    var state = written(detector(UNIT));

    assertThatThrownBy(() -> new RePad2Factory(UNIT.withInput(LstmInput.SEQUENCE)).read(in(state)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another LSTM input");
  }

  /**
   * The resource holds what the first build wrote after 60 points, and what it said of the next
   * 200.
   */
  @ParameterizedTest
  @EnumSource(LstmInput.class)
  void aStateOfVersionOneGoesOnAsRecorded(LstmInput input) throws IOException {
    var lines = resource("repad2-v1-%s.txt".formatted(input.name().toLowerCase())).split("\n");
    var state = HexFormat.of().parseHex(lines[0]);

    var detector = new RePad2Factory(RePad2Config.guarded().withInput(input)).read(in(state));

    assertThat(continuation(detector)).isEqualTo(lines[1]);
  }

  /** A letter a point, then the last score. */
  static String continuation(Detector detector) {
    var said = new StringBuilder();
    for (int t = 60; t < 260; t++) {
      said.append(detector.observe(value(t)).name().charAt(0));
    }
    return said.append(' ').append(detector.score()).toString();
  }

  /** A sawtooth with a spike and a new level. */
  static double value(int t) {
    return 20 + t * 7 % 5 * 0.25 + (t == 90 ? 30 : 0) + (t >= 150 ? 12 : 0);
  }

  private static String resource(String name) throws IOException {
    try (var in = RePad2StateTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static RePad2 detector(RePad2Config config) {
    return new RePad2Factory(config).create("ship", "salinity");
  }

  private static byte[] written(Detector detector) throws IOException {
    var bytes = new ByteArrayOutputStream();
    detector.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
