package org.millrace.batch.bestofn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.batch.Command;

/** What verify's manifest says about what verify wrote. */
class VerifyJobITCase {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "jsonl", "csv"})
  void theManifestCountsWhatWasWritten(String format) throws Exception {
    var input = folder.resolve("samples.jsonl");
    Files.writeString(
        input,
        """
        {"prompt_id": "p", "sample_index": 0, "prompt": "4 5 6 10",
         "text": "so, \\"well\\":\\n(10 - 4) * 5 - 6 = 24"}
        {"prompt_id": "p", "sample_index": 1, "prompt": "4 5 6 10", "text": "4 * 6 = 24"}
        {"prompt_id": "p", "sample_index": 2, "prompt": "4 5 6 10", "finish_reason": "error"}
        {"prompt_id": "q", "sample_index": 0, "prompt": "four", "text": "4 * 6 = 24"}
        """
            .replace(",\n ", ", "));
    var output = folder.resolve("scores");

    var command =
        Command.run(
            new VerifyJob(),
            "--verifier=game24",
            "--input=" + input,
            "--output=" + output,
            "--output-format=" + format);

    assertThat(command.status()).as(command.toString()).isZero();
    var manifest = Command.manifest(output);
    var counts = manifest.get("counts");
    assertThat(counts.get("records_in").asLong()).isEqualTo(4);
    assertThat(counts.get("samples").asLong()).isEqualTo(3);
    assertThat(counts.get("correct").asLong()).isEqualTo(1);
    assertThat(counts.get("incorrect").asLong() + counts.get("unparsed").asLong()).isEqualTo(1);
    assertThat(counts.get("without_verdict").asLong()).isEqualTo(1);
    assertThat(manifest.get("quarantined").size()).isEqualTo(1);
  }
}
