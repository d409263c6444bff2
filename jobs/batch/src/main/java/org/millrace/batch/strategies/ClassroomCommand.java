package org.millrace.batch.strategies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.millrace.command.Commands;
import org.millrace.command.Failures;
import org.millrace.command.UserError;
import org.millrace.command.Version;
import org.millrace.kernel.strategy.classroom.ClassroomOptions;
import org.millrace.kernel.strategy.classroom.ClassroomOptions.Oddities;
import org.millrace.kernel.strategy.classroom.StepLogWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A made-up classroom, to try {@link StrategiesJob} on. */
@Command(
    name = "classroom",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Makes the step log of a classroom that nobody was in, to try strategies on: six groups of"
          + " learners who solve eight families of problems in their own ways.",
      "Writes student_step.txt, and truth.tsv with group, family and strategy of each instance."
    })
public final class ClassroomCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder to write to; its two files are replaced.")
  Path output;

  @Option(
      names = "--students",
      defaultValue = "600",
      description = "Learners. Default: ${DEFAULT-VALUE}.")
  int students;

  @Option(
      names = "--problems",
      defaultValue = "160",
      description = "Problems. Default: ${DEFAULT-VALUE}.")
  int problems;

  @Option(
      names = "--each",
      defaultValue = "40",
      description = "Problems that a learner meets. Default: ${DEFAULT-VALUE}.")
  int each;

  @Option(
      names = "--oddities",
      description =
          "With what real logs have: steps of two skills or none, repeated problems, missing"
              + " outcomes, a rare group, learners who do little, instances in pieces.")
  boolean oddities;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Seed of all draws. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Override
  public Integer call() {
    try {
      Files.createDirectories(output);
      var log = output.resolve("student_step.txt");
      try (var steps = Files.newBufferedWriter(log);
          var truth = Files.newBufferedWriter(output.resolve("truth.tsv"))) {
        StepLogWriter.write(options(), steps, truth);
      }
      spec.commandLine().getErr().println("classroom: " + log);
      return 0;
    } catch (IOException | UserError e) {
      return Commands.fail(spec, e, Failures.oneLine(e), Commands.Detail.LINE);
    }
  }

  private ClassroomOptions options() {
    try {
      var options = ClassroomOptions.DEFAULT.size(students, problems, each).seed(seed);
      return oddities ? options.with(Oddities.ALL) : options;
    } catch (IllegalArgumentException e) {
      throw UserError.usage("--students, --problems, --each: %s", e.getMessage());
    }
  }
}
