package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.gpu.Exceptions.LINES;
import static org.millrace.gpu.Exceptions.TALLY;
import static org.millrace.gpu.Exceptions.all;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.deploy.SparkSubmit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.bestofn.VerifyJob;
import org.millrace.udf.MillraceExtensions;

/**
 * A whole job with the RAPIDS plugin in the mode that needs no GPU: it plans for one, says what
 * would run there, and lets the CPU do it.
 */
class ExplainOnlyITCase {

  /** As nothing is replaced in this mode, what adapts a plan to its shuffles finds the CPU's. */
  private static final Set<String> CPU_SHUFFLES = Set.of("AQEShuffleReadExec");

  @TempDir Path folder;

  @Test
  void aJobRunsAndSaysWhatWouldRunOnAGpu() throws Exception {
    var input = folder.resolve("samples.jsonl");
    Files.writeString(
        input,
        """
        {"prompt_id": "p", "sample_index": 0, "prompt": "4 5 6 10", "text": "(10 - 4) * 5 - 6 = 24"}
        {"prompt_id": "p", "sample_index": 1, "prompt": "4 5 6 10", "text": "4 * 6 = 24"}
        """);
    var output = folder.resolve("scores");
    var log = folder.resolve("log");

    int status = submit(log, "--verifier=game24", "--input=" + input, "--output=" + output);

    var said = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(status).as(said).isZero();
    assertThat(said).contains("<ProjectExec> will run on GPU");
    assertThat(Placement.parse(said).except(all(TALLY, LINES, CPU_SHUFFLES)))
        .isEqualTo(new Placement(List.of(), List.of("ScalaUDF verify")));
    assertThat(output.resolve("_millrace.json"))
        .content()
        .containsPattern("\"status\" *: *\"done\"")
        .containsPattern("\"gpu\" *: *\"no\"")
        .containsPattern("\"correct\" *: *1\\b");
  }

  /** Through SparkSubmit, as the plugin needs the class loader that it makes. */
  private int submit(Path log, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-X") || argument.startsWith("--add"))
        .forEach(command::add);
    var settings = Path.of("src/test/resources/log4j2-explain.properties").toAbsolutePath();
    command.addAll(
        List.of(
            "-Dlog4j2.configurationFile=" + settings,
            "-cp",
            System.getProperty("java.class.path"),
            SparkSubmit.class.getName(),
            "--master=local[2]",
            "--conf=spark.ui.enabled=false",
            "--conf=spark.sql.extensions=" + MillraceExtensions.class.getName(),
            "--conf=spark.plugins=com.nvidia.spark.SQLPlugin",
            "--conf=spark.rapids.sql.mode=explainOnly",
            "--conf=spark.rapids.sql.explain=ALL",
            "--conf=spark.rapids.sql.expression.StructsToJson=true",
            "--class=" + VerifyJob.class.getName(),
            // The job's classes are on the class path already.
            "spark-internal"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
  }
}
