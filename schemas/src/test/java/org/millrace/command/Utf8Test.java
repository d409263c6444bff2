package org.millrace.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Test {

  @Test
  void readsTheRecordsBytesOnly() throws CharacterCodingException {
    assertThat(Utf8.text("größer".getBytes(StandardCharsets.UTF_8), 4)).isEqualTo("grö");
  }

  @Test
  void aReplacementCharacterMayBeGenuine() {
    assertThat(Utf8.valid("\uFFFD".getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @Test
  void latin1IsNoUtf8() {
    var latin1 = "größer".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(Utf8.valid(latin1)).isFalse();
    assertThatThrownBy(() -> Utf8.text(latin1, latin1.length))
        .isInstanceOf(CharacterCodingException.class);
  }
}
