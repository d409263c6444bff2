package org.millrace.streaming.placement;

import java.util.List;
import java.util.stream.Stream;
import org.millrace.command.UserError;
import picocli.CommandLine.Option;

/** The options of {@code placement} that replay a job trace. */
final class ReplayOptions {

  @Option(
      names = "--replay",
      paramLabel = "TRACE",
      description =
          "Run a job trace through our policy and three others: openb, Alibaba's GPU trace of"
              + " 2023.")
  String trace;

  @Option(names = "--nodes", paramLabel = "FILE", description = "Its list of nodes, CSV.")
  String nodes;

  @Option(names = "--pods", paramLabel = "FILE", description = "Its list of pods, CSV.")
  String pods;

  @Option(
      names = "--overlay",
      paramLabel = "FILE",
      description =
          "The network to declare for it, YAML, since traces tell none; results on it are"
              + " synthetic. Default: seed 42, leaves of 16, two InfiniBand fabrics, RoCE, Ethernet.")
  String overlay;

  @Option(
      names = "--speed-up",
      defaultValue = "100",
      paramLabel = "N",
      description =
          "Jobs come so many times faster than in the trace, which is nearly idle else; they run as"
              + " long. Default: ${DEFAULT-VALUE}.")
  double speedUp;

  @Option(
      names = "--gang-nodes",
      defaultValue = "4",
      paramLabel = "N",
      description =
          "Each pod of eight GPUs becomes a training job of so many nodes, since no pod of the"
              + " trace leaves its node; 1: as they are. Default: ${DEFAULT-VALUE}.")
  int gangNodes;

  boolean asked() {
    return trace != null;
  }

  List<String> files() {
    return Stream.of(nodes, pods, overlay).filter(file -> file != null).toList();
  }

  void check() {
    if (!asked()) {
      if (!files().isEmpty()) {
        throw UserError.usage("--nodes, --pods and --overlay go with --replay openb");
      }
      return;
    }
    if (!trace.equals("openb")) {
      throw UserError.usage("--replay %s: the traces that can be read are openb", trace);
    }
    if (nodes == null || pods == null) {
      throw UserError.usage("--replay openb needs --nodes FILE and --pods FILE");
    }
    if (!(speedUp > 0) || speedUp > 1e9) {
      throw UserError.usage("--speed-up %s: above 0", speedUp);
    }
    if (gangNodes < 1 || gangNodes > 128) {
      throw UserError.usage("--gang-nodes %d: 1 to 128", gangNodes);
    }
  }
}
