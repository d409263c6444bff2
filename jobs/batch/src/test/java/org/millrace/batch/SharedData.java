package org.millrace.batch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real inputs beside the project; a test that needs one is skipped where they are absent. */
public final class SharedData {

  private SharedData() {}

  /** A file of ../shared/data. */
  public static String file(String name) {
    var folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("../shared/data"))) {
      folder = folder.getParent();
    }
    assumeTrue(folder != null, "../shared/data is not here");
    return folder.resolve("../shared/data").resolve(name).normalize().toString();
  }
}
