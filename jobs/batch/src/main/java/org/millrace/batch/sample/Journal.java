package org.millrace.batch.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.millrace.batch.sample.engine.Answer;
import org.millrace.batch.sample.engine.FinishReason;
import org.millrace.batch.sample.engine.Trace;

/**
 * Answers as they come in, beside the output, until the round that they are of is written. So what
 * a killed run, or a task that is tried again, pays for a second time is what was under way.
 *
 * <p>Every attempt at a part of the work has a file, and every answer is there as soon as it has
 * come. Where the file system shows nothing of a file before its end, as S3 doesn't, an attempt has
 * many: each with {@link #UNIT} answers, or those of a second. Files are named after their part; a
 * last line may be cut off.
 */
record Journal(String folder, SerializableConfiguration hadoop) implements Serializable {

  static final String FOLDER = "_journal";

  private static final int UNIT = 64;
  private static final long LONGEST_NANOS = 1_000_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a line has: the answer's own columns of {@link SampleTask#TYPE}. */
  private static final StructType LINE =
      new StructType()
          .add("prompt_id", DataTypes.StringType)
          .add("sample_index", DataTypes.IntegerType)
          .add("text", DataTypes.StringType)
          .add("finish_reason", DataTypes.StringType)
          .add("prompt_tokens", DataTypes.LongType)
          .add("completion_tokens", DataTypes.LongType)
          .add("latency_ms", DataTypes.LongType)
          .add("engine", DataTypes.StringType)
          .add("engine_version", DataTypes.StringType)
          .add("reasoning", DataTypes.StringType)
          .add("token_logprobs", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("token_confidences", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("tokens", DataTypes.createArrayType(DataTypes.StringType, false));

  /** Takes down the answers of one attempt at a part of the work. For one thread. */
  final class Writer implements AutoCloseable {

    private final String part;
    private final String engine;
    private final String version;
    private final String attempt = UUID.randomUUID().toString();
    private FSDataOutputStream file;
    private boolean shown;
    private int pending;
    private int files;
    private long since;

    private Writer(String part, String engine, String version) {
      this.part = part;
      this.engine = engine;
      this.version = version;
    }

    void add(String promptId, List<Answer> answers) {
      var lines = new StringBuilder();
      for (var answer : answers) {
        if (answer.finishReason().isAnswer()) {
          lines.append(line(promptId, answer, engine, version)).append('\n');
        }
      }
      if (!lines.isEmpty()) {
        try {
          write(lines.toString().getBytes(StandardCharsets.UTF_8), answers.size());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    private void write(byte[] lines, int count) throws IOException {
      if (file == null) {
        var name = "%s-%s-%06d.jsonl".formatted(part, attempt, files++);
        file = system().create(new Path(folder, name), true);
        shown = file.hasCapability(StreamCapabilities.HFLUSH);
        pending = 0;
        since = System.nanoTime();
      }
      file.write(lines);
      pending += count;
      if (shown) {
        file.hflush();
      } else if (pending >= UNIT || System.nanoTime() - since > LONGEST_NANOS) {
        close();
      }
    }

    @Override
    public void close() {
      try {
        if (file != null) {
          file.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        file = null;
      }
    }
  }

  private FileSystem system() throws IOException {
    var system = new Path(folder).getFileSystem(hadoop.value());
    // A checksum is of what was written in the end.
    system.setWriteChecksum(false);
    return system;
  }

  /** Begins to take down a part's answers by an engine. */
  Writer writer(String part, String engine, String version) {
    return new Writer(part, engine, version);
  }

  private static String line(String promptId, Answer answer, String engine, String version) {
    var line = JSON.createObjectNode();
    line.put("prompt_id", promptId);
    line.put("sample_index", answer.sampleIndex());
    line.put("text", answer.text());
    line.put("finish_reason", answer.finishReason().code());
    line.put("prompt_tokens", answer.promptTokens());
    line.put("completion_tokens", answer.completionTokens());
    line.put("latency_ms", answer.latencyMs());
    line.put("engine", engine);
    line.put("engine_version", version);
    line.put("reasoning", answer.trace().reasoning());
    put(line, "token_logprobs", answer.trace().logprobs());
    put(line, "token_confidences", answer.trace().confidences());
    if (!answer.trace().tokens().isEmpty()) {
      var tokens = line.putArray("tokens");
      answer.trace().tokens().forEach(tokens::add);
    }
    return line.toString();
  }

  private static void put(ObjectNode line, String name, List<Double> values) {
    if (!values.isEmpty()) {
      var array = line.putArray(name);
      values.forEach(array::add);
    }
  }

  /** The answers that earlier attempts at a part have taken down, by prompt and sample index. */
  Map<String, TreeMap<Integer, Answer>> read(String part) throws IOException {
    var answers = new HashMap<String, TreeMap<Integer, Answer>>();
    var found = system().globStatus(new Path(folder, part + "-*.jsonl"));
    for (var file : found == null ? new FileStatus[0] : found) {
      try (var in = system().open(file.getPath())) {
        var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
          var node = JSON.readTree(line);
          answers
              .computeIfAbsent(node.get("prompt_id").asText(), id -> new TreeMap<>())
              .putIfAbsent(node.get("sample_index").asInt(), answer(node));
        }
      }
    }
    return answers;
  }

  private static Answer answer(JsonNode node) {
    return new Answer(
        node.get("sample_index").asInt(),
        node.get("text").asText(),
        node.get("finish_reason").asText().equals(FinishReason.LENGTH.code())
            ? FinishReason.LENGTH
            : FinishReason.STOP,
        number(node.get("prompt_tokens")),
        number(node.get("completion_tokens")),
        number(node.get("latency_ms")),
        null,
        new Trace(
            node.get("reasoning").isNull() ? null : node.get("reasoning").asText(),
            numbers(node.path("token_logprobs")),
            numbers(node.path("token_confidences")),
            texts(node.path("tokens"))));
  }

  private static Long number(JsonNode node) {
    return node.isNull() ? null : node.asLong();
  }

  private static List<Double> numbers(JsonNode array) {
    var numbers = new ArrayList<Double>();
    array.forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** All that was taken down, an answer a row, each once; null if nothing was. */
  Dataset<Row> all(SparkSession spark) throws IOException {
    var path = new Path(folder);
    if (!system().exists(path) || system().globStatus(new Path(path, "*.jsonl")).length == 0) {
      return null;
    }
    return spark
        .read()
        .schema(LINE)
        .option("mode", "DROPMALFORMED")
        .json(new Path(path, "*.jsonl").toString())
        .dropDuplicates("prompt_id", "sample_index");
  }

  /** Forgets everything. */
  void clear() throws IOException {
    system().delete(new Path(folder), true);
  }
}
