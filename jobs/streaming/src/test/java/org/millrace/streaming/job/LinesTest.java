package org.millrace.streaming.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

  private static List<String> lines(String text) throws IOException {
    var found = new ArrayList<String>();
    try (var lines = new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      while (lines.advance()) {
        found.add(
            lines.number()
                + ":"
                + new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  @Test
  void endsAreNotPartOfLines() throws IOException {
    assertThat(lines("a\r\n\nb\nc")).containsExactly("1:a", "2:", "3:b", "4:c");
    assertThat(lines("a\n")).containsExactly("1:a");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    assertThat(lines("\uFEFFts,a\n1,2")).containsExactly("1:ts,a", "2:1,2");
  }

  @Test
  void aHugeLineIsCutAndTheNextIsWhole() throws IOException {
    var text = "x".repeat(3 * Lines.LONGEST) + "\nnext";
    try (var lines = new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      assertThat(lines.advance()).isTrue();
      assertThat(lines.cut()).isTrue();
      assertThat(lines.length()).isEqualTo(Lines.LONGEST);
      assertThat(lines.advance()).isTrue();
      assertThat(lines.cut()).isFalse();
      assertThat(new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8))
          .isEqualTo("next");
    }
  }
}
