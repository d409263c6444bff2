package org.millrace.bench.corpus;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.millrace.batch.corpus.CorpusJob;
import org.millrace.command.Commands;

/** What this process uses, and the job run in it. */
public final class Machine {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** Seconds on the clock and of all cores together. */
  public record Time(double wall, double cpu) {}

  /** Something that is timed. */
  public interface Work {
    /** Does it. */
    void run() throws Exception;
  }

  private Machine() {}

  /** Times something. */
  public static Time timed(Work work) throws Exception {
    long wall = System.nanoTime();
    long cpu = SYSTEM.getProcessCpuTime();
    work.run();
    return new Time((System.nanoTime() - wall) / 1e9, (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
  }

  /** The most memory that the process had, in bytes. */
  public static long peak() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }
  }

  /** Runs {@code corpus}. */
  static void corpus(String... arguments) {
    var command = Commands.commandLine(new CorpusJob());
    var said = new StringWriter();
    command.setErr(new PrintWriter(said));
    if (command.execute(arguments) != 0) {
      throw new IllegalStateException("corpus failed: " + said);
    }
    System.out.print(said);
  }
}
