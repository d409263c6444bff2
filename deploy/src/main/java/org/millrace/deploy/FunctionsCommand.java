package org.millrace.deploy;

import java.util.concurrent.Callable;
import org.millrace.command.Version;
import org.millrace.udf.Functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the SQL functions. */
@Command(
    name = "functions",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Lists the SQL functions with an example each.",
      "In spark-sql: --jars millrace-batch.jar"
          + " --conf spark.sql.extensions=org.millrace.udf.MillraceExtensions"
    })
final class FunctionsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--markdown", description = "As a table in Markdown, as the docs have it.")
  private boolean markdown;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    if (markdown) {
      out.print(Functions.markdown());
    } else {
      for (var function : Functions.all()) {
        out.printf("%s(%s)%n", function.name(), function.arguments());
        out.printf("    %s%n", function.description());
        out.printf("    %s = %s%n", function.example(), function.result());
      }
    }
    out.flush();
    return 0;
  }
}
