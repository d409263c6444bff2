package org.millrace.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.millrace.batch.bestofn.SelectJob;
import org.millrace.batch.bestofn.VerifyJob;
import org.millrace.batch.corpus.CorpusJob;
import org.millrace.batch.corpus.demo.WebPages;
import org.millrace.batch.job.BatchJob;
import org.millrace.batch.sample.SampleJob;
import org.millrace.batch.sample.engine.Puzzle;
import org.millrace.batch.sample.engine.Puzzles;
import org.millrace.batch.strategies.ClassroomCommand;
import org.millrace.batch.strategies.StrategiesJob;
import org.millrace.command.Commands;
import org.millrace.command.Failures;
import org.millrace.command.Manifests;
import org.millrace.command.UserError;
import org.millrace.command.Version;
import org.millrace.schema.RunManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything small, end to end, from inputs that the suite makes itself. */
@Command(
    name = DemoCommand.NAME,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs everything small, end to end, offline.",
      "Makes number puzzles, samples answers with a small honest solver, verifies them and picks the"
          + " best of N; makes raw web pages and prepares training text of them; makes"
          + " the step log of a classroom and finds its strategies; makes telemetry of"
          + " GPU hosts with planted faults and finds them, records of training jobs with slow and hung"
          + " ranks, and an estate of four fabrics that it places three jobs on. Ends with a report page of most."
    })
final class DemoCommand implements Callable<Integer> {

  static final String NAME = "demo";
  private static final long SEED = 42;
  private static final int COUNTDOWN_NUMBERS = 4;
  private static final int COUNTDOWN_TARGET = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      defaultValue = "millrace-demo",
      paramLabel = "FOLDER",
      description =
          "Folder to write to, empty or of an earlier demo, which is replaced. Default: ${DEFAULT-VALUE}.")
  private Path output;

  @Option(
      names = "--prompts",
      defaultValue = "100",
      description = "Puzzles of each of the two kinds. Default: ${DEFAULT-VALUE}.")
  private int prompts;

  @Option(
      names = "--n",
      defaultValue = "32",
      description = "Answers a puzzle. Default: ${DEFAULT-VALUE}.")
  private int n;

  @Option(
      names = "--articles",
      defaultValue = "200",
      description =
          "Web pages that are worth keeping; others come on top. Default: ${DEFAULT-VALUE}.")
  private int articles;

  @Override
  public Integer call() {
    try {
      var run = claim();
      int status = demo();
      run.setStatus(status == 0 ? "done" : "failed");
      write(run);
      return status;
    } catch (IOException | RuntimeException e) {
      return Commands.fail(spec, e, Failures.oneLine(e), Commands.Detail.LINE);
    }
  }

  /**
   * Makes the output folder the demo's own, by a manifest.
   *
   * @return the manifest of the run that begins
   * @throws UserError if there is something in it that no demo has made
   */
  private RunManifest claim() throws IOException {
    var manifest = output.resolve(Manifests.FILE);
    Files.createDirectories(output);
    try (var files = Files.list(output)) {
      boolean ours =
          Files.exists(manifest)
              && Manifests.parse(Files.readAllBytes(manifest)).getJob().equals(NAME);
      if (!ours && files.findAny().isPresent()) {
        throw new UserError(
            "--output %s has files that no demo wrote; choose another folder, or empty it yourself",
            output);
      }
    }
    var run =
        Manifests.start(
            NAME,
            Commands.options(spec),
            Set.of("output"),
            List.of(),
            "this machine",
            Clock.systemUTC());
    write(run);
    return run;
  }

  private void write(RunManifest run) throws IOException {
    Files.writeString(output.resolve(Manifests.FILE), Manifests.json(run));
  }

  private int demo() throws IOException {
    int status = puzzles(Puzzles.game24(prompts, SEED), "game24");
    if (status == 0) {
      status =
          puzzles(
              Puzzles.countdown(prompts, COUNTDOWN_NUMBERS, COUNTDOWN_TARGET, SEED), "countdown");
    }
    if (status == 0) {
      status =
          run(
              new SelectJob(),
              "--input",
              folder("scores/game24"),
              folder("scores/countdown"),
              "--selectors",
              "all",
              "--output",
              folder("best"));
    }
    if (status == 0) {
      status = corpus();
    }
    if (status == 0) {
      status = strategies();
    }
    if (status == 0) {
      status = anomalies();
    }
    if (status == 0) {
      status = stragglers();
    }
    return status == 0 ? placement() : status;
  }

  /** Makes raw web pages, and cleans and deduplicates them. */
  private int corpus() throws IOException {
    var json = new ObjectMapper();
    var lines = new StringBuilder();
    for (var page : WebPages.make(articles, SEED)) {
      var record = new LinkedHashMap<String, String>();
      record.put("url", page.url());
      record.put("html", page.html());
      lines.append(json.writeValueAsString(record)).append('\n');
    }
    var file = Files.createDirectories(output.resolve("pages")).resolve("pages.jsonl");
    Files.writeString(file, lines, StandardCharsets.UTF_8);
    var adverts = output.resolve("adverts.txt");
    Files.write(adverts, WebPages.ADVERTS, StandardCharsets.UTF_8);
    return run(
        new CorpusJob(),
        "--input",
        file.toString(),
        "--columns",
        "text=html",
        "--recipe",
        "pangu",
        "--set",
        "clean.adverts=" + adverts,
        "--output",
        folder("corpus"));
  }

  /** Makes the step log of a classroom, and looks for its strategies. */
  private int strategies() {
    int status =
        command(
            new ClassroomCommand(),
            "--students",
            "180",
            "--problems",
            "80",
            "--each",
            "20",
            "--output",
            folder("classroom"));
    return status != 0
        ? status
        : run(
            new StrategiesJob(),
            "--input",
            folder("classroom/student_step.txt"),
            "--dimensions",
            "32",
            "--passes",
            "2",
            "--predictor",
            "key",
            "--output",
            folder("mvec"));
  }

  /** Makes telemetry with planted faults, and looks for them. */
  private int anomalies() {
    int status = FlinkCommand.run("telemetry", List.of("--output", folder("hosts")));
    return status != 0
        ? status
        : FlinkCommand.run(
            "anomalies",
            List.of(
                "--input",
                folder("hosts/telemetry"),
                "--evaluate",
                folder("hosts/labels.json"),
                "--output",
                folder("episodes"),
                "--mode",
                "overwrite"));
  }

  /** Makes records of training jobs with planted trouble, and looks for it. */
  private int stragglers() {
    int status = FlinkCommand.run("collectives", List.of("--output", folder("jobs")));
    return status != 0
        ? status
        : FlinkCommand.run(
            "stragglers",
            List.of(
                "--input",
                folder("jobs/training"),
                "--output",
                folder("incidents"),
                "--mode",
                "overwrite"));
  }

  /** Makes a small estate with a NIC that degrades, and places jobs on it. */
  private int placement() {
    int status = FlinkCommand.run("islands", List.of("--output", folder("islands")));
    return status != 0
        ? status
        : FlinkCommand.run(
            "placement",
            List.of(
                "--estate",
                folder("islands/estate.yaml"),
                "--requests",
                folder("islands/jobs.json"),
                "--telemetry",
                folder("islands/telemetry"),
                "--render",
                "hostfile,megatron,slurm,kueue,volcano",
                "--output",
                folder("plans"),
                "--mode",
                "overwrite"));
  }

  /** Makes prompts of one kind, samples answers and verifies them. */
  private int puzzles(List<Puzzle> puzzles, String kind) throws IOException {
    var json = new ObjectMapper();
    var lines = new StringBuilder();
    for (var puzzle : puzzles) {
      var prompt = new LinkedHashMap<String, String>();
      prompt.put("prompt_id", puzzle.id());
      prompt.put("prompt", puzzle.prompt());
      prompt.put("target", puzzle.target());
      prompt.put("level", puzzle.kind());
      lines.append(json.writeValueAsString(prompt)).append('\n');
    }
    var file = Files.createDirectories(output.resolve("prompts")).resolve(kind + ".jsonl");
    Files.writeString(file, lines, StandardCharsets.UTF_8);
    int status =
        run(
            new SampleJob(),
            "--engine",
            "search",
            "--n",
            Integer.toString(n),
            "--input",
            file.toString(),
            "--output",
            folder("samples/" + kind));
    return status != 0
        ? status
        : run(
            new VerifyJob(),
            "--verifier",
            kind,
            "--input",
            folder("samples/" + kind),
            "--output",
            folder("scores/" + kind));
  }

  private String folder(String name) {
    return output.resolve(name).toString();
  }

  private int run(BatchJob job, String... arguments) {
    var all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--mode";
    all[arguments.length + 1] = "overwrite";
    return command(job, all);
  }

  private int command(Callable<Integer> job, String... arguments) {
    var command = Commands.commandLine(job);
    command.setOut(spec.commandLine().getOut());
    command.setErr(spec.commandLine().getErr());
    return command.execute(arguments);
  }
}
