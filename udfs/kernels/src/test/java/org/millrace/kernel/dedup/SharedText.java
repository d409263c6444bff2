package org.millrace.kernel.dedup;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The files of {@code ../shared/data/text}; a test that needs one is skipped without them. */
final class SharedText {

  private SharedText() {}

  static List<String> lines(String name) throws IOException {
    var root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("../shared/data/text"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "../shared/data/text is not here");
    var file = root.resolve("../shared/data/text").resolve(name);
    try (var bytes = Files.newInputStream(file);
        var plain = name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        var reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
