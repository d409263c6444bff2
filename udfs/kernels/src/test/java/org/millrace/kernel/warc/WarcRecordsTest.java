package org.millrace.kernel.warc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.millrace.kernel.warc.WarcFile.bytes;
import static org.millrace.kernel.warc.WarcFile.compressed;
import static org.millrace.kernel.warc.WarcFile.headers;
import static org.millrace.kernel.warc.WarcFile.html;
import static org.millrace.kernel.warc.WarcFile.http;
import static org.millrace.kernel.warc.WarcFile.joined;
import static org.millrace.kernel.warc.WarcFile.record;
import static org.millrace.kernel.warc.WarcFile.told;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarcRecordsTest {

  private static final String A = "http://a.example/";
  private static final String B = "http://b.example/";
  private static final String C = "http://c.example/";

  private static WarcFile file(boolean gzip) {
    return gzip ? WarcFile.gzip() : WarcFile.plain();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesPagesWithWhatIsKnownOfThem(boolean gzip) {
    var file = file(gzip).with(record("warcinfo", "", bytes("software: x\r\n")));
    int second = file.size();

    var items = file.with(html(A, "<p>é</p>")).items();

    assertThat(items).hasSize(1);
    var page = (WarcPage) items.get(0);
    assertThat(page)
        .usingRecursiveComparison()
        .isEqualTo(
            new WarcPage(
                "urn:uuid:17",
                A,
                "2024-02-03T04:05:06Z",
                "text/html",
                200,
                "utf-8",
                bytes("<p>é</p>"),
                second));
  }

  @Test
  void readsTheTextOfConversions() {
    var head = "WARC-Target-URI: " + A + "\r\nContent-Type: text/plain\r\n";

    var items = WarcFile.gzip().with(record("conversion", head, bytes("汉字\nb"))).items();

    var page = (WarcPage) items.get(0);
    assertThat(new String(page.payload(), UTF_8)).isEqualTo("汉字\nb");
    assertThat(page.charset()).isEqualTo("UTF-8");
    assertThat(page.status()).isEqualTo(WarcPage.NO_STATUS);
    assertThat(page.id()).isNull();
  }

  @Test
  void countsWhatIsNoPage() throws IOException {
    var notFound = bytes("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nx");
    var file =
        WarcFile.gzip()
            .with(record("response", headers(A), notFound))
            .with(record("response", headers(A), http("Content-Type: image/png\r\n", bytes("x"))))
            .with(record("response", "Content-Type: text/dns\r\n", bytes("x")))
            .with(record("request", headers(A), bytes("GET / HTTP/1.1\r\n\r\n")))
            .with(record("revisit", headers(A), bytes("")))
            .with(record("something", "", bytes("x")))
            .with(html(B, "x"));

    try (var records = WarcRecords.of(new ByteArrayInputStream(file.bytes()))) {
      assertThat(records.next().url()).isEqualTo(B);
      assertThat(records.next()).isNull();

      var counts = records.counts();
      assertThat(counts)
          .hasToString("{PAGE=1, OTHER_STATUS=1, OTHER_TYPE=2, REQUEST=1, REVISIT=1, UNKNOWN=1}");
      assertThat(counts.total()).isEqualTo(7);
      assertThat(counts.of(Kind.WARCINFO)).isZero();
    }
  }

  @Test
  void anEmptyFileHasNothing() {
    assertThat(WarcFile.items(new byte[0])).isEmpty();
  }

  @Test
  void readsAWholeFileInOneGzipMemberAndRecordsOverSeveral() {
    var all = joined(html(A, "x".repeat(300)), html(B, "y"), html(C, "z"));
    var one = compressed(all);
    var several =
        joined(
            compressed(Arrays.copyOf(all, 150)),
            compressed(Arrays.copyOfRange(all, 150, all.length)));

    assertThat(told(WarcFile.items(one))).containsExactly(A, B, C);
    assertThat(told(WarcFile.items(several))).containsExactly(A, B, C);
  }

  @Test
  void readsLineFeedsAloneAndFoldedFieldsAndOldVersions() {
    var text =
        "WARC/0.18\nwarc-type:response\nWARC-Target-URI:\n <http://a.example/>\nContent-Length: 49"
            + "\n\nHTTP/1.0 200\ncontent-type: TEXT/PLAIN\n\nfour words\n\n";

    assertThat(told(WarcFile.items(bytes(text)))).containsExactly(A);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTruncatedFileGivesWhatIsWhole(boolean gzip) {
    var file = file(gzip).with(html(A, "x")).with(html(B, "y".repeat(500)));
    var whole = file.bytes();

    var items = WarcFile.items(Arrays.copyOf(whole, whole.length - 20));

    assertThat(told(items).get(0)).isEqualTo(A);
    var fault = (WarcFault) items.get(1);
    assertThat(fault.reason())
        .isEqualTo(
            gzip
                ? "the file ends inside a gzip member"
                : "the record ends early: " + (561 - 16) + " of 561 bytes");
    assertThat(fault.url()).isEqualTo(B);
    assertThat(items).hasSize(2);
  }

  @Test
  void garbageBetweenMembersIsToldAndPassedOver() {
    var file = WarcFile.gzip().with(html(A, "x"));
    int at = file.size();
    file.raw(bytes("not gzip at all")).with(html(B, "y")).raw(new byte[] {0x1F, 0x1F, 0});

    var items = file.items();

    assertThat(told(items))
        .containsExactly(A, "fault: no gzip member: 15 bytes", B, "fault: no gzip member: 3 bytes");
    assertThat(items.get(1).offset()).isEqualTo(at);
  }

  @Test
  void garbageBeforeTheFirstRecord() {
    var garbage = bytes("WARNING");

    assertThat(told(WarcFile.gzip().raw(garbage).with(html(A, "x")).items()))
        .containsExactly("fault: no gzip member: 7 bytes", A);
    assertThat(told(WarcFile.plain().raw(garbage).with(html(A, "x")).items()))
        .containsExactly("fault: no WARC record: 7 bytes", A);
    assertThat(told(WarcFile.items(garbage))).containsExactly("fault: no WARC record: 7 bytes");
    assertThat(told(WarcFile.gzip().with(html(A, "x")).with(garbage).with(html(B, "x")).items()))
        .containsExactly(A, "fault: no WARC record begins here", B);
  }

  @Test
  void goesOnAfterAMemberThatIsBroken() {
    var random = new Random(7);
    var body = new StringBuilder();
    random.ints(5000, 'a', 'z').forEach(c -> body.append((char) c));
    var file = WarcFile.gzip().with(html(A, "x"));
    int at = file.size();
    var whole = file.with(html(B, body.toString())).with(html(C, "y")).bytes();
    for (int i = 0; i < 40; i++) {
      whole[at + 1000 + i] ^= 0x5A;
    }

    var items = WarcFile.items(whole);

    assertThat(told(items)).hasSize(3).startsWith(A).endsWith(C);
    var fault = (WarcFault) items.get(1);
    assertThat(fault.reason()).startsWith("a gzip member is damaged: ");
    assertThat(fault.url()).isEqualTo(B);
    assertThat(fault.offset()).isEqualTo(at);
  }

  @Test
  void aBrokenHeadOfAMemberIsNotBlamedOnTheRecordBefore() {
    var file = WarcFile.gzip().with(html(A, "x"));
    int at = file.size();
    var whole = file.with(html(B, "y")).with(html(C, "z")).bytes();
    whole[at + 10] = (byte) 0xFF;

    assertThat(told(WarcFile.items(whole)))
        .hasSize(3)
        .startsWith(A)
        .endsWith(C)
        .element(1)
        .asString()
        .startsWith("fault: a gzip member is damaged: ");
  }

  @Test
  void aWrongChecksumIsAFaultOfItsRecordAlone() {
    var file = WarcFile.gzip().with(html(A, "x"));
    var whole = file.with(html(B, "y")).bytes();
    whole[file.size() - 8] ^= 1;

    assertThat(told(WarcFile.items(joined(whole, compressed(html(C, "z"))))))
        .containsExactly(A, "fault: a gzip member is damaged: its checksum is wrong", C);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWrongLengthLosesNoOtherRecord(boolean gzip) {
    var content = http("Content-Type: text/html\r\n", bytes("hello, hello"));
    for (int wrong : new int[] {content.length - 7, content.length + 7, content.length + 200}) {
      var file = file(gzip).with(html(A, "x"));
      file.with(record("response", headers(B), content, wrong)).with(html(C, "z".repeat(300)));

      var items = file.items();

      assertThat(told(items)).as("length " + wrong).hasSize(3).startsWith(A).endsWith(C);
      assertThat(items.get(1)).isInstanceOf(WarcFault.class);
      assertThat(items.get(1).url()).isEqualTo(B);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void missingFieldsAreFaults(boolean gzip) {
    var page = http("Content-Type: text/html\r\n", bytes("x"));
    var items =
        file(gzip)
            .with(bytes("WARC/1.0\r\nWARC-Type: response\r\n\r\nsome bytes\r\n\r\n"))
            .with(record("response", "Content-Length: 5x\r\n", bytes("12345")))
            .with(record("response", "", page))
            .with(bytes("WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"))
            .with(record("response", headers(A), bytes("no http")))
            .with(html(B, "x"))
            .items();

    assertThat(told(items))
        .containsExactly(
            "fault: the record has no Content-Length that is a number",
            "fault: the record has no Content-Length that is a number",
            "fault: the record has no WARC-Target-URI",
            "fault: the record has no WARC-Type",
            "fault: the record has no HTTP head",
            B);
  }

  @Test
  void headerLinesOfMegabytesAreReadOver() {
    var longLine = "X-Long: " + "x".repeat(3_000_000) + "\r\n";
    var page = http("X-" + longLine + "Content-Type: text/html\r\n", bytes("x"));
    var endless = bytes("WARC/1.0\r\n" + "x".repeat(9_000_000));

    var items =
        WarcFile.gzip()
            .with(record("response", longLine + headers(A), page))
            .with(endless)
            .with(html(B, "x"))
            .items();

    assertThat(told(items)).containsExactly(A, "fault: the header is longer than 8388608 bytes", B);
  }

  @Test
  void aRecordBeyondTheLimitIsPassedOver() {
    long length = 1L << 30;
    var head = bytes("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
    var begin = record("response", headers(A), new byte[0], length + head.length);
    var front = Arrays.copyOf(begin, begin.length - 4);
    var back = joined(bytes("\r\n\r\n"), html(B, "x"));

    var records = WarcRecords.of(new Padded(joined(front, head), length, back));

    assertThat(told(WarcFile.items(records)))
        .containsExactly("fault: the record is larger than 16777216 bytes: 1073741824", B);
  }

  @Test
  void aLargeFilmIsCountedNotAFault() {
    var film = http("Content-Type: video/mp4\r\n", new byte[12 << 20]);
    var file = WarcFile.gzip().with(record("response", headers(A), film)).with(html(B, "x"));

    assertThat(told(file.items())).containsExactly(B);
  }

  @Test
  void aMemberThatExpandsWithoutEndIsLeft() {
    var bomb = compressed(new byte[100 << 20]);
    var film = http("Content-Type: text/html\r\n", new byte[100 << 20]);
    var file =
        WarcFile.gzip().raw(bomb).with(record("response", headers(A), film)).with(html(B, "x"));

    assertThat(told(file.items()))
        .containsExactly(
            "fault: no WARC record begins here",
            "fault: a gzip member expands more than 200-fold",
            "fault: a gzip member expands more than 200-fold",
            B);
  }

  @Test
  void manyLyingRecordsAreReadToTheEnd() {
    var lie = bytes("WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 900000\r\n\r\n");
    var file = WarcFile.plain();
    for (int i = 0; i < 100_000; i++) {
      file.raw(lie);
    }

    assertThat(file.items()).isNotEmpty().allMatch(i -> i instanceof WarcFault);
  }

  @Test
  void onlyTheStreamsOwnErrorsAreThrown() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection lost");
          }
        };

    assertThatThrownBy(() -> WarcRecords.of(broken).next())
        .isInstanceOf(IOException.class)
        .hasMessage("connection lost");
  }

  /** A few bytes, very many zeros, a few bytes. */
  private static final class Padded extends InputStream {
    private final byte[] front;
    private final byte[] back;
    private final long zeros;
    private long at;

    Padded(byte[] front, long zeros, byte[] back) {
      this.front = front;
      this.zeros = zeros;
      this.back = back;
    }

    @Override
    public int read() {
      long place = at++;
      if (place < front.length) {
        return front[(int) place] & 0xFF;
      }
      long rest = place - front.length - zeros;
      return rest < 0 ? 0 : rest < back.length ? back[(int) rest] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      long left = front.length + zeros - at;
      if (at >= front.length && left > 0) {
        int n = (int) Math.min(length, left);
        Arrays.fill(into, from, from + n, (byte) 0);
        at += n;
        return n;
      }
      int c = read();
      if (c < 0) {
        return -1;
      }
      into[from] = (byte) c;
      return 1;
    }
  }
}
