package org.millrace.batch.inference.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder with one .onnx file, or {@code model.onnx} among several, and its {@code
 * tokenizer.json}; or such an .onnx file, with {@code tokenizer.json} or one of the file's own name
 * and {@code -tokenizer.json} beside it.
 *
 * @param location path of this machine
 */
public record ModelFolder(String location) implements ModelSource {

  private static final long serialVersionUID = 1L;
  private static final String ONNX = ".onnx";

  @Override
  public String name() {
    return location;
  }

  @Override
  public ModelFiles files() throws IOException {
    var path = Path.of(location);
    var onnx = Files.isDirectory(path) ? only(path) : path;
    if (!Files.isRegularFile(onnx) || !onnx.toString().endsWith(ONNX)) {
      throw new IllegalArgumentException("no folder with a model, and no .onnx file: " + location);
    }
    var stem = onnx.getFileName().toString().replaceFirst("\\.onnx$", "");
    var own = onnx.resolveSibling(stem + "-tokenizer.json");
    var tokenizer = Files.isRegularFile(own) ? own : onnx.resolveSibling("tokenizer.json");
    if (!Files.isRegularFile(tokenizer)) {
      throw new IllegalArgumentException(
          "no tokenizer.json beside %s; put the model's there".formatted(onnx));
    }
    return new ModelFiles(onnx, tokenizer, List.of());
  }

  private static Path only(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder, "*" + ONNX)) {
      var found = new java.util.ArrayList<Path>();
      files.forEach(found::add);
      if (found.size() == 1) {
        return found.get(0);
      }
      var usual = folder.resolve("model.onnx");
      if (found.contains(usual)) {
        return usual;
      }
      throw new IllegalArgumentException(
          found.isEmpty()
              ? "no .onnx file in " + folder
              : "%d .onnx files in %s; name one of them".formatted(found.size(), folder));
    }
  }
}
