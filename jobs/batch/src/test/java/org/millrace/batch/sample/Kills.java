package org.millrace.batch.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What kills leave behind. */
final class Kills {

  private Kills() {}

  /**
   * Makes an output folder what a killed run leaves: some parts, a temporary folder, a manifest
   * that says running.
   */
  static void cutShort(Path output) throws IOException {
    try (var files = Files.list(output)) {
      var parts = files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
      for (var part : parts.subList(0, parts.size() / 2)) {
        Files.delete(part);
      }
    }
    Files.createDirectories(output.resolve("_temporary/0"));
    var manifest = output.resolve("_millrace.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"status\" : \"done\"", "\"status\" : \"running\""));
  }
}
