package org.millrace.streaming.placement.board;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.EstateYaml;
import org.millrace.streaming.placement.health.HealthEvent;
import org.millrace.streaming.placement.plan.PlanJson;
import org.millrace.streaming.placement.warning.LinkWarning;

/**
 * All that a board knows.
 *
 * @param declared the estate without what telemetry says; null before the first
 * @param advised jobs that were advised on an open episode, by NIC
 * @param unusual warnings that are open
 */
record BoardState(
    Estate declared,
    List<HealthEvent> degraded,
    List<Board.Running> running,
    List<Board.Waiting> waiting,
    Map<String, ? extends Collection<String>> advised,
    List<LinkWarning> unusual) {

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
    return json.toString();
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
    var running = new ArrayList<Board.Running>();
    for (var job : json.path("running")) {
      running.add(
          new Board.Running(
              job.path("source").asText(),
              EventJson.request(job.path("request").asText(), job.path("position").asLong()),
              PlanJson.read("state", job.path("plan").asText())));
    }
    var waiting = new ArrayList<Board.Waiting>();
    for (var job : json.path("waiting")) {
      waiting.add(
          new Board.Waiting(
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
    var estate = json.path("estate");
    return new BoardState(
        estate.isTextual() ? EstateYaml.parse("state", estate.asText()) : null,
        degraded,
        running,
        waiting,
        advised,
        unusual);
  }
}
