package org.millrace.streaming.placement.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeSet;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.placement.board.BoardEvent.EstateSeen;
import org.millrace.streaming.placement.board.BoardEvent.HealthChanged;
import org.millrace.streaming.placement.board.BoardEvent.LinkWarned;
import org.millrace.streaming.placement.board.BoardEvent.Requested;
import org.millrace.streaming.placement.estate.EstateYaml;
import org.millrace.streaming.placement.health.Cause;
import org.millrace.streaming.placement.health.HealthEvent;
import org.millrace.streaming.placement.health.Signal;
import org.millrace.streaming.placement.request.JobRequest;
import org.millrace.streaming.placement.request.RequestJson;
import org.millrace.streaming.placement.warning.LinkWarning;

/** Events as JSON, for the way between operators and for state. */
public final class EventJson {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private EventJson() {}

  /** An event in one line. */
  public static String write(BoardEvent event) {
    var json = MAPPER.createObjectNode();
    if (event instanceof EstateSeen seen) {
      json.put("ts", seen.ts()).put("position", seen.position());
      json.put("estate", EstateYaml.write(seen.estate()));
    } else if (event instanceof HealthChanged health) {
      json.set("health", health(health.event()));
    } else if (event instanceof LinkWarned warned) {
      json.set("warning", warning(warned.warning()));
    } else if (event instanceof Requested requested) {
      json.put("source", requested.source());
      if (requested.said() instanceof RequestJson.Asks asks) {
        json.put("position", asks.request().position());
        json.put("request", request(asks.request()));
      } else {
        json.put("ts", requested.ts());
        json.put("ends", requested.said().job());
      }
    }
    return json.toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalStateException if it is something else
   */
  public static BoardEvent read(String text) {
    var json = parse(text);
    if (json.has("estate")) {
      return new EstateSeen(
          json.path("ts").asLong(),
          json.path("position").asLong(),
          EstateYaml.parse("event", json.path("estate").asText()));
    }
    if (json.has("health")) {
      return new HealthChanged(health(json.path("health")));
    }
    if (json.has("warning")) {
      return new LinkWarned(warning(json.path("warning")));
    }
    var source = json.path("source").asText();
    return json.has("request")
        ? new Requested(
            source,
            new RequestJson.Asks(
                request(json.path("request").asText(), json.path("position").asLong())))
        : new Requested(
            source, new RequestJson.Ends(json.path("ends").asText(), json.path("ts").asLong()));
  }

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("state that is no JSON", e);
    }
  }

  static String request(JobRequest request) {
    return RequestJson.write(request);
  }

  static JobRequest request(String text, long position) {
    try {
      return ((RequestJson.Asks) RequestJson.read(text, position)).request();
    } catch (BadRecord e) {
      throw new IllegalStateException("a request that was good before", e);
    }
  }

  static ObjectNode health(HealthEvent event) {
    var json = MAPPER.createObjectNode();
    json.put("host", event.host())
        .put("nic", event.nic())
        .put("change", event.change().name())
        .put("episode", event.episode())
        .put("from", event.from())
        .put("until", event.until());
    var causes = json.putArray("causes");
    event.causes().stream().sorted().forEach(cause -> causes.add(cause.name()));
    return json;
  }

  static HealthEvent health(JsonNode json) {
    var causes = new TreeSet<Cause>();
    json.path("causes").forEach(cause -> causes.add(Cause.valueOf(cause.asText())));
    return new HealthEvent(
        json.path("host").asText(),
        json.path("nic").asText(),
        HealthEvent.Change.valueOf(json.path("change").asText()),
        json.path("episode").asInt(),
        json.path("from").asLong(),
        json.path("until").asLong(),
        causes);
  }

  static ObjectNode warning(LinkWarning warning) {
    return MAPPER
        .createObjectNode()
        .put("host", warning.host())
        .put("nic", warning.nic())
        .put("series", warning.series().name())
        .put("change", warning.change().name())
        .put("episode", warning.episode())
        .put("from", warning.from())
        .put("ts", warning.ts())
        .put("perSecond", warning.perSecond())
        .put("score", warning.score())
        .put("threshold", warning.threshold());
  }

  static LinkWarning warning(JsonNode json) {
    return new LinkWarning(
        json.path("host").asText(),
        json.path("nic").asText(),
        Signal.valueOf(json.path("series").asText()),
        LinkWarning.Change.valueOf(json.path("change").asText()),
        json.path("episode").asInt(),
        json.path("from").asLong(),
        json.path("ts").asLong(),
        json.path("perSecond").asDouble(),
        json.path("score").asDouble(),
        json.path("threshold").asDouble());
  }
}
