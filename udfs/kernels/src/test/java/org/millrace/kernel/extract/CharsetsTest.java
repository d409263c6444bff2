package org.millrace.kernel.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.kernel.extract.Charsets.Decoded;

class CharsetsTest {

  private static final String CHINESE = "水车立在河边，水渠日夜给它送水。磨坊主人每天清晨起来看水位。";

  private static byte[] in(String charset, String text) {
    return text.getBytes(Charset.forName(charset));
  }

  @ParameterizedTest
  @CsvSource({
    "latin1, windows-1252",
    "ISO-8859-1, windows-1252",
    "us-ascii, windows-1252",
    "' GB2312 ', GB18030",
    "gbk, GB18030",
    "big5, Big5-HKSCS",
    "Shift_JIS, windows-31j",
    "x-sjis, windows-31j",
    "euc-kr, x-windows-949",
    "ks_c_5601-1987, x-windows-949",
    "euc-jp, EUC-JP",
    "iso-8859-9, windows-1254",
    "utf8, UTF-8",
    "cp1251, windows-1251",
    "koi8-r, KOI8-R",
    "iso-8859-15, ISO-8859-15",
    "tis-620, x-windows-874",
    "x-mac-cyrillic, x-MacCyrillic"
  })
  void knowsWhatLabelsMean(String label, String charset) {
    assertThat(Charsets.named(label)).isEqualTo(Charset.forName(charset));
  }

  @Test
  void knowsNoOtherLabels() {
    assertThat(Charsets.named("IBM037")).isNull();
    assertThat(Charsets.named("utf-7")).isNull();
    assertThat(Charsets.named("no charset!")).isNull();
    assertThat(Charsets.named(null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "GBK, gb2312, GB18030",
    "Big5, big5, Big5-HKSCS",
    "GB18030, gb18030, GB18030",
    "UTF-8, utf-8, UTF-8"
  })
  void believesTheHeader(String written, String declared, String charset) {
    var text = "漢字，水車立在河邊。";

    assertThat(Charsets.decode(in(written, text), declared)).isEqualTo(new Decoded(text, charset));
  }

  @Test
  void believesThePage() {
    var html = "<html><head><meta http-equiv=x content='text/html; charset=gb2312'>" + CHINESE;
    var short5 = "<META CHARSET = \"Shift_JIS\">水車と川";
    var xml = "<?xml version='1.0' encoding='windows-1251'?>Мельница";

    assertThat(Charsets.decode(in("GBK", html), null)).isEqualTo(new Decoded(html, "GB18030"));
    assertThat(Charsets.decode(in("Shift_JIS", short5), "nonsense"))
        .isEqualTo(new Decoded(short5, "windows-31j"));
    assertThat(Charsets.decode(in("windows-1251", xml), null))
        .isEqualTo(new Decoded(xml, "windows-1251"));
  }

  @Test
  void theHeaderGoesBeforeThePageIfItCanBe() {
    var html = "<meta charset=big5>Мельница";
    var wrong = "<meta charset=gbk>" + CHINESE;

    assertThat(Charsets.decode(in("windows-1251", html), "windows-1251").text()).isEqualTo(html);
    assertThat(Charsets.decode(in("GBK", wrong), "utf-8").text()).isEqualTo(wrong);
  }

  @Test
  void wellFormedUtf8IsUtf8WhateverIsDeclared() {
    var html = "<meta charset=gb2312>" + CHINESE;

    assertThat(Charsets.decode(in("UTF-8", html), "iso-8859-1"))
        .isEqualTo(new Decoded(html, "UTF-8"));
    assertThat(Charsets.decode(in("UTF-8", CHINESE), null))
        .isEqualTo(new Decoded(CHINESE, "UTF-8"));
  }

  @Test
  void aMarkGoesBeforeAll() {
    var bytes = in("UTF-8", "\uFEFFé");

    assertThat(Charsets.decode(bytes, "gbk")).isEqualTo(new Decoded("é", "UTF-8"));
    assertThat(Charsets.decode(in("UTF-16", "é"), null)).isEqualTo(new Decoded("é", "UTF-16BE"));
    assertThat(Charsets.decode(in("UTF-16LE", "\uFEFFé"), null))
        .isEqualTo(new Decoded("é", "UTF-16LE"));
  }

  @Test
  void wideCharsetsNeedZeros() {
    assertThat(Charsets.decode(in("UTF-8", "<p>abcd"), "utf-16").text()).isEqualTo("<p>abcd");
    assertThat(Charsets.decode(in("UTF-16LE", "<p>é"), "utf-16le").text()).isEqualTo("<p>é");
  }

  @Test
  void guessesWhatNothingDeclares() {
    var russian = "Мельница стоит у реки, и канал приносит ей воду днём и ночью. ".repeat(5);

    assertThat(Charsets.decode(in("GBK", CHINESE.repeat(5)), null))
        .isEqualTo(new Decoded(CHINESE.repeat(5), "GB18030"));
    assertThat(Charsets.decode(in("windows-1251", russian), null))
        .isEqualTo(new Decoded(russian, "windows-1251"));
  }

  @Test
  void aFewBrokenBytesDontMatter() {
    var utf8 = in("UTF-8", CHINESE.repeat(10));
    var cut = Arrays.copyOf(utf8, utf8.length - 1);
    var gbk = in("GBK", CHINESE.repeat(10));

    assertThat(Charsets.decode(cut, null).text())
        .startsWith(CHINESE.repeat(9))
        .endsWith("水位\uFFFD");
    assertThat(Charsets.decode(Arrays.copyOf(gbk, gbk.length - 1), "gb2312").text())
        .startsWith(CHINESE.repeat(9));
  }

  @Property(tries = 500)
  void decodesAnything(@ForAll byte[] bytes) {
    for (var declared : new String[] {null, "utf-8", "gbk", "big5", "iso-2022-jp", "utf-16"}) {
      var decoded = Charsets.decode(bytes, declared);

      assertThat(Charset.isSupported(decoded.charset())).isTrue();
      assertThat(decoded.text()).isNotNull();
    }
  }

  @Property(tries = 300)
  void utf8IsNeverTakenForAnother(@ForAll String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var expected = new String(bytes, StandardCharsets.UTF_8);
    boolean ascii = bytes.length == expected.length();

    var decoded = Charsets.decode(bytes, "gb18030");

    if (!ascii && !expected.startsWith("\uFEFF")) {
      assertThat(decoded).isEqualTo(new Decoded(expected, "UTF-8"));
    }
  }
}
