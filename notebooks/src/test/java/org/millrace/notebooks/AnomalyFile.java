package org.millrace.notebooks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.millrace.schema.AnomalousVariable;
import org.millrace.schema.Anomaly;

/** What the {@code anomalies} job writes: an episode that opens and closes. */
final class AnomalyFile {

  private AnomalyFile() {}

  static List<String> columns() {
    return Anomaly.getClassSchema().getFields().stream().map(Schema.Field::name).toList();
  }

  static void write(Path file) throws IOException {
    try (var writer =
        AvroParquetWriter.<Anomaly>builder(new LocalOutputFile(file))
            .withSchema(Anomaly.getClassSchema())
            .withDataModel(SpecificData.get())
            .build()) {
      writer.write(change("OPEN", 60_000, null));
      writer.write(change("CLOSE", 240_000, 180_000L));
    }
  }

  private static Anomaly change(String kind, long ts, Long closed) {
    var variable =
        AnomalousVariable.newBuilder()
            .setName("temperature")
            .setValue(91)
            .setExpected(70.0)
            .setResidual(21.0)
            .setScore(2.5)
            .setDirection("UP")
            .setAttribution(1)
            .build();
    return Anomaly.newBuilder()
        .setAlertId("0123456789abcdef0123456789abcdef")
        .setDevice("gpu-1")
        .setKind(kind)
        .setOpenTs(60_000)
        .setTs(ts)
        .setCloseTs(closed)
        .setDetector("repad2")
        .setMode("guarded")
        .setSeverity("MAJOR")
        .setScore(2.5)
        .setPeakTs(60_000)
        .setReports(1)
        .setVariables(List.of(variable))
        .setStatus("ANOMALOUS")
        .setConfigHash("0")
        .build();
  }
}
