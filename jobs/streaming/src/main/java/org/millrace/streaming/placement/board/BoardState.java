package org.millrace.streaming.placement.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.millrace.streaming.placement.contend.Way;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.EstateYaml;
import org.millrace.streaming.placement.health.HealthEvent;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.PlanJson;
import org.millrace.streaming.placement.warning.LinkWarning;

/**
 * All that a board knows.
 *
 * @param declared the estate without what telemetry says; null before the first
 * @param advised jobs that were advised on an open episode, by NIC
 * @param unusual warnings that are open
 * @param openings of jobs that wait for others to move
 */
record BoardState(
    Estate declared,
    List<HealthEvent> degraded,
    List<Running> running,
    List<Waiting> waiting,
    Map<String, ? extends Collection<String>> advised,
    List<LinkWarning> unusual,
    List<Opening> openings) {

  private static final int VERSION = 2;

  String json() {
    var json = EventJson.MAPPER.createObjectNode();
    json.put("version", VERSION);
    json.put("estate", declared == null ? null : EstateYaml.write(declared));
    var events = json.putArray("degraded");
    degraded.forEach(event -> events.add(EventJson.health(event)));
    var placed = json.putArray("running");
    for (var job : running) {
      placed
          .addObject()
          .put("source", job.source())
          .put("position", job.request().position())
          .put("request", EventJson.request(job.request()))
          .put("plan", PlanJson.write(job.plan()));
    }
    var queue = json.putArray("waiting");
    for (var job : waiting) {
      queue
          .addObject()
          .put("source", job.source())
          .put("position", job.request().position())
          .put("request", EventJson.request(job.request()))
          .put("told", job.told())
          .put("before", job.before().map(PlanJson::write).orElse(null));
    }
    var told = json.putObject("advised");
    new TreeMap<>(advised)
        .forEach(
            (nic, jobs) -> {
              var names = told.putArray(nic);
              new TreeSet<>(jobs).forEach(names::add);
            });
    var warnings = json.putArray("unusual");
    unusual.forEach(warning -> warnings.add(EventJson.warning(warning)));
    var ways = json.putArray("openings");
    openings.forEach(opening -> ways.add(json(opening)));
    return json.toString();
  }

  private static ObjectNode json(Opening opening) {
    var json = EventJson.MAPPER.createObjectNode();
    json.put("job", opening.job()).put("plan", PlanJson.write(opening.plan()));
    var moves = json.putArray("moves");
    for (var move : opening.moves().values()) {
      moves
          .addObject()
          .put("job", move.job())
          .put("plan", PlanJson.write(move.plan()))
          .put("seconds", move.seconds())
          .put("left", opening.left().contains(move.job()));
    }
    return json;
  }

  private static Opening opening(JsonNode json) {
    var moves = new TreeMap<String, Way.Move>();
    var left = new TreeSet<String>();
    for (var move : json.path("moves")) {
      var job = move.path("job").asText();
      moves.put(job, new Way.Move(job, plan(move), move.path("seconds").asDouble()));
      if (move.path("left").asBoolean()) {
        left.add(job);
      }
    }
    return new Opening(json.path("job").asText(), plan(json), moves, left);
  }

  private static Plan plan(JsonNode json) {
    return PlanJson.read("state", json.path("plan").asText());
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IllegalStateException if another release wrote it in another form
   */
  static BoardState parse(String text) {
    var json = EventJson.parse(text);
    if (json.path("version").asInt() != VERSION) {
      throw new IllegalStateException(
          "state of the placements has version %s, this release reads %d: use the release that wrote it, or start without it"
              .formatted(json.path("version"), VERSION));
    }
    var degraded = new ArrayList<HealthEvent>();
    json.path("degraded").forEach(event -> degraded.add(EventJson.health(event)));
    var running = new ArrayList<Running>();
    for (var job : json.path("running")) {
      running.add(
          new Running(
              job.path("source").asText(),
              EventJson.request(job.path("request").asText(), job.path("position").asLong()),
              plan(job)));
    }
    var waiting = new ArrayList<Waiting>();
    for (var job : json.path("waiting")) {
      waiting.add(
          new Waiting(
              job.path("source").asText(),
              EventJson.request(job.path("request").asText(), job.path("position").asLong()),
              job.path("told").asBoolean(),
              job.hasNonNull("before")
                  ? Optional.of(PlanJson.read("state", job.path("before").asText()))
                  : Optional.empty()));
    }
    var advised = new TreeMap<String, TreeSet<String>>();
    json.path("advised")
        .fields()
        .forEachRemaining(
            entry -> {
              var jobs = new TreeSet<String>();
              entry.getValue().forEach(job -> jobs.add(job.asText()));
              advised.put(entry.getKey(), jobs);
            });
    var unusual = new ArrayList<LinkWarning>();
    json.path("unusual").forEach(warning -> unusual.add(EventJson.warning(warning)));
    var openings = new ArrayList<Opening>();
    json.path("openings").forEach(opening -> openings.add(opening(opening)));
    var estate = json.path("estate");
    return new BoardState(
        estate.isTextual() ? EstateYaml.parse("state", estate.asText()) : null,
        degraded,
        running,
        waiting,
        advised,
        unusual,
        openings);
  }
}
