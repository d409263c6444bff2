package org.millrace.streaming.placement;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.millrace.schema.ReplayOutcome;
import org.millrace.streaming.job.ContractSerializer;
import org.millrace.streaming.job.StreamingRun;
import org.millrace.streaming.placement.contend.PodListCsv;
import org.millrace.streaming.placement.contend.Replay;
import org.millrace.streaming.placement.contend.ReplayResult;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.inventory.InventoryFile;
import org.millrace.streaming.placement.inventory.NodeListCsv;
import org.millrace.streaming.placement.inventory.Overlay;
import org.millrace.streaming.placement.page.ReplayPage;
import org.millrace.streaming.placement.plan.CostConstants;
import org.millrace.streaming.placement.plan.ModelShape;
import org.millrace.streaming.placement.plan.NetworkRule;
import org.millrace.streaming.placement.plan.Planner;

/**
 * A job trace, run through our policy and three others, as jobs come and go and as they fill the
 * estate.
 */
record ReplayTables(Overlay overlay, Estate estate, List<Table> tables) {

  private static final int SCHEMA = 1;
  private static final ModelShape MODEL = new ModelShape("7.5B", 36, 4096, 32, 2048, 50257);

  /** What one mode came to. */
  record Table(Replay.Mode mode, String title, List<ReplayResult> results) {

    String text() {
      return title + "\n" + ReplayResult.table(results);
    }
  }

  ReplayTables {
    tables = List.copyOf(tables);
  }

  static ReplayTables run(StreamingRun run, ReplayOptions options, CostConstants constants) {
    var overlay =
        options.overlay == null
            ? Overlay.DEFAULT
            : Overlay.parse(options.overlay, InventoryFile.read(Path.of(options.overlay)));
    var nodes = NodeListCsv.parse(options.nodes, InventoryFile.read(Path.of(options.nodes)));
    var estate = overlay.apply(nodes);
    var pods = PodListCsv.parse(options.pods, InventoryFile.read(Path.of(options.pods)));
    var jobs = PodListCsv.withGangs(pods, options.gangNodes, MODEL);
    run.log(
        "%d nodes, %d pods; the network is the overlay of seed %d: results are synthetic",
        nodes.size(), pods.size(), overlay.seed());
    var replay =
        new Replay(estate, jobs, new Planner(constants, NetworkRule.COMMUNICATOR), options.speedUp);
    var gangs =
        options.gangNodes == 1 ? "" : ", pods of 8 GPUs as jobs of " + options.gangNodes + " nodes";
    var tables = new ArrayList<Table>();
    for (var mode : Replay.Mode.values()) {
      var title =
          mode == Replay.Mode.EVENT_TIME
              ? "jobs come and go at their times, %s times faster".formatted(options.speedUp)
              : "jobs come one by one and stay";
      var table = new Table(mode, "synthetic network; " + title + gangs, replay.run(mode));
      run.print(table.text() + "\n");
      tables.add(table);
    }
    return new ReplayTables(overlay, estate, tables);
  }

  /** Sends the rows to the outputs, and their main numbers to the manifest. */
  void write(StreamingRun run) {
    var rows = new ArrayList<ReplayOutcome>();
    for (var table : tables) {
      for (var result : table.results()) {
        rows.add(row(table.mode(), result));
        count(run, table.mode(), result);
      }
    }
    var type = ContractSerializer.type(ReplayOutcome.class);
    run.write(
        "",
        run.environment().fromData(rows, type).uid("replay").setParallelism(1),
        ReplayOutcome.class);
  }

  private static void count(StreamingRun run, Replay.Mode mode, ReplayResult result) {
    var prefix = (mode + "_" + result.policy() + "_").toLowerCase(Locale.ROOT).replace('-', '_');
    run.count(prefix + "placed", result.placed());
    run.count(prefix + "gangs", result.gangs());
    run.count(prefix + "unplaced", result.unplaced());
    run.count(prefix + "average_jct_s", Math.round(result.averageCompletion()));
    run.count(prefix + "p99_jct_s", Math.round(result.p99Completion()));
    run.count(prefix + "makespan_s", Math.round(result.makespan()));
    run.count(prefix + "fragmentation_milli_gpus", Math.round(1000 * result.fragmentation()));
    run.count(prefix + "mixed_data_groups", result.mixedDataGroups());
    run.count(prefix + "cross_fabric_bytes", Math.round(result.crossFabricBytes()));
  }

  private ReplayOutcome row(Replay.Mode mode, ReplayResult result) {
    return ReplayOutcome.newBuilder()
        .setPolicy(result.policy())
        .setSchema$(SCHEMA)
        .setMode(mode.name())
        .setSynthetic(true)
        .setSeed(overlay.seed())
        .setPlaced(result.placed())
        .setGangs(result.gangs())
        .setUnplaced(result.unplaced())
        .setAverageCompletionSeconds(result.averageCompletion())
        .setP99CompletionSeconds(result.p99Completion())
        .setAverageWaitSeconds(result.averageWait())
        .setMakespanSeconds(result.makespan())
        .setFragmentationGpus(result.fragmentation())
        .setGpusAtFirstRefusal(result.gpusAtFirstRefusal())
        .setMostGpus(result.mostGpus())
        .setFreeWholeDomains(result.freeWholeDomains())
        .setMixedDataGroups(result.mixedDataGroups())
        .setCrossFabricBytes(result.crossFabricBytes())
        .setMoves(result.moves())
        .build();
  }

  /** Writes the tables, the overlay that they hold for, and the page. */
  void finish(StreamingRun run, String manifest) throws IOException {
    var text = new StringBuilder();
    var shown = new LinkedHashMap<String, List<ReplayResult>>();
    for (var table : tables) {
      text.append(table.text()).append('\n');
      shown.put(table.title(), table.results());
    }
    run.writeText("replay.txt", text.toString());
    run.writeText("overlay.yaml", overlay.yaml());
    var page =
        new ReplayPage(
            "%d nodes, synthetic network of seed %d"
                .formatted(estate.nodes().size(), overlay.seed()),
            estate,
            shown,
            manifest);
    run.log("report: %s", run.writeText("report.html", page.html()));
  }
}
