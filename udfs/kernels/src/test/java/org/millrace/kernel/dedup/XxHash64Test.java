package org.millrace.kernel.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {

  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
    "Nobody inspects the spammish repetition, fbcea83c8a378bf1"
  })
  void publishedValuesOfSeedZero(String text, String hash) {
    var bytes = ("--" + text + "--").getBytes(StandardCharsets.UTF_8);

    assertThat(Long.toHexString(XxHash64.hash(bytes, 2, bytes.length - 2, 0))).isEqualTo(hash);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "-1", "2147483647"})
  void anIntIsItsFourBytes(int value) {
    byte[] bytes = {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)};

    assertThat(XxHash64.hash(value, 7)).isEqualTo(XxHash64.hash(bytes, 0, 4, 7));
  }
}
