package org.millrace.kernel.warc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.warc.WarcFile.bytes;
import static org.millrace.kernel.warc.WarcFile.compressed;
import static org.millrace.kernel.warc.WarcFile.headers;
import static org.millrace.kernel.warc.WarcFile.http;
import static org.millrace.kernel.warc.WarcFile.joined;
import static org.millrace.kernel.warc.WarcFile.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transfer and content encodings of HTTP bodies. */
class BodyTest {

  private static final String TEXT = "hello, hello, hello";

  private static String body(String httpHeaders, byte[] body) {
    var response = http("Content-Type: text/html\r\n" + httpHeaders, body);
    var items = WarcFile.gzip().with(record("response", headers("http://a/"), response)).items();
    assertThat(items).hasSize(1);
    return items.get(0) instanceof WarcPage page
        ? new String(page.payload(), UTF_8)
        : "fault: " + ((WarcFault) items.get(0)).reason();
  }

  private static byte[] deflated(boolean bare) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var deflate = new DeflaterOutputStream(out, new Deflater(6, bare))) {
      deflate.write(bytes(TEXT));
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "'5|hello|2;x=y|, |0||', 'hello, '",
    "'005 |hello|0|Trailer: x||', hello",
    "'A|0123456789|0|', 0123456789",
    "'a|0123456789|0', 0123456789",
    "'<html>|no chunks', '<html>|no chunks'",
    "'0||', ''",
    "'5|hello|xyz|', 'fault: bad chunking: no chunk size at byte 10 of the body'",
    "'5|hello|9|hello|', 'fault: bad chunking: the body ends inside a chunk of 9 bytes'",
    "'5|hello|', 'fault: bad chunking: no chunk size at byte 10 of the body'",
    "'5|hello|FFFFFFFFFFF|', 'fault: bad chunking: no chunk size at byte 10 of the body'",
    "'ffffffff|x', 'fault: bad chunking: the body ends inside a chunk of 4294967295 bytes'"
  })
  void joinsChunks(String chunks, String expected) {
    var text = body("Transfer-Encoding: chunked\r\n", bytes(chunks.replace("|", "\r\n")));

    assertThat(text.replace("\r\n", "|")).isEqualTo(expected);
  }

  @Test
  void decodesWhatIsEncoded() throws IOException {
    assertThat(body("Content-Encoding: gzip\r\n", compressed(bytes(TEXT)))).isEqualTo(TEXT);
    assertThat(body("Content-Encoding: x-gzip\r\n", bytes(TEXT))).isEqualTo(TEXT);
    assertThat(body("Content-Encoding: deflate\r\n", deflated(false))).isEqualTo(TEXT);
    assertThat(body("Content-Encoding: deflate\r\n", deflated(true))).isEqualTo(TEXT);
    var twice = compressed(deflated(false));
    assertThat(body("Content-Encoding: deflate, gzip\r\n", twice)).isEqualTo(TEXT);
  }

  @Test
  void decodesBrotli() {
    // One stored meta-block of RFC 7932: 16-bit window, 5 bytes; then an empty last one.
    var stored = joined(HexFormat.of().parseHex("400010"), bytes("hello"), new byte[] {3});

    assertThat(body("Content-Encoding: br\r\n", stored)).isEqualTo("hello");
  }

  @Test
  void decodesChunksBeforeContent() {
    var packed = compressed(bytes(TEXT));
    var chunk = joined(bytes(Integer.toHexString(packed.length) + "\r\n"), packed);
    var chunked = joined(chunk, bytes("\r\n0\r\n\r\n"));

    assertThat(body("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked))
        .isEqualTo(TEXT);
  }

  @Test
  void saysWhatItCannotDecode() {
    var packed = compressed(bytes(TEXT));
    var cut = Arrays.copyOf(packed, packed.length - 10);

    assertThat(body("Content-Encoding: gzip\r\n", cut))
        .startsWith("fault: the body is no whole gzip: ");
    assertThat(body("Content-Encoding: br\r\n", bytes("hello, this is no brotli")))
        .startsWith("fault: the body is no whole br: ");
    assertThat(body("Content-Encoding: deflate\r\n", bytes("hello")))
        .startsWith("fault: the body is no whole deflate: ");
    assertThat(body("Content-Encoding: zstd\r\n", packed))
        .isEqualTo("fault: content encoding zstd is not supported");
    assertThat(body("Content-Encoding: " + "gzip,".repeat(9) + "\r\n", packed))
        .isEqualTo("fault: the body has 10 content encodings");
  }

  @Test
  void leavesABodyThatExpandsBeyondTheLimit() {
    var bomb = compressed(new byte[50 << 20]);

    assertThat(body("Content-Encoding: gzip\r\n", bomb))
        .isEqualTo("fault: the decoded body is larger than 1048576 bytes");
    assertThat(body("Content-Encoding: gzip, gzip\r\n", compressed(bomb)))
        .isEqualTo("fault: the decoded body is larger than 1048576 bytes");
  }
}
