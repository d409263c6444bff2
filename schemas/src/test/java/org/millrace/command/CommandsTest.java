package org.millrace.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.millrace.schema.InputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

class CommandsTest {

  enum Mode {
    FIRST_ONE,
    SECOND
  }

  @Command(name = "mill")
  static final class Job implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Option(names = "--mode", defaultValue = "SECOND")
    Mode mode;

    @Option(names = "--conf")
    Map<String, String> conf = new HashMap<>();

    @Override
    public Integer call() {
      return Commands.fail(spec, new UserError("no %s", "grain"), "no grain", Commands.Detail.LINE);
    }
  }

  @Test
  void wrongUsageIsOneLineAndStatusTwo() {
    var err = new StringWriter();
    var line = Commands.commandLine(new Job()).setErr(new PrintWriter(err, true));

    int status = line.execute("--grind");

    assertThat(status).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("mill: Unknown option: '--grind' (see mill --help)");
  }

  @Test
  void aFailureIsOneLineAndStatusOne() {
    var err = new StringWriter();
    var line = Commands.commandLine(new Job()).setErr(new PrintWriter(err, true));

    int status = line.execute();

    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).isEqualToIgnoringNewLines("millrace mill: no grain");
  }

  @Test
  void secretsAreMasked() {
    var job = new Job();
    Commands.commandLine(job)
        .parseArgs(
            "--mode=first_one",
            "--conf=s3.access-key=a",
            "--conf=x.password=hush",
            "--conf=pack.tokenizer=t.json");

    assertThat(Commands.options(job.spec))
        .containsEntry("mode", "first-one")
        .containsEntry("conf.s3.access-key", "***")
        .containsEntry("conf.x.password", "***")
        .containsEntry("conf.pack.tokenizer", "t.json");
  }

  @Test
  void aManifestSurvivesJson() throws Exception {
    var clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    var inputs = List.of(new InputFile("file:/a.csv", 3L, 5L));
    var manifest = Manifests.start("mill", Map.of("mode", "x"), Set.of(), inputs, "Flink", clock);
    manifest.getCounts().put("in", 7L);

    var back = Manifests.parse(Manifests.json(manifest).getBytes());

    assertThat(back).isEqualTo(manifest);
  }

  @Test
  void theFingerprintKnowsWhatChangesResults() {
    var clock = Clock.systemUTC();
    var inputs = List.of(new InputFile("file:/a.csv", 3L, 5L));

    var first =
        Manifests.start("j", Map.of("a", "1", "dir", "x"), Set.of("dir"), inputs, "", clock);
    var same = Manifests.start("j", Map.of("a", "1", "dir", "y"), Set.of("dir"), inputs, "", clock);
    var other =
        Manifests.start("j", Map.of("a", "2", "dir", "x"), Set.of("dir"), inputs, "", clock);

    assertThat(same.getFingerprint()).isEqualTo(first.getFingerprint());
    assertThat(other.getFingerprint()).isNotEqualTo(first.getFingerprint());
  }

  @Test
  void aUserErrorIsFoundBelowItsWrappers() {
    var failure =
        new RuntimeException("wrapped", new Exception("more", new UserError("say %d", 1)));

    assertThat(Failures.oneLine(failure)).isEqualTo("say 1");
    assertThat(Failures.oneLine(new RuntimeException("a\nb")))
        .isEqualTo("a (--debug shows the cause)");
  }
}
