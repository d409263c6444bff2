package org.millrace.notebooks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.millrace.schema.StragglerIncident;
import org.millrace.schema.StragglerSuspect;

/** What the {@code stragglers} job writes: an incident that opens and closes. */
final class StragglerFile {

  private StragglerFile() {}

  static void write(Path file) throws IOException {
    try (var writer =
        AvroParquetWriter.<StragglerIncident>builder(new LocalOutputFile(file))
            .withSchema(StragglerIncident.getClassSchema())
            .withDataModel(SpecificData.get())
            .build()) {
      writer.write(told("OPEN", 60_000, null));
      writer.write(told("CLOSE", 240_000, 180_000L));
    }
  }

  private static StragglerIncident told(String kind, long ts, Long ended) {
    return StragglerIncident.newBuilder()
        .setJob("job")
        .setIncidentId("0123456789abcdef0123456789abcdef")
        .setKind(kind)
        .setCause("SLOW_STEPS")
        .setSuspects(List.of(new StragglerSuspect("RANK", "6", null, null, null)))
        .setStartTs(40_000)
        .setOpenTs(60_000)
        .setTs(ts)
        .setEndTs(ended)
        .setScore(1.5)
        .setPeakTs(60_000)
        .setFlags(3)
        .setEvidence(Map.of("ratio_to_others", 1.5))
        .setExplanation("rank 6 is slow")
        .setConfigHash("0")
        .build();
  }
}
