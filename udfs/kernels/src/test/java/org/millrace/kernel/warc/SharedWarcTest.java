package org.millrace.kernel.warc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcResponse;

/** A real file, of which the facts page counts the records and jwarc reads the same. */
class SharedWarcTest {

  private static Path file() {
    var root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("../shared/data"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "../shared/data is not here");
    return root.resolve("../shared/data/text/sample-0000.warc.gz");
  }

  @Test
  void readsAllRecords() throws IOException {
    try (var records = WarcRecords.of(Files.newInputStream(file()))) {
      while (records.next() != null) {}

      assertThat(records.counts())
          .hasToString("{PAGE=22, WARCINFO=1, REQUEST=22, RESOURCE=2, METADATA=1}");
    }
  }

  @Test
  void readsWhatJwarcReads() throws IOException {
    var expected = new LinkedHashMap<String, byte[]>();
    try (var reader = new WarcReader(file())) {
      for (var record : reader) {
        if (record instanceof WarcResponse response) {
          expected.put(response.target(), response.http().body().stream().readAllBytes());
        }
      }
    }

    var pages = new ArrayList<WarcPage>();
    for (var item : WarcFile.items(WarcRecords.of(Files.newInputStream(file())))) {
      pages.add((WarcPage) item);
    }

    assertThat(pages).extracting(WarcPage::url).containsExactlyElementsOf(expected.keySet());
    assertThat(pages).allSatisfy(p -> assertThat(p.payload()).isEqualTo(expected.get(p.url())));
  }
}
