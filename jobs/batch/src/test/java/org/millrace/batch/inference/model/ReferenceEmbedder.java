package org.millrace.batch.inference.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** A bundled model by ONNX Runtime's own Java API and nothing of the suite. */
final class ReferenceEmbedder implements AutoCloseable {

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ReferenceWordPiece tokens;
  private final boolean mean;
  private final int maxTokens;

  /**
   * @param name of the model's resources
   * @param mean whether the mean of the tokens counts, or the first
   */
  ReferenceEmbedder(String name, boolean mean, int maxTokens) throws OrtException, IOException {
    // DJL insists on making the process's environment.
    ai.djl.engine.Engine.getEngine("OnnxRuntime");
    this.environment = OrtEnvironment.getEnvironment();
    this.session = environment.createSession(resource(name + ".onnx"));
    this.tokens = new ReferenceWordPiece(resource(name + "-tokenizer.json"));
    this.mean = mean;
    this.maxTokens = maxTokens;
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = ReferenceEmbedder.class.getResourceAsStream("/" + name)) {
      return in.readAllBytes();
    }
  }

  double[] embed(String text) throws OrtException {
    long[] ids = tokens.ids(text, maxTokens);
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    try (var tensor = OnnxTensor.createTensor(environment, new long[][] {ids});
        var mask = OnnxTensor.createTensor(environment, new long[][] {ones});
        var types = OnnxTensor.createTensor(environment, new long[][] {new long[ids.length]});
        var result =
            session.run(
                Map.of("input_ids", tensor, "attention_mask", mask, "token_type_ids", types))) {
      var hidden = ((float[][][]) result.get(0).getValue())[0];
      var sum = new double[hidden[0].length];
      for (var token : mean ? hidden : new float[][] {hidden[0]}) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += token[i];
        }
      }
      double length = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
      return Arrays.stream(sum).map(x -> x / length).toArray();
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
