package org.millrace.streaming.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.streaming.anomaly.evaluate.NabFile;

/** Runs of the whole job against labels. */
class EvaluationITCase {

  @TempDir Path folder;

  /** A row every five minutes, all under the same time from row 300 to 320, a spike at row 500. */
  private static List<String> dirtyRows() {
    var random = new Random(7);
    var lines = new ArrayList<>(List.of("timestamp,value"));
    for (int row = 0; row < 700; row++) {
      int at = row >= 300 && row < 320 ? 300 : row;
      double value = 50 + random.nextGaussian() + (row == 500 ? 500 : 0);
      lines.add(
          "2026-01-%02d %02d:%02d:00,%s"
              .formatted(1 + at / 288, at % 288 / 12, at % 12 * 5, value));
    }
    return lines;
  }

  private Path nab(String spikeWindow) throws IOException {
    var input = Files.createDirectories(folder.resolve("nab/real"));
    Files.write(input.resolve("dirty.csv"), dirtyRows());
    return Files.writeString(
        folder.resolve("nab/labels.json"),
        "{\"real/dirty.csv\": {\"windows\": [" + spikeWindow + "]}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "csv"})
  void eachRowOfAFileGetsAVerdictWhateverItsTime(String format) throws Exception {
    var labels = nab("[\"2026-01-02 17:40:00\", \"2026-01-02 18:00:00\"]");
    var output = folder.resolve("output");

    var run =
        Command.run(
            "--input",
            folder.resolve("nab"),
            "--evaluate",
            labels,
            "--output",
            output,
            "--output-format",
            format,
            "--parallelism",
            1);

    assertThat(run.status()).describedAs(run.errors()).isZero();
    var manifest = Command.manifest(output);
    assertThat(manifest.getStatus()).isEqualTo("done");
    assertThat(manifest.getCounts()).containsEntry("rows", 700L);
    assertThat(manifest.getDropped()).isEmpty();
    assertThat(Files.readAllLines(output.resolve("evaluation.csv")).get(1))
        .startsWith("all,\"all\",700,100.0000,100.0000,100.0000,1,1,1,0,");
    assertThat(output.resolve("_evaluated")).doesNotExist();
    assertThat(output.resolve("report.html")).content().contains("real/dirty.csv");
  }

  @Test
  void labelledTimesAreOfOneDevice() throws Exception {
    var input = folder.resolve("telemetry.csv");
    Files.write(input, new Telemetry(2, 3, 300).wideCsv());
    var labels = Files.writeString(folder.resolve("labels.txt"), "2025-10-09 09:00\n");

    var run =
        Command.run("--input", input, "--evaluate", labels, "--output", folder.resolve("output"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors()).contains("labelled times are of one device, the input has 2");
  }

  @Test
  void aFileWithoutLabelsIsNamed() throws Exception {
    var labels = nab("");
    Files.write(folder.resolve("nab/real/other.csv"), dirtyRows());

    var run =
        Command.run(
            "--input",
            folder.resolve("nab"),
            "--evaluate",
            labels,
            "--output",
            folder.resolve("output"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .contains("no labels of ")
        .contains("/real/other.csv; a file is called");
  }

  @Test
  void wrongOptionsAreSaid() {
    assertThat(
            List.of(
                Command.run("--input", "x", "--output", "y", "--tolerance", "5m").errors(),
                Command.run(
                        "--kafka-bootstrap",
                        "x:1",
                        "--topic",
                        "t",
                        "--output",
                        "y",
                        "--evaluate",
                        "z")
                    .errors()))
        .satisfiesExactly(
            line -> assertThat(line).contains("--tolerance: only with --evaluate"),
            line -> assertThat(line).contains("--evaluate: from files to files"));
  }

  @Test
  void ferryBoxFindsFourOfFourEvents() throws Exception {
    var streaming = NabFile.folder().getParent();
    var output = folder.resolve("ferry");

    var run =
        Command.run(
            "--input",
            streaming.resolve("ferrybox.csv"),
            "--time",
            "TimeStamp",
            "--device",
            "ferry",
            "--evaluate",
            streaming.resolve("ferrybox_labels.txt"),
            "--output",
            output);

    assertThat(run.status()).describedAs(run.errors()).isZero();
    var scores = Files.readAllLines(output.resolve("evaluation.csv")).get(1).split(",");
    assertThat(scores).startsWith("all", "\"all\"", "4316", "", "", "", "4", "4");
    assertThat(Integer.parseInt(scores[9])).isLessThanOrEqualTo(2);
    // The flow moves with no other sensor.
    long partnerless = Command.manifest(output).getCounts().get("anomalies_without_partner");
    assertThat(partnerless).isPositive();
    assertThat(run.errors().strip().lines().reduce((before, last) -> last).orElseThrow())
        .contains("anomalies_without_partner=" + partnerless);
  }

  @Test
  void rolaOnTheSharedFiles() throws Exception {
    var output = folder.resolve("rola");

    var run =
        Command.run(
            "--input",
            NabFile.folder(),
            "--evaluate",
            NabFile.folder().resolve("labels.json"),
            "--output",
            output);

    assertThat(run.status()).describedAs(run.errors()).isZero();
    var lines = Files.readAllLines(output.resolve("evaluation.csv"));
    assertThat(lines).hasSize(1 + 1 + 7 + 32);
    assertThat(Double.parseDouble(lines.get(1).split(",")[3])).isBetween(18.0, 26.0);
    assertThat(Files.size(output.resolve("report.html"))).isLessThan(1_000_000);
  }
}
