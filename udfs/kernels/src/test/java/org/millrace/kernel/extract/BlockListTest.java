package org.millrace.kernel.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockListTest {

  private static final BlockList LIST =
      BlockList.of(
          Stream.of(
              "# a comment",
              "",
              "Bad.example   # and why",
              "*.wild.example",
              "www.web.example",
              ".xxx",
              "坏.中国",
              "https://www.part.example/Ads",
              "part.example/q?x=1",
              "casino",
              "free-stuff",
              "赌场"));

  @ParameterizedTest
  @CsvSource({
    "http://bad.example/x, bad.example",
    "https://a.b.BAD.example:8443/, bad.example",
    "http://wild.example/, wild.example",
    "http://m.web.example/, web.example",
    "http://any.xxx/, xxx",
    "http://www.坏.中国/, xn--7es.xn--fiqs8s",
    "http://part.example/Ads/1, part.example/Ads",
    "http://www.part.example/Adserver, part.example/Ads",
    "http://part.example/q?x=12, part.example/q?x=1",
    "http://a.example/Casino/1, casino",
    "http://casino.example/, casino",
    "http://a.example/x_free-stuff, free-stuff",
    "http://a.example/?q=%E8%B5%8C%E5%9C%BA, 赌场"
  })
  void namesTheEntry(String url, String entry) {
    assertThat(LIST.match(url)).isEqualTo(entry);
  }

  @ParameterizedTest
  @CsvSource({
    "http://notbad.example/",
    "http://bad.example.org/",
    "http://part.example/",
    "http://part.example/ads",
    "http://m.part.example/Ads",
    "http://a.example/casinos",
    "http://a.example/freestuff",
    "bad.example"
  })
  void letsOthersPass(String url) {
    assertThat(LIST.match(url)).isNull();
  }

  @Test
  void nothingMatchesNothing() {
    assertThat(LIST.match(null)).isNull();
    assertThat(LIST.size()).isEqualTo(10);
    assertThat(BlockList.of(Stream.empty()).match("http://a.example/")).isNull();
  }

  @Test
  void takesAMillionEntries() {
    var entries =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> i % 3 == 0 ? "site" + i + ".example/path" + i : "site" + i + ".example");

    var list = BlockList.of(entries);

    assertThat(list.size()).isEqualTo(1_000_000);
    assertThat(list.match("http://a.site7.example/x")).isEqualTo("site7.example");
    assertThat(list.match("http://site9.example/path9/x")).isEqualTo("site9.example/path9");
    assertThat(list.match("http://site9.example/x")).isNull();
  }
}
