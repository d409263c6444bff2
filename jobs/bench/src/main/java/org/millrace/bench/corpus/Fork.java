package org.millrace.bench.corpus;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program in a JVM of its own, so that no run profits from what another has warmed up or filled.
 * It has the options of this JVM but for the heap.
 */
final class Fork {

  /**
   * What came of a program.
   *
   * @param lines that it printed
   * @param status of its exit; -1 if it was ended at the limit
   * @param seconds that it ran
   */
  record Result(List<String> lines, int status, double seconds) {

    boolean done() {
      return status == 0;
    }

    /** The words after a mark, of each line that begins with it. */
    List<String[]> marked(String mark) {
      return lines.stream()
          .filter(line -> line.startsWith(mark))
          .map(line -> line.substring(mark.length()).split(" "))
          .toList();
    }
  }

  private Fork() {}

  /**
   * Runs a program to its end.
   *
   * @param heap of its JVM, as {@code -Xmx} has it; empty for that of the launcher
   * @param limit after which it is ended
   */
  static Result run(Class<?> main, String heap, Duration limit, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-Xm") && !option.startsWith("-agentlib"))
        .forEach(command::add);
    if (!heap.isEmpty()) {
      command.add("-Xmx" + heap);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    var said = Files.createTempFile("millrace-bench", ".log");
    long started = System.nanoTime();
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    var lines = Files.readAllLines(said);
    Files.delete(said);
    return new Result(lines, ended ? process.exitValue() : -1, seconds);
  }
}
