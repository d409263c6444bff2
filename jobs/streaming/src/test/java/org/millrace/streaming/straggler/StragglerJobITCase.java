package org.millrace.streaming.straggler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.streaming.straggler.simulate.Form;
import org.millrace.streaming.straggler.simulate.SimulatedJob;
import org.millrace.streaming.straggler.simulate.Trouble;

/** The whole job on a real MiniCluster: however it is run, the same comes out. */
class StragglerJobITCase {

  @TempDir static Path folder;
  private static Path events;
  private static List<String> incidents;

  /** Jobs with a slow rank, a hung rank, a slow link, and nothing. */
  @BeforeAll
  static void runsUndisturbed() throws IOException {
    var lines = new ArrayList<String>();
    lines.addAll(SimulatedJob.of("slow", Trouble.SLOW_RANK, Form.EVENTS, 1).lines());
    lines.addAll(SimulatedJob.of("hung", Trouble.RANK_HANG, Form.EVENTS, 2).lines());
    lines.addAll(SimulatedJob.of("link", Trouble.SLOW_LINK, Form.EVENTS, 3).lines());
    lines.addAll(SimulatedJob.of("fine", Trouble.NONE, Form.EVENTS, 4).lines());
    // As a collector of several jobs writes them: more or less by time.
    lines.sort(Comparator.comparingLong(StragglerJobITCase::roughTime));
    events = Files.write(folder.resolve("events.jsonl"), lines);
    var output = folder.resolve("undisturbed");

    var run = run(output, "--parallelism", 1);

    assertThat(run.status()).describedAs(run.errors()).isZero();
    incidents = Stragglers.lines(output);
    assertThat(output.resolve("_told")).doesNotExist();
  }

  private static long roughTime(String line) {
    int at = line.indexOf("\"tsUs\":") + 7;
    return Long.parseLong(line.substring(at, line.indexOf('}', at))) / 1_000_000;
  }

  private static Stragglers run(Path output, Object... more) {
    return Stragglers.run(arguments(output, more));
  }

  private static Object[] arguments(Path output, Object... more) {
    var arguments =
        new ArrayList<Object>(
            List.of("--input", events, "--output", output, "--output-format", "jsonl"));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  @Test
  void findsWhatWasPlanted() throws IOException {
    var opened =
        Stragglers.records(folder.resolve("undisturbed")).stream()
            .filter(record -> record.path("kind").asText().equals("OPEN"))
            .toList();

    assertThat(opened)
        .extracting(
            record -> record.path("job").asText(),
            record -> record.path("cause").asText(),
            record -> record.path("suspects").path(0).path("kind").asText(),
            record -> record.path("suspects").path(0).path("rank").asInt())
        .containsExactlyInAnyOrder(
            tuple("slow", "NON_COMMUNICATION_SLOW", "RANK", culprit(Trouble.SLOW_RANK, 1)),
            tuple("hung", "NON_COMMUNICATION_HANG", "RANK", culprit(Trouble.RANK_HANG, 2)),
            tuple("link", "COMMUNICATION_SLOW", "LINK", culprit(Trouble.SLOW_LINK, 3)));
  }

  private static int culprit(Trouble trouble, long seed) {
    return SimulatedJob.of("x", trouble, Form.EVENTS, seed).planted().orElseThrow().rank();
  }

  @Test
  void parallelTasksOnRocksDbGiveTheSame() {
    var output = folder.resolve("parallel");

    var run = run(output, "--parallelism", 4, "--state-backend", "rocksdb");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Stragglers.lines(output)).isEqualTo(incidents);
  }

  @Test
  void failuresChangeNothing() {
    var output = folder.resolve("failing");

    var run =
        Stragglers.run(
            Failing.times(3),
            arguments(
                output,
                "--parallelism",
                2,
                "--checkpoint-interval",
                "50ms",
                "--conf",
                "restart-strategy.fixed-delay.delay=10ms"));

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Failing.LEFT).hasValueLessThan(3);
    assertThat(Stragglers.lines(output)).isEqualTo(incidents);
  }

  @ParameterizedTest
  @CsvSource({"csv, false", "csv, true", "tsv, false", "tsv, true"})
  void stepTimesMayBeInAnyOrderAndPacked(String form, boolean packed) throws IOException {
    var job = SimulatedJob.of("steps", Trouble.SLOW_RANK, Form.STEP_TIMES, 5);
    var rows = new ArrayList<>(job.lines().subList(1, job.lines().size()));
    Collections.shuffle(rows, new Random(5));
    rows.add(0, job.lines().get(0));
    var text = String.join("\n", rows).replace(',', form.equals("tsv") ? '\t' : ',');
    var name = "steps-" + form + packed;
    var input = folder.resolve(name + "." + form + (packed ? ".gz" : ""));
    Files.write(input, packed ? packed(text) : text.getBytes());
    var output = folder.resolve(name);

    var run = steps(input, output);

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(run.errors()).contains("SLOW_STEPS", "rank " + job.planted().orElseThrow().rank());
    assertThat(Stragglers.records(output))
        .extracting(
            record -> record.path("job").asText(),
            record -> record.path("kind").asText(),
            record -> record.path("suspects").path(0).path("rank").asInt())
        .containsExactlyInAnyOrder(
            tuple(name, "OPEN", job.planted().orElseThrow().rank()),
            tuple(name, "CLOSE", job.planted().orElseThrow().rank()));
    assertThat(Stragglers.manifest(output).getCounts())
        .containsEntry("records_in", (long) rows.size() - 1)
        .containsEntry("incidents_open", 1L)
        .containsEntry("incidents_close", 1L);
  }

  private static Stragglers steps(Path input, Path output, Object... more) {
    var arguments =
        new ArrayList<Object>(
            List.of(
                "--input",
                input,
                "--output",
                output,
                "--output-format",
                "jsonl",
                "--columns",
                "rank=worker,duration=batch_time"));
    arguments.addAll(List.of(more));
    return Stragglers.run(arguments.toArray());
  }

  private static byte[] packed(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes());
    }
    return bytes.toByteArray();
  }

  @Test
  void whatIsOpenAtTheEndOfTheRecordsHasHungUntilThen() throws IOException {
    var silent =
        SimulatedJob.of("silent", Trouble.RANK_HANG, Form.EVENTS, 2).lines().stream()
            .filter(line -> !line.contains("HEARTBEAT"))
            .toList();
    var input = Files.write(folder.resolve("silent.jsonl"), silent);
    var unknown = folder.resolve("silent-unknown");
    var known = folder.resolve("silent-known");

    Stragglers.run("--input", input, "--output", unknown, "--output-format", "jsonl");
    Stragglers.run(
        "--input",
        input,
        "--output",
        known,
        "--output-format",
        "jsonl",
        "--recorded-until",
        "2027-01-15T09:00:00Z");

    assertThat(Stragglers.lines(unknown)).isEmpty();
    assertThat(Stragglers.records(known))
        .extracting(record -> record.path("cause").asText())
        .containsExactly("NON_COMMUNICATION_HANG");
  }

  @Test
  void badRecordsAreSetApartWithReasonAndPlace() throws IOException {
    var rows =
        List.of(
            "worker,time,batch_time",
            "0,1,100",
            "1,1,fast",
            "2,1,-5",
            "3,soon,100",
            ",1,100",
            "0,11",
            "0,11,101");
    var input = Files.write(folder.resolve("bad.csv"), rows);
    var output = folder.resolve("bad");

    var run = steps(input, output);

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Stragglers.records(output.resolve("_quarantine")))
        .extracting(
            record -> record.path("position").asInt(),
            record -> record.path("reason").asText().split(":")[0])
        .containsExactlyInAnyOrder(
            tuple(3, "not a number"),
            tuple(4, "duration not above 0"),
            tuple(5, "bad time"),
            tuple(6, "no rank"),
            tuple(7, "another number of fields than the header"));
  }

  @Test
  void brokenJsonIsSetApart() throws IOException {
    var lines = new ArrayList<>(SimulatedJob.of("i", Trouble.NONE, Form.INSPECTOR, 6).lines());
    lines.add(3, "{\"header\":{\"id\":");
    lines.add(5, "{\"comm\":\"c\",\"rank\":0}");
    var input = Files.write(folder.resolve("broken.jsonl"), lines);
    var output = folder.resolve("broken");

    var run = Stragglers.run("--input", input, "--output", output, "--output-format", "jsonl");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Stragglers.records(output.resolve("_quarantine")))
        .extracting(
            record -> record.path("position").asInt(), record -> record.path("reason").asText())
        .satisfiesExactlyInAnyOrder(
            bad -> assertThat(bad.toList().toString()).startsWith("[4, not valid JSON"),
            bad ->
                assertThat(bad.toList().toString())
                    .startsWith("[6, missing field: phase, expected START"));
  }

  @Test
  void inspectorsOwnFilesAreReadAFolderAtATime() throws IOException {
    var job = SimulatedJob.of("logs", Trouble.SLOW_RANK, Form.INSPECTOR, 8);
    var input = Files.createDirectory(folder.resolve("logs"));
    for (var host : new TreeSet<>(job.hosts())) {
      Files.write(
          input.resolve(host + "-pid1.log"),
          job.lines().stream().filter(line -> line.contains("\"" + host + "\"")).toList());
    }
    var output = folder.resolve("logs-out");

    var run =
        Stragglers.run(
            "--input", input, "--job", "j", "--output", output, "--output-format", "jsonl");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Stragglers.records(output))
        .extracting(
            record -> record.path("job").asText(),
            record -> record.path("cause").asText(),
            record -> record.path("suspects").path(0).path("host").asText())
        .containsOnly(
            tuple(
                "j",
                "NON_COMMUNICATION_SLOW",
                job.hosts().get(job.planted().orElseThrow().rank())));
  }

  @Test
  void aMissingColumnIsOneLine() throws IOException {
    var input = Files.write(folder.resolve("other.csv"), List.of("w,time,took", "1,1,1"));

    var run = steps(input, folder.resolve("other"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .hasLineCount(1)
        .contains("--columns rank=worker: no such column in", "other.csv; it has: w, time, took");
  }

  @Test
  void anEmptyFileIsOneLine() throws IOException {
    var input = Files.write(folder.resolve("empty.csv"), new byte[0]);

    var run = steps(input, folder.resolve("empty"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors()).hasLineCount(1).contains("empty.csv: empty, not even a header");
  }

  @Test
  void aCutOffArchiveIsOneLine() throws IOException {
    var job = SimulatedJob.of("cut", Trouble.NONE, Form.STEP_TIMES, 7);
    var whole = packed(String.join("\n", job.lines()));
    var input = folder.resolve("cut.csv.gz");
    Files.write(input, Arrays.copyOf(whole, whole.length / 2));

    var run = steps(input, folder.resolve("cut"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors()).hasLineCount(1).contains("can't read", "cut.csv.gz", "cut off");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--columns | worker=rank | the part before = is one of rank, time, duration, job, host",
        "--slow-level | 1 | --slow-level 1.0: above 1, at most 100",
        "--hang-after | 0s | --hang-after: above 0, at most 1d",
        "--recorded-until | later | --recorded-until: bad time: 'later'"
      })
  void aBadOptionIsOneLine(String option, String value, String error) {
    var run = run(folder.resolve("option"), option, value);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors().lines().findFirst().orElse("")).contains(error);
  }
}
