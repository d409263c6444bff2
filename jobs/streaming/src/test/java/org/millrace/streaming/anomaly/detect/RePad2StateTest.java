package org.millrace.streaming.anomaly.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * States that an earlier build wrote after 60 points still give the verdicts that it gave on the
 * next 200: of version 1, taken from version 1.
 */
class RePad2StateTest {

  @ParameterizedTest
  @EnumSource(LstmInput.class)
  void aStateOfVersionOneGoesOnAsRecorded(LstmInput input) throws IOException {
    var lines = resource("repad2-v1-%s.txt".formatted(input.name().toLowerCase())).split("\n");
    var state = HexFormat.of().parseHex(lines[0]);

    var detector =
        new RePad2.Factory(RePad2Config.guarded().withInput(input))
            .read(new DataInputStream(new ByteArrayInputStream(state)));

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
}
