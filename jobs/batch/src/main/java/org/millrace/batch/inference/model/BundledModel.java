package org.millrace.batch.inference.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The embedding models that come as artifacts: deploy/models makes millrace-models.jar of them. */
public enum BundledModel implements ModelSource {
  /** English: all-MiniLM-L6-v2, quantised to 8 bits; 384 numbers, cut at 256 tokens as its card. */
  MINI_LM_EN("all-minilm-l6-v2-q", Pooling.MEAN, 256, 384),
  /** Chinese: bge-small-zh-v1.5, quantised to 8 bits; 512 numbers, cut at 512 tokens. */
  BGE_ZH("bge-small-zh-v1.5-q", Pooling.CLS, 512, 512);

  private final String resource;
  private final Pooling pooling;
  private final int maxTokens;
  private final int width;

  BundledModel(String resource, Pooling pooling, int maxTokens, int width) {
    this.resource = resource;
    this.pooling = pooling;
    this.maxTokens = maxTokens;
    this.width = width;
  }

  /** What it is for: vectors as it was trained to give them. */
  public Embed task() {
    return new Embed(pooling);
  }

  /** How it is opened. */
  public ModelSpec spec() {
    return new ModelSpec(this, maxTokens);
  }

  /** Numbers in its vectors. */
  public int width() {
    return width;
  }

  @Override
  public ModelFiles files() throws IOException {
    var onnx = copy(resource + ".onnx");
    try {
      var tokenizer = copy(resource + "-tokenizer.json");
      return new ModelFiles(onnx, tokenizer, List.of(onnx, tokenizer));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(onnx);
      throw e;
    }
  }

  private static Path copy(String resource) throws IOException {
    try (var in = open(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "no %s on the class path; %s".formatted(resource, TextModel.NEEDS_MODELS));
      }
      var file = Files.createTempFile("millrace-", "-" + resource);
      Files.copy(in, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      return file;
    }
  }

  // On an executor, --jars are seen by the thread's loader.
  private static InputStream open(String resource) {
    var loader = Thread.currentThread().getContextClassLoader();
    var in = loader == null ? null : loader.getResourceAsStream(resource);
    return in == null ? BundledModel.class.getResourceAsStream("/" + resource) : in;
  }
}
