package org.millrace.kernel.extract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The shared files with HTML; a test that needs one is skipped without them. */
final class SharedPages {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SharedPages() {}

  static Path text(String file) {
    var root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("../shared/data"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "../shared/data is not here");
    return root.resolve("../shared/data/text").resolve(file);
  }

  /** The HTML of LibreOffice's help. */
  static List<String> libreOffice() {
    var path = text("libreoffice_help_zh_dev.jsonl.gz");
    try (var plain = new GZIPInputStream(Files.newInputStream(path));
        var reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return reader.lines().map(SharedPages::html).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String html(String line) {
    try {
      return JSON.readTree(line).get("html").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
