package org.millrace.batch.inference.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Tiny models for tests, made as they run: an ONNX file is a protocol-buffer message, whose field
 * numbers are those of onnx.proto.
 */
public final class OnnxFile {

  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final Protobuf graph = new Protobuf().text(2, "test");

  /** A graph that reads token ids and the mask, as (rows, tokens). */
  public OnnxFile() {
    input("input_ids");
    input("attention_mask");
  }

  private OnnxFile(String input) {
    input(input);
  }

  /** Each token's vector is its row of the table: (rows, tokens, width). */
  public static OnnxFile lookup(float[][] table) {
    return new OnnxFile().matrix("table", table).gather("table", "input_ids", "out").output("out");
  }

  /** Each token's vector is the sum of the rows of the tokens up to it: (rows, tokens, width). */
  public static OnnxFile runningSums(float[][] table) {
    return new OnnxFile()
        .matrix("table", table)
        .gather("table", "input_ids", "rows")
        .integers("one", 1)
        .node("CumSum", "out", Map.of(), "rows", "one")
        .output("out");
  }

  /** The sum of the rows of all tokens that aren't padding: (rows, width). */
  public static OnnxFile sums(float[][] table) {
    return new OnnxFile()
        .matrix("table", table)
        .gather("table", "input_ids", "rows")
        .node("Cast", "mask", Map.of("to", (long) FLOAT), "attention_mask")
        .integers("two", 2)
        .node("Unsqueeze", "column", Map.of(), "mask", "two")
        .node("Mul", "masked", Map.of(), "rows", "column")
        .integers("one", 1)
        .node("ReduceSum", "out", Map.of("keepdims", 0L), "masked", "one")
        .output("out");
  }

  /**
   * As {@link #lookup}, after a quantisation to 8 bits whose range is that of the whole batch: a
   * DynamicQuantizeLinear and the way back.
   */
  public static OnnxFile quantised(float[][] table) {
    return new OnnxFile()
        .matrix("table", table)
        .gather("table", "input_ids", "rows")
        .nodes("DynamicQuantizeLinear", new String[] {"q", "scale", "zero"}, "rows")
        .node("DequantizeLinear", "out", Map.of(), "q", "scale", "zero")
        .output("out");
  }

  /** A model whose input no text can give. */
  public static OnnxFile reads(String input) {
    return new OnnxFile(input).node("Identity", "out", Map.of(), input).output("out", INT64);
  }

  /** Gives the token ids back, which are no floats. */
  public static OnnxFile identity() {
    return new OnnxFile().node("Identity", "out", Map.of(), "input_ids").output("out", INT64);
  }

  /** The file's bytes. */
  public byte[] toBytes() {
    return new Protobuf()
        .integer(1, 8)
        .message(8, new Protobuf().text(1, "").integer(2, 13))
        .message(7, graph)
        .toBytes();
  }

  /**
   * Writes {@code model.onnx} beside a {@code tokenizer.json}.
   *
   * @return the folder
   */
  public Path write(Path folder, String tokenizer) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("model.onnx"), toBytes());
      Files.writeString(folder.resolve("tokenizer.json"), tokenizer);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void input(String name) {
    graph.message(11, value(name, INT64, 2));
  }

  private OnnxFile output(String name) {
    return output(name, FLOAT);
  }

  private OnnxFile output(String name, int type) {
    graph.message(12, new Protobuf().text(1, name).message(2, type(type, new Protobuf())));
    return this;
  }

  private static Protobuf value(String name, int type, int rank) {
    var shape = new Protobuf();
    for (int i = 0; i < rank; i++) {
      shape.message(1, new Protobuf().text(2, "d" + i));
    }
    return new Protobuf().text(1, name).message(2, type(type, new Protobuf().message(2, shape)));
  }

  private static Protobuf type(int type, Protobuf shaped) {
    var tensor = new Protobuf().integer(1, type);
    var rest = shaped.toBytes();
    var whole = new java.io.ByteArrayOutputStream();
    whole.writeBytes(tensor.toBytes());
    whole.writeBytes(rest);
    return new Protobuf().bytes(1, whole.toByteArray());
  }

  private OnnxFile matrix(String name, float[][] values) {
    var raw =
        ByteBuffer.allocate(values.length * values[0].length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (var row : values) {
      for (float value : row) {
        raw.putFloat(value);
      }
    }
    graph.message(
        5,
        new Protobuf()
            .integer(1, values.length)
            .integer(1, values[0].length)
            .integer(2, FLOAT)
            .text(8, name)
            .bytes(9, raw.array()));
    return this;
  }

  private OnnxFile integers(String name, long value) {
    var raw = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    graph.message(
        5, new Protobuf().integer(1, 1).integer(2, INT64).text(8, name).bytes(9, raw.array()));
    return this;
  }

  private OnnxFile gather(String table, String places, String output) {
    return node("Gather", output, Map.of("axis", 0L), table, places);
  }

  private OnnxFile node(
      String operator, String output, Map<String, Long> attributes, String... inputs) {
    var node = new Protobuf();
    for (var input : inputs) {
      node.text(1, input);
    }
    node.text(2, output).text(4, operator);
    attributes.forEach(
        (name, value) ->
            node.message(5, new Protobuf().text(1, name).integer(3, value).integer(20, 2)));
    graph.message(1, node);
    return this;
  }

  private OnnxFile nodes(String operator, String[] outputs, String input) {
    var node = new Protobuf().text(1, input);
    for (var output : outputs) {
      node.text(2, output);
    }
    graph.message(1, node.text(4, operator));
    return this;
  }
}
