package org.millrace.batch.inference.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A model in memory. Any number of threads may ask it at once; each has one core, as many tasks run
 * on a machine at a time. With ONNX Runtime's build for GPUs on the class path and a GPU there, the
 * first GPU runs it.
 */
public final class TextModel implements AutoCloseable {

  /** What to do where the class path lacks the runtime or a bundled model. */
  static final String NEEDS_MODELS =
      "add millrace-models.jar to it (mvn -pl deploy/models package makes it; spark-submit --jars)";

  private static final String ENGINE = "OnnxRuntime";
  private static final int BATCH_ROWS = 32;

  private final ModelSpec spec;
  private final Model model;
  private final TextEncoder encoder;
  private final List<String> inputs;
  private final int batchRows;

  private TextModel(
      ModelSpec spec, Model model, TextEncoder encoder, List<String> inputs, int batchRows) {
    this.spec = spec;
    this.model = model;
    this.encoder = encoder;
    this.inputs = inputs;
    this.batchRows = batchRows;
  }

  /**
   * Loads a model.
   *
   * @throws IllegalArgumentException if its files are missing or broken, or its inputs are none of
   *     those that a text has
   * @throws IllegalStateException if ONNX Runtime isn't on the class path
   */
  public static TextModel open(ModelSpec spec) {
    Offline.set();
    if (!Engine.hasEngine(ENGINE)) {
      throw new IllegalStateException("no ONNX Runtime on the class path; " + NEEDS_MODELS);
    }
    try (var files = spec.source().files()) {
      var encoder = TextEncoder.open(files.tokenizer(), spec.maxTokens());
      try {
        int rows = Quantization.dynamic(files.onnx()) ? 1 : BATCH_ROWS;
        var model = load(files);
        return new TextModel(spec, model, encoder, inputs(model, spec), rows);
      } catch (IOException | RuntimeException e) {
        encoder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "can't read the model %s: %s".formatted(spec.source().name(), e.getMessage()), e);
    }
  }

  private static Model load(ModelFiles files) throws IOException {
    var engine = Engine.getEngine(ENGINE);
    boolean gpu = engine.getGpuCount() > 0 && engine.hasCapability("CUDA");
    var model = Model.newInstance("millrace", gpu ? Device.gpu() : Device.cpu(), ENGINE);
    try {
      var name = files.onnx().getFileName().toString();
      model.load(files.onnx().toAbsolutePath().getParent(), name, Map.of("intraOpNumThreads", "1"));
      return model;
    } catch (MalformedModelException | EngineException e) {
      model.close();
      var cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(
          "%s is no ONNX model that can be loaded: %s"
              .formatted(files.onnx(), cause.getMessage().lines().findFirst().orElse("")),
          e);
    }
  }

  private static List<String> inputs(Model model, ModelSpec spec) {
    var names = new ArrayList<>(model.getBlock().describeInput().keys());
    if (!Inputs.KNOWN.containsAll(names) || !names.contains("input_ids")) {
      model.close();
      throw new IllegalArgumentException(
          "the model %s reads %s; a text can give it %s, the first of them always"
              .formatted(
                  spec.source().name(),
                  names,
                  "input_ids, attention_mask, token_type_ids, position_ids"));
    }
    return names;
  }

  /**
   * Does a task on texts, in batches of like length.
   *
   * @param inputs of any number; one that is null has the result of {@link Result#none}
   * @return a result an input, in their order
   * @throws IllegalArgumentException if the model can't do the task
   */
  public <I, O> List<Result<O>> apply(Task<I, O> task, List<I> inputs) {
    var encoded = new Encoded[inputs.size()];
    var results = new ArrayList<Result<O>>(inputs.size());
    for (int i = 0; i < encoded.length; i++) {
      Result<O> result = Result.none();
      try {
        encoded[i] = inputs.get(i) == null ? null : task.encode(inputs.get(i), encoder);
      } catch (BadInput e) {
        result = new Result<>(null, e.getMessage());
      }
      results.add(result);
    }
    var lengths = Arrays.stream(encoded).mapToInt(one -> one == null ? 0 : one.length()).toArray();
    for (var batch : LengthBatches.of(lengths, batchRows, spec.batchTokens())) {
      var rows = Arrays.stream(batch).mapToObj(i -> encoded[i]).toList();
      var output = forward(rows);
      for (int row = 0; row < batch.length; row++) {
        results.set(batch[row], read(task, output, row, rows.get(row)));
      }
    }
    return results;
  }

  /** Does a task on one input, not null. */
  public <I, O> Result<O> apply(Task<I, O> task, I input) {
    return apply(task, List.of(input)).get(0);
  }

  /** What makes the model's tokens. */
  public TextEncoder encoder() {
    return encoder;
  }

  private <I, O> Result<O> read(Task<I, O> task, Tensor output, int row, Encoded input) {
    try {
      return new Result<>(task.read(output, row, input, encoder), null);
    } catch (BadInput e) {
      return new Result<>(null, e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the model %s: %s".formatted(spec.source().name(), e.getMessage()), e);
    }
  }

  private Tensor forward(List<Encoded> rows) {
    try (var manager = model.getNDManager().newSubManager();
        var given = Inputs.of(inputs, rows, manager);
        var outputs = model.getBlock().forward(new ParameterStore(manager, false), given, false)) {
      return tensor(outputs);
    } catch (EngineException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(
          "the model %s fails on %d texts of up to %d tokens: %s"
              .formatted(
                  spec.source().name(), rows.size(), rows.get(0).length(), cause.getMessage()),
          e);
    }
  }

  // The first output is the one that a model was made for.
  private Tensor tensor(NDList outputs) {
    var first = outputs.get(0);
    if (first.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          "the model %s gives %s of type %s; export it with 32-bit outputs"
              .formatted(spec.source().name(), first.getName(), first.getDataType()));
    }
    return new Tensor(first.toFloatArray(), first.getShape().getShape());
  }

  @Override
  public void close() {
    model.close();
    encoder.close();
  }
}
