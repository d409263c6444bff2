package org.millrace.kernel.warc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.kernel.warc.WarcFile.bytes;
import static org.millrace.kernel.warc.WarcFile.html;
import static org.millrace.kernel.warc.WarcFile.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is broken in a file, its whole records are read and nothing is thrown. */
class WarcFuzzTest {

  private static final int RECORDS = 12;

  private final int[] starts = new int[RECORDS + 1];

  private byte[] file(boolean gzip, long seed) {
    var random = new Random(seed);
    var file = gzip ? WarcFile.gzip() : WarcFile.plain();
    for (int i = 0; i < RECORDS; i++) {
      starts[i] = file.size();
      var body = new StringBuilder("page " + i);
      random.ints(random.nextInt(400), ' ', 'z').forEach(c -> body.append((char) c));
      file.with(html("http://" + i + "/", body.toString()));
    }
    starts[RECORDS] = file.size();
    return file.bytes();
  }

  /** The records that no changed byte lies in. */
  private List<String> untouched(int from, int to) {
    return IntStream.range(0, RECORDS)
        .filter(i -> to <= starts[i] || from >= starts[i + 1])
        .mapToObj(i -> "http://" + i + "/")
        .toList();
  }

  @Property(tries = 2000)
  void loseOnlyTheMembersThatAreBroken(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int length) {
    var file = file(true, seed % 5);
    var random = new Random(seed);
    int from = random.nextInt(file.length - length);
    for (int i = from; i < from + length; i++) {
      file[i] = (byte) random.nextInt(256);
    }

    var told = WarcFile.told(WarcFile.items(file));

    assertThat(told).containsAll(untouched(from, from + length));
  }

  @Property(tries = 1000)
  void aCutFileGivesTheRecordsBeforeTheCut(@ForAll boolean gzip, @ForAll long seed) {
    var file = file(gzip, 3);
    int cut = new Random(seed).nextInt(file.length);

    var items = WarcFile.items(Arrays.copyOf(file, cut));

    assertThat(WarcFile.told(items)).containsAll(untouched(cut, file.length));
  }

  @Property(tries = 2000)
  void aPlainFileLosesTheRecordsThatAreBroken(@ForAll long seed) {
    var file = file(false, seed % 5);
    var random = new Random(seed);
    int at = random.nextInt(file.length);
    file[at] ^= (byte) (1 << random.nextInt(8));

    var told = WarcFile.told(WarcFile.items(file));

    // A record is found again by the line feed before it.
    assertThat(told).containsAll(untouched(at, at + 2));
  }

  @Property(tries = 2000)
  void aLengthThatEndsInTheNextHeaderLosesNoOtherRecord(
      @ForAll @IntRange(min = 1, max = 230) int beyond) {
    var next = html("http://next/", "page");
    int header = new String(next, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
    // Before the two line ends after a header it looks like the end of a record.
    Assume.that(beyond < next.length && beyond != header && beyond != header + 1);
    var content = bytes("content");
    var wrong = record("resource", "WARC-Target-URI: x\r\n", content, content.length + 4L + beyond);

    var told = WarcFile.told(WarcFile.items(WarcFile.plain().with(wrong).with(next).bytes()));

    assertThat(told).contains("http://next/");
  }

  @Property(tries = 1000)
  void anyBytesAreRead(@ForAll byte[] any, @ForAll boolean gzip) {
    var file = gzip ? WarcFile.gzip().with(any).with(any) : WarcFile.plain().raw(any).raw(any);
    var inside = WarcFile.gzip().with(record("response", "WARC-Target-URI: x\r\n", any));
    var encoded = WarcFile.http("Content-Type: text/html\r\nContent-Encoding: br\r\n", any);
    var brotli = WarcFile.gzip().with(record("response", WarcFile.headers("x"), encoded));

    assertThat(WarcFile.items(WarcFile.joined(bytes("\u001f\u008b"), any))).isNotNull();
    assertThat(file.items()).isNotNull();
    assertThat(inside.items()).hasSizeLessThan(2);
    assertThat(brotli.items()).hasSize(1);
  }
}
