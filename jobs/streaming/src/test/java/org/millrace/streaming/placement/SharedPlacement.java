package org.millrace.streaming.placement;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files of {@code ../shared/data/placement}; a test that needs them is skipped without. */
public final class SharedPlacement {

  private SharedPlacement() {}

  /** Where a file is. */
  public static Path file(String name) {
    var root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("../shared/data"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "../shared/data is not here");
    return root.resolve("../shared/data/placement").resolve(name);
  }
}
