package org.millrace.streaming.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small trace through all policies. */
class ReplayITCase {

  @TempDir Path folder;

  @Test
  void aTraceIsReplayedByEachPolicy() throws IOException {
    var nodes = new StringBuilder("sn,cpu_milli,memory_mib,gpu,model\n");
    for (int i = 0; i < 32; i++) {
      nodes.append("node-%02d,128000,786432,8,G2%n".formatted(i));
    }
    var pods =
        new StringBuilder(
            "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time\n");
    for (int i = 0; i < 20; i++) {
      int gpus = i % 4 == 0 ? 8 : 1;
      pods.append(
          "pod-%02d,8000,32768,%d,1000,,LS,Running,%d,%d,%d%n"
              .formatted(i, gpus, 10 * i, 1000 + 10 * i, 10 * i));
    }
    var output = folder.resolve("replay");

    var run =
        Placements.run(
            "--replay",
            "openb",
            "--nodes",
            Files.writeString(folder.resolve("nodes.csv"), nodes),
            "--pods",
            Files.writeString(folder.resolve("pods.csv"), pods),
            "--output",
            output,
            "--output-format",
            "jsonl");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(run.output()).contains("synthetic", "avg JCT s", "megatron-order");
    assertThat(Placements.records(output))
        .hasSize(8)
        .allSatisfy(
            record -> {
              assertThat(record.path("synthetic").asBoolean()).isTrue();
              assertThat(record.path("seed").asInt()).isEqualTo(42);
              assertThat(record.path("placed").asInt() + record.path("unplaced").asInt())
                  .isEqualTo(20);
            })
        .extracting(
            record -> record.path("mode").asText(), record -> record.path("policy").asText())
        .contains(tuple("EVENT_TIME", "fabric-aware"), tuple("FILL", "megatron-order"));
    assertThat(output.resolve("overlay.yaml")).content().contains("seed: 42");
    assertThat(output.resolve("replay.txt")).content().contains("first-fit");
    assertThat(output.resolve("report.html")).content().contains("synthetic", "consolidate");
    assertThat(Placements.manifest(output).getCounts())
        .containsEntry("event_time_fabric_aware_placed", 20L);
  }
}
