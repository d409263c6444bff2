package org.millrace.notebooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.millrace.schema.Placement;
import org.millrace.schema.PlacementAdvice;
import org.millrace.schema.PlacementNode;

/**
 * What the {@code placement} job writes: a job that waits, then has a place, advice on it; one that
 * waits.
 */
final class PlacementFile {

  private PlacementFile() {}

  static void write(Path folder) throws IOException {
    write(
        folder.resolve("part-1.parquet"),
        List.of(
            placement("job", 1, "WAITING").build(),
            placement("job", 2, "PLACED")
                .setNodes(List.of(new PlacementNode("a", 8, "ib", List.of("mlx5_0"), List.of("l"))))
                .setTp(1)
                .setPp(1)
                .setDp(8)
                .setStageLayers(List.of(30))
                .setIterationSeconds(5.0)
                .build(),
            placement("other", 3, "WAITING").build()));
    Files.createDirectories(folder.resolve("advice"));
    write(
        folder.resolve("advice/part-1.parquet"),
        List.of(
            PlacementAdvice.newBuilder()
                .setJob("job")
                .setKind("MOVE")
                .setTs(60_000)
                .setHost("a")
                .setNic("mlx5_0")
                .setEpisode(1)
                .setCauses(List.of("STATE"))
                .setWindowStart(30_000)
                .setBeforeSeconds(10)
                .setAfterSeconds(7.5)
                .setHosts(List.of("b"))
                .setReason("its port is not active")
                .setConfigHash("0")
                .build()));
  }

  private static Placement.Builder placement(String job, long version, String status) {
    return Placement.newBuilder()
        .setJob(job)
        .setVersion(version)
        .setStatus(status)
        .setTs(0)
        .setPriority(0)
        .setNodes(List.of())
        .setTp(0)
        .setPp(0)
        .setDp(0)
        .setOrder("")
        .setStageLayers(List.of())
        .setExact(false)
        .setMixedDataGroups(0)
        .setCrossFabricBytes(0)
        .setReason("because")
        .setConfigHash("0");
  }

  private static <T extends SpecificRecordBase> void write(Path file, List<T> records)
      throws IOException {
    try (var writer =
        AvroParquetWriter.<T>builder(new LocalOutputFile(file))
            .withSchema(records.get(0).getSchema())
            .withDataModel(SpecificData.get())
            .build()) {
      for (var record : records) {
        writer.write(record);
      }
    }
  }
}
