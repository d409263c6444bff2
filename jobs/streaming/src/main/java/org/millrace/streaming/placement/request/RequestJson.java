package org.millrace.streaming.placement.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import org.millrace.streaming.input.Times;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.placement.plan.ModelShape;
import org.millrace.streaming.placement.plan.RankOrder;
import org.millrace.streaming.placement.plan.Request;

/**
 * Requests as JSON objects:
 *
 * <pre>
 * {"job": "llm-7b", "gpus": 32, "globalBatch": 768, "microBatch": 4, "tp": 1, "pp": 2,
 *  "priority": 0, "ts": "2026-01-01T00:00:00Z", "order": "tp-cp-ep-dp-pp", "optimizer": "plain",
 *  "ppShardByTp": false, "gpuModel": "", "seconds": 86400, "moveSeconds": 300,
 *  "model": {"name": "7.5B", "layers": 36, "hidden": 4096, "heads": 32, "sequence": 2048,
 *            "vocabulary": 50257}}
 * </pre>
 *
 * The job's name, {@code gpus}, {@code globalBatch} and the model's layers, hidden size and heads
 * must be there. {@code tp} and {@code pp} are left to the planner where they are absent, 0 or
 * {@code "auto"}. {@code {"job": "llm-7b", "end": true}} says that a job is over. {@code seconds}
 * is how long it will run; a job with {@code moveSeconds}, which it loses by that, can be asked to
 * move.
 */
public final class RequestJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final Set<String> KEYS =
      Set.of(
          "job",
          "gpus",
          "globalBatch",
          "microBatch",
          "tp",
          "pp",
          "priority",
          "ts",
          "order",
          "optimizer",
          "ppShardByTp",
          "gpuModel",
          "seconds",
          "moveSeconds",
          "model",
          "end");
  private static final Set<String> MODEL_KEYS =
      Set.of("name", "layers", "hidden", "heads", "sequence", "vocabulary");
  private static final int SEQUENCE = 2048;
  private static final int VOCABULARY = 50257;
  private static final int LONGEST_NAME = 253;

  /** What a request says. */
  public sealed interface Said {

    /** The job. */
    String job();

    /** When, milliseconds since 1970 UTC; 0 where none is told. */
    long ts();
  }

  /** A job asks for a place. */
  public record Asks(JobRequest request) implements Said {

    @Override
    public String job() {
      return request.job();
    }

    @Override
    public long ts() {
      return request.ts();
    }
  }

  /** A job is over. */
  public record Ends(String job, long ts) implements Said {}

  private RequestJson() {}

  /**
   * Reads one.
   *
   * @param position in its file or topic
   * @throws BadRecord that says what is wrong and what would be right
   */
  public static Said read(String text, long position) throws BadRecord {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (MismatchedInputException e) {
      throw new BadRecord("not valid JSON", "something follows the object");
    } catch (JsonProcessingException e) {
      throw new BadRecord("not valid JSON", e.getOriginalMessage().lines().findFirst().orElse(""));
    }
    return read(json, position);
  }

  /** The same of an object that was parsed. */
  public static Said read(JsonNode json, long position) throws BadRecord {
    if (!json.isObject()) {
      throw new BadRecord("no request", "give an object with job, gpus, globalBatch and model");
    }
    known(json, KEYS);
    var job = text(json, "job", "");
    if (job.isBlank() || job.length() > LONGEST_NAME) {
      throw new BadRecord("missing field", "job; give the job a name of up to 253 characters");
    }
    long ts = json.hasNonNull("ts") ? Times.parse(json.get("ts").asText()) : 0;
    if (flag(json, "end")) {
      return new Ends(job, ts);
    }
    try {
      return new Asks(
          new JobRequest(
              request(json, job),
              whole(json, "priority", 0),
              ts,
              position,
              number(json, "seconds", JobRequest.A_DAY),
              number(json, "moveSeconds", JobRequest.FIXED)));
    } catch (IllegalArgumentException e) {
      throw new BadRecord("bad request", e.getMessage());
    }
  }

  private static Request request(JsonNode json, String job) throws BadRecord {
    var model = json.get("model");
    if (model == null || !model.isObject()) {
      throw new BadRecord("missing field", "model; give its layers, hidden and heads");
    }
    known(model, MODEL_KEYS);
    var shape =
        new ModelShape(
            text(model, "name", ""),
            required(model, "layers"),
            required(model, "hidden"),
            required(model, "heads"),
            whole(model, "sequence", SEQUENCE),
            whole(model, "vocabulary", VOCABULARY));
    return Request.of(
            job,
            shape,
            required(json, "gpus"),
            required(json, "globalBatch"),
            whole(json, "microBatch", 1))
        .withSizes(size(json, "tp"), size(json, "pp"))
        .withOrder(RankOrder.parse(text(json, "order", RankOrder.TP_DP_PP.megatron())))
        .withOptimizer(optimizer(text(json, "optimizer", "plain")))
        .withTransfer(flag(json, "ppShardByTp") ? Request.Transfer.SHARED : Request.Transfer.WHOLE)
        .withGpuModel(text(json, "gpuModel", ""));
  }

  private static Request.Optimizer optimizer(String name) throws BadRecord {
    return switch (name) {
      case "plain" -> Request.Optimizer.PLAIN;
      case "overlapped" -> Request.Optimizer.OVERLAPPED;
      default ->
          throw new BadRecord("bad request", "optimizer is plain or overlapped, not " + name);
    };
  }

  private static void known(JsonNode json, Set<String> keys) throws BadRecord {
    for (var names = json.fieldNames(); names.hasNext(); ) {
      var name = names.next();
      if (!keys.contains(name)) {
        throw new BadRecord(
            "unknown field", name + "; there are " + String.join(", ", new TreeSet<>(keys)));
      }
    }
  }

  private static String text(JsonNode json, String name, String otherwise) throws BadRecord {
    var value = json.get(name);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw new BadRecord("bad request", name + " is " + value + "; give a text");
    }
    return value.textValue();
  }

  private static boolean flag(JsonNode json, String name) throws BadRecord {
    var value = json.get(name);
    if (value == null || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw new BadRecord("bad request", name + " is " + value + "; give true or false");
    }
    return value.booleanValue();
  }

  private static int required(JsonNode json, String name) throws BadRecord {
    if (!json.hasNonNull(name)) {
      throw new BadRecord("missing field", name);
    }
    return whole(json, name, 0);
  }

  private static int size(JsonNode json, String name) throws BadRecord {
    var value = json.get(name);
    return value != null && value.isTextual() && value.textValue().equals("auto")
        ? 0
        : whole(json, name, 0);
  }

  private static double number(JsonNode json, String name, double otherwise) throws BadRecord {
    var value = json.get(name);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw new BadRecord("bad request", name + " is " + value + "; give a number");
    }
    return value.doubleValue();
  }

  private static int whole(JsonNode json, String name, int otherwise) throws BadRecord {
    var value = json.get(name);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new BadRecord("bad request", name + " is " + value + "; give a whole number");
    }
    return value.intValue();
  }

  /** A request as {@link #read} reads it; its position is the reader's. */
  public static String write(JobRequest job) {
    var request = job.request();
    var json = JSON.createObjectNode();
    json.put("job", request.job());
    json.put("gpus", request.gpus());
    json.put("globalBatch", request.globalBatch());
    json.put("microBatch", request.microBatch());
    json.put("tp", request.tensor());
    json.put("pp", request.pipeline());
    json.put("priority", job.priority());
    if (job.ts() != 0) {
      json.put("ts", java.time.Instant.ofEpochMilli(job.ts()).toString());
    }
    json.put("order", request.order().megatron());
    json.put("optimizer", request.optimizer() == Request.Optimizer.PLAIN ? "plain" : "overlapped");
    json.put("ppShardByTp", request.transfer() == Request.Transfer.SHARED);
    json.put("gpuModel", request.gpuModel());
    if (job.seconds() != JobRequest.A_DAY) {
      json.put("seconds", job.seconds());
    }
    if (job.movable()) {
      json.put("moveSeconds", job.moveSeconds());
    }
    json.set("model", model(request.model()));
    return json.toString();
  }

  private static ObjectNode model(ModelShape shape) {
    return JSON.createObjectNode()
        .put("name", shape.name())
        .put("layers", shape.layers())
        .put("hidden", shape.hidden())
        .put("heads", shape.heads())
        .put("sequence", shape.sequence())
        .put("vocabulary", shape.vocabulary());
  }
}
