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
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
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
 * Answers as they come in, in small files beside the output, until the round that they are of is
 * written. So what a killed run, or a task that is tried again, pays for a second time is what was
 * under way, and answers of the last moment.
 *
 * <p>A file is written aside and renamed, and has a {@link #UNIT} of answers, or those of {@link
 * #LONGEST_NANOS}. Files are named after the part of the work that they are of.
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
          .add("token_confidences", DataTypes.createArrayType(DataTypes.DoubleType, false));

  /** Takes down the answers of one attempt at a part of the work. For one thread. */
  final class Writer implements AutoCloseable {

    private final String part;
    private final String engine;
    private final String version;
    private final String attempt = UUID.randomUUID().toString();
    private final StringBuilder lines = new StringBuilder();
    private int pending;
    private int files;
    private long since;

    private Writer(String part, String engine, String version) {
      this.part = part;
      this.engine = engine;
      this.version = version;
    }

    void add(String promptId, List<Answer> answers) {
      for (var answer : answers) {
        if (answer.finishReason().isAnswer()) {
          since = pending == 0 ? System.nanoTime() : since;
          lines.append(line(promptId, answer, engine, version)).append('\n');
          pending++;
        }
      }
      if (pending >= UNIT || (pending > 0 && System.nanoTime() - since > LONGEST_NANOS)) {
        flush();
      }
    }

    @Override
    public void close() {
      if (pending > 0) {
        flush();
      }
    }

    private void flush() {
      var name = "%s-%s-%06d.jsonl".formatted(part, attempt, files++);
      try {
        var system = system();
        var aside = new Path(folder, "." + name);
        try (var out = system.create(aside, true)) {
          out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        if (!system.rename(aside, new Path(folder, name))) {
          throw new IOException("can't rename " + aside);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      lines.setLength(0);
      pending = 0;
    }
  }

  private FileSystem system() throws IOException {
    return new Path(folder).getFileSystem(hadoop.value());
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
    for (var file : found == null ? new org.apache.hadoop.fs.FileStatus[0] : found) {
      try (var in = system().open(file.getPath())) {
        for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
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
            numbers(node.path("token_confidences"))));
  }

  private static Long number(JsonNode node) {
    return node.isNull() ? null : node.asLong();
  }

  private static List<Double> numbers(JsonNode array) {
    var numbers = new ArrayList<Double>();
    array.forEach(number -> numbers.add(number.asDouble()));
    return numbers;
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
        .json(new Path(path, "*.jsonl").toString())
        .dropDuplicates("prompt_id", "sample_index");
  }

  /** Forgets everything. */
  void clear() throws IOException {
    system().delete(new Path(folder), true);
  }
}
