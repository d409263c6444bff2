package org.millrace.bench.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.millrace.batch.inference.model.BundledModel;
import org.millrace.batch.inference.model.Encoded;

/** A bundled model by ONNX Runtime's own API on one core, given tokens, its output left alone. */
final class PlainOnnx implements AutoCloseable {

  private final OrtEnvironment environment;
  private final OrtSession session;

  /** To be made after a model of the suite: the process has one environment, and DJL makes it. */
  PlainOnnx(BundledModel model) throws IOException, OrtException {
    environment = OrtEnvironment.getEnvironment();
    try (var options = new OrtSession.SessionOptions();
        var files = model.files()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(Files.readAllBytes(files.onnx()), options);
    }
  }

  /** One call with texts of any lengths, padded to the longest. */
  void run(List<Encoded> texts) throws OrtException {
    int tokens = texts.stream().mapToInt(Encoded::length).max().orElseThrow();
    var ids = new long[texts.size()][tokens];
    var mask = new long[texts.size()][tokens];
    for (int i = 0; i < ids.length; i++) {
      System.arraycopy(texts.get(i).ids(), 0, ids[i], 0, texts.get(i).length());
      java.util.Arrays.fill(mask[i], 0, texts.get(i).length(), 1);
    }
    try (var idTensor = OnnxTensor.createTensor(environment, ids);
        var maskTensor = OnnxTensor.createTensor(environment, mask);
        var types = OnnxTensor.createTensor(environment, new long[ids.length][tokens]);
        var result =
            session.run(
                Map.of(
                    "input_ids",
                    idTensor,
                    "attention_mask",
                    maskTensor,
                    "token_type_ids",
                    types))) {
      result.get(0);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
