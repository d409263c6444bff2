package org.millrace.streaming.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.millrace.schema.RejectedRecord;
import org.millrace.streaming.job.StreamingOptions;
import org.millrace.streaming.job.StreamingRun;
import org.millrace.streaming.placement.board.BoardEvent;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Inventory;
import org.millrace.streaming.placement.health.Cause;
import org.millrace.streaming.placement.health.DegradedEstate;
import org.millrace.streaming.placement.health.HealthEvent;
import org.millrace.streaming.placement.inventory.InventoryFile;
import org.millrace.streaming.placement.inventory.InventoryFormat;
import org.millrace.streaming.placement.page.PlacementPage;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.PlanJson;
import org.millrace.streaming.placement.render.RenderSettings;
import org.millrace.streaming.placement.render.Rendering;
import org.millrace.streaming.placement.request.RequestFile;

/**
 * The files that are read before the stream begins, and those that are written when it has ended: a
 * plan a job, what was rendered of it, the report page.
 *
 * @param inventory of the estate's file; none where a topic tells the estate
 * @param events of both files, in order
 * @param bad requests that can't be read
 */
record PlacementFiles(
    Optional<Inventory> inventory, List<BoardEvent> events, List<RejectedRecord> bad) {

  /** Where records are kept while the job runs. */
  static final String PLACEMENTS = "_placements";

  static final String ADVICE = "_advice";
  static final String HEALTH = "_health";

  /** All of these. */
  static final List<String> KEPT = List.of(PLACEMENTS, ADVICE, HEALTH);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_TOLD = 20;
  private static final int LONGEST_RECORD = 4096;

  PlacementFiles {
    events = List.copyOf(events);
    bad = List.copyOf(bad);
  }

  /** Reads the files that the options name. */
  static PlacementFiles read(PlacementOptions options, StreamingOptions common) {
    var events = new ArrayList<BoardEvent>();
    var bad = new ArrayList<RejectedRecord>();
    var inventory = Optional.<Inventory>empty();
    if (options.estate != null) {
      var text = InventoryFile.read(Path.of(options.estate));
      var read =
          InventoryFormat.of(options.estate, text)
              .parse(options.estate, text, options.inventory().settings());
      inventory = Optional.of(read);
      events.add(new BoardEvent.EstateSeen(0, 0, read.estate()));
    }
    if (options.requests != null) {
      var requests =
          RequestFile.parse(options.requests, InventoryFile.bytes(Path.of(options.requests)));
      requests.said().forEach(said -> events.add(new BoardEvent.Requested(options.requests, said)));
      for (var each : requests.bad()) {
        var text = each.text();
        bad.add(
            new RejectedRecord(
                each.reason(),
                options.requests,
                each.position(),
                text.substring(0, Math.min(LONGEST_RECORD, text.length())),
                null));
      }
    }
    return new PlacementFiles(inventory, events, bad);
  }

  /** Whether anything was read. */
  boolean any() {
    return !events.isEmpty() || !bad.isEmpty();
  }

  /**
   * Writes plans, what is rendered of them, and the page; tells the user what came out.
   *
   * @param tflops of a GPU of which no speed is declared
   */
  void finish(StreamingRun run, String manifest, List<Rendering> renderings, int tflops)
      throws IOException {
    var last = new TreeMap<String, JsonNode>();
    for (var record : sorted(run.kept(PLACEMENTS), "version")) {
      last.put(record.path("job").asText(), record);
    }
    var notes = new ArrayList<String>();
    var plans = new ArrayList<Plan>();
    var folders = new HashSet<String>();
    for (var record : last.values()) {
      if (record.hasNonNull("plan")) {
        var plan = PlanJson.read(PLACEMENTS, record.path("plan").asText());
        plans.add(plan);
        write(run, plan, folder(plan.job(), folders), renderings);
        notes.add(warning(plan));
      } else if (record.path("status").asText().equals(PlacementRecords.WAITING)) {
        notes.add(record.path("job").asText() + " waits: " + record.path("reason").asText());
      }
    }
    notes.removeIf(String::isEmpty);
    for (var refused : sorted(run.kept("_quarantine"), "position")) {
      notes.add(refused.path("source").asText() + ": " + refused.path("reason").asText());
    }
    for (var advice : sorted(run.kept(ADVICE), "ts")) {
      notes.add(
          "%s %s: %s"
              .formatted(
                  advice.path("kind").asText(),
                  advice.path("job").asText(),
                  advice.path("reason").asText()));
    }
    tell(run, plans, notes);
    inventory.ifPresent(read -> read.remarks().forEach(remark -> notes.add(remark.toString())));
    if (inventory.isPresent()) {
      var page =
          new PlacementPage(
              "Placements",
              "%d nodes, %d jobs".formatted(inventory.get().estate().nodes().size(), plans.size()),
              atTheEnd(run, tflops),
              plans,
              notes,
              manifest);
      run.log("report: %s", run.writeText("report.html", page.html()));
    }
  }

  private void write(StreamingRun run, Plan plan, String folder, List<Rendering> renderings)
      throws IOException {
    run.writeText(folder + "/plan.json", PlanJson.write(plan) + "\n");
    for (var rendering : renderings) {
      var name = folder + "/" + rendering.name().toLowerCase(Locale.ROOT) + "/";
      for (var file :
          rendering.render(plan, inventory.orElseThrow().estate(), RenderSettings.DEFAULT)) {
        run.writeText(name + file.name(), file.text());
      }
    }
  }

  /** The job's name, as far as a folder can have it, unlike any other's. */
  private static String folder(String job, HashSet<String> taken) {
    var name = job.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[._-]+", "");
    if (name.isEmpty() || List.of("advice", "health").contains(name) || name.startsWith("part-")) {
      name = "job-" + name;
    }
    var unique = name;
    for (int i = 2; !taken.add(unique); i++) {
      unique = name + "-" + i;
    }
    return unique;
  }

  private static String warning(Plan plan) {
    int mixed = plan.score().mixedDataGroups();
    return mixed == 0
        ? ""
        : "%s: %d data-parallel groups mix fabrics and use sockets; its reason says why"
            .formatted(plan.job(), mixed);
  }

  private static List<JsonNode> sorted(List<byte[]> lines, String by) throws IOException {
    var records = new ArrayList<JsonNode>();
    for (var line : lines) {
      records.add(JSON.readTree(line));
    }
    records.sort(
        Comparator.comparingLong((JsonNode record) -> record.path(by).asLong())
            .thenComparing(JsonNode::toString));
    return records;
  }

  private static void tell(StreamingRun run, List<Plan> plans, List<String> notes) {
    for (var plan : plans.subList(0, Math.min(MOST_TOLD, plans.size()))) {
      run.log(
          "%s on %d nodes, t=%d p=%d d=%d, layers %s: %.3f s an iteration, %.1f samples/s; %s",
          plan.job(),
          plan.nodes().size(),
          plan.sizes().tensor(),
          plan.sizes().pipeline(),
          plan.sizes().data(),
          plan.stageLayers(),
          plan.cost().iterationSeconds(),
          plan.cost().samplesPerSecond(),
          plan.reason());
    }
    if (plans.size() > MOST_TOLD) {
      run.log("and %d more jobs", plans.size() - MOST_TOLD);
    }
    for (var note : notes.subList(0, Math.min(MOST_TOLD, notes.size()))) {
      run.log("%s", note);
    }
    if (notes.size() > MOST_TOLD) {
      run.log("and %d more notes, see report.html", notes.size() - MOST_TOLD);
    }
  }

  /** The estate with what is degraded when telemetry ends. */
  private Estate atTheEnd(StreamingRun run, int tflops) throws IOException {
    var last = new TreeMap<String, HealthEvent>();
    for (var record : sorted(run.kept(HEALTH), "ts")) {
      var nic = record.path("host").asText() + "/" + record.path("nic").asText();
      switch (record.path("change").asText()) {
        case "DEGRADED" -> last.put(nic, event(record));
        case "RECOVERED" -> last.remove(nic);
        default -> {}
      }
    }
    return DegradedEstate.of(inventory.orElseThrow().estate(), last.values(), tflops);
  }

  private static HealthEvent event(JsonNode record) {
    var causes = new TreeSet<Cause>();
    record.path("causes").forEach(cause -> causes.add(Cause.valueOf(cause.asText())));
    return new HealthEvent(
        record.path("host").asText(),
        record.path("nic").asText(),
        HealthEvent.Change.DEGRADED,
        record.path("episode").asInt(),
        record.path("windowStart").asLong(),
        record.path("ts").asLong(),
        causes);
  }
}
