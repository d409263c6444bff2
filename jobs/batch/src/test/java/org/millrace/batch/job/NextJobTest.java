package org.millrace.batch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.batch.Command;
import org.millrace.batch.bestofn.VerifyJob;
import org.millrace.batch.sample.SampleJob;
import org.millrace.command.Commands;
import org.millrace.command.Mode;
import org.millrace.command.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class NextJobTest {

  @CommandLine.Command(
      name = "jobs",
      subcommands = {SampleJob.class, VerifyJob.class})
  private static final class Jobs {}

  private static CommandSpec sample() {
    return Commands.commandLine(new Jobs()).getSubcommands().get("sample").getCommandSpec();
  }

  @Test
  void readsWhatTheOneBeforeWroteAndWritesBesideIt() {
    var job = NextJob.parse("verify --verifier number", "out/samples/");

    assertThat(job.words("out/samples/", Mode.RESUME))
        .containsExactly(
            "--verifier",
            "number",
            "--input",
            "out/samples/",
            "--output",
            "out/samples-verify",
            "--mode",
            "resume");
  }

  @Test
  void whatIsNamedStaysAsItIsNamed() {
    var job = NextJob.parse("select --output best --mode overwrite", "samples");

    assertThat(job.output()).isEqualTo("best");
    assertThat(job.words("scores", Mode.CREATE))
        .containsExactly("--output", "best", "--mode", "overwrite", "--input", "scores");
  }

  @Test
  void quotesHoldWordsTogether() {
    assertThat(NextJob.parse("verify --o pattern='is (\\d+) now' \"a b\" c", "s").arguments())
        .isEqualTo(List.of("--o", "pattern=is (\\d+) now", "a b", "c"));
  }

  @Test
  void jobsAndOptionsAreCheckedBeforehand() {
    assertThat(
            NextJob.parse("verify --verifier number", "s")
                .command(sample(), "s", Mode.CREATE)
                .getCommandName())
        .isEqualTo("verify");
    assertThatThrownBy(
            () -> NextJob.parse("verify --verify x", "s").command(sample(), "s", Mode.CREATE))
        .isInstanceOf(UserError.class)
        .hasMessage("--then verify: Missing required option: '--verifier=NAME'");
    assertThatThrownBy(() -> NextJob.parse("verfy", "s").command(sample(), "s", Mode.CREATE))
        .hasMessage("--then verfy: there is no such batch job, see millrace --help");
    assertThatThrownBy(() -> NextJob.parse(" ", "s")).hasMessageContaining("names a job");
  }

  @Test
  void aClassAloneHasNoOthersToRun() {
    var command =
        Command.run(
            new SampleJob(), "--input", "absent.jsonl", "--output", "absent", "--then", "verify");

    assertThat(command.status()).isEqualTo(2);
    assertThat(command.said()).contains("--then goes with millrace sample");
  }
}
