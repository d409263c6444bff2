package org.millrace.batch.corpus.pack;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TokenBytesTest {

  @Property
  void comeBackAsTheyWere(@ForAll int[] tokens) {
    var bytes = TokenBytes.of(tokens);

    assertThat(TokenBytes.tokens(bytes)).isEqualTo(tokens);
    assertThat(TokenBytes.count(bytes)).isEqualTo(tokens.length);
  }

  @Test
  void areLittleEndian() {
    assertThat(TokenBytes.of(new int[] {0x01020304, 5})).containsExactly(4, 3, 2, 1, 5, 0, 0, 0);
  }
}
