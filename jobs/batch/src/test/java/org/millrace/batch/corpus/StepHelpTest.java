package org.millrace.batch.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.millrace.command.Commands;

class StepHelpTest {

  @Test
  void thePageOfTheJobHasTheStepsAndTheirOptions() throws Exception {
    var made = Files.createDirectories(Path.of("target")).resolve("corpus-steps.md");
    Files.writeString(made, StepHelp.markdown());

    assertThat(Path.of("docs/corpus.md"))
        .as("docs/corpus.md; mend it with what this test has written to " + made)
        .content()
        .contains(StepHelp.markdown());
  }

  @Test
  void thePageOfTheJobHasTheBandProfiles() {
    assertThat(Path.of("docs/corpus.md")).content().contains(StepHelp.profiles());
  }

  @Test
  void theHelpHasEveryStepAndOptionAboveTheExamples() {
    var help = help(80);

    for (var step : Options.specs()) {
      assertThat(help).contains("\n" + step.name() + ": ");
      for (var option : step.options()) {
        assertThat(help).contains("\n  " + option.longestName().substring(2) + " ");
      }
    }
    assertThat(help.indexOf("\nreview: ")).isLessThan(help.indexOf("Examples:"));
  }

  @Test
  void noLineOfTheHelpIsWiderThanTheTerminal() {
    assertThat(help(80).lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(help(120).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
  }

  private static String help(int width) {
    return Commands.commandLine(new CorpusJob())
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(width)
        .getUsageMessage();
  }
}
