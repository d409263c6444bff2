package org.millrace.batch.inference.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A model on this machine's disk, as long as it is being loaded.
 *
 * @param onnx the model
 * @param tokenizer its {@code tokenizer.json}
 * @param temporary what to delete afterwards
 */
public record ModelFiles(Path onnx, Path tokenizer, List<Path> temporary) implements AutoCloseable {

  @Override
  public void close() throws IOException {
    for (var path : temporary) {
      Files.deleteIfExists(path);
    }
  }
}
