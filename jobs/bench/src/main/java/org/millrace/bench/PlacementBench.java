package org.millrace.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.plan.ModelShape;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.Planner;
import org.millrace.streaming.placement.plan.Request;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The placement planner on a large estate of four fabrics: from nothing in a new process, from
 * nothing in a warm one, and after a NIC fails in the middle of the plan, beside Megatron's default
 * order of nodes. One thread; times are processor time of that thread.
 */
@Command(name = "placement", mixinStandardHelpOptions = true, description = "Times the planner.")
public final class PlacementBench implements Callable<Integer> {

  private static final ModelShape MODEL = new ModelShape("175B", 96, 12288, 96, 2048, 50257);
  private static final String[] FABRICS = {"ib-a", "ib-a", "ib-b", "roce-a", "roce-a", "eth-a"};
  private static final int LEAF = 16;

  @Option(names = "--nodes", defaultValue = "1250", description = "Default: ${DEFAULT-VALUE}.")
  int nodes;

  @Option(
      names = "--gpus",
      defaultValue = "8000",
      description = "That the job wants, of 8 a node. Default: ${DEFAULT-VALUE}.")
  int gpus;

  @Option(
      names = "--tensor",
      defaultValue = "8",
      description = "0: the planner chooses. Default: ${DEFAULT-VALUE}.")
  int tensor;

  @Option(
      names = "--pipeline",
      defaultValue = "8",
      description = "0: the planner chooses. Default: ${DEFAULT-VALUE}.")
  int pipeline;

  @Option(names = "--runs", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
  int runs;

  /** Prints the table. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new PlacementBench()).execute(args));
  }

  @Override
  public Integer call() {
    var estate = estate();
    var request =
        Request.of("bench", MODEL, gpus, 2 * gpus, 1)
            .withSizes(tensor, pipeline)
            .withOptimizer(Request.Optimizer.OVERLAPPED);
    var planner = Planner.standard();
    var cold = new double[runs];
    var changed = new double[runs];
    Plan plan = null;
    for (int run = 0; run < runs; run++) {
      long begin = now();
      plan = planner.plan(estate, request);
      cold[run] = (now() - begin) / 1e6;
      var broken = withFailure(estate, plan.hosts().get(plan.hosts().size() / (run + 2)));
      begin = now();
      planner.replan(plan, broken, Map.of(), request);
      changed[run] = (now() - begin) / 1e6;
    }
    print(plan, cold, changed);
    return 0;
  }

  private void print(Plan plan, double[] cold, double[] changed) {
    System.out.printf("%,d nodes x 8 GPUs, a job of %,d (%s)%n", nodes, gpus, plan.sizes());
    System.out.printf("%-34s %9.1f ms%n", "from nothing, new process", cold[0]);
    System.out.printf("%-34s %9.1f ms%n", "from nothing, median", median(cold));
    System.out.printf("%-34s %9.1f ms%n", "a NIC fails, new process", changed[0]);
    System.out.printf("%-34s %9.1f ms%n", "a NIC fails, median", median(changed));
    System.out.printf("%-34s %9.1f ms%n", "a NIC fails, most of the last half", worst(changed));
    System.out.printf(
        "%-34s %9.3f s, %d mixed groups, %.1f %% above the lower bound%n",
        "iteration",
        plan.cost().iterationSeconds(),
        plan.score().mixedDataGroups(),
        100 * plan.gap());
    for (var other : plan.alternatives()) {
      System.out.printf(
          "%-34s %9.3f s, %d mixed groups%n",
          other.what(), other.iterationSeconds(), other.score().mixedDataGroups());
    }
  }

  private static double median(double[] times) {
    var sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double worst(double[] times) {
    return Arrays.stream(times, times.length / 2, times.length).max().orElse(0);
  }

  private static long now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Estate withFailure(Estate estate, String host) {
    var node = estate.node(host).orElseThrow();
    var nics = node.nics();
    return estate.with(node.withNic(nics.get(nics.size() - 1).withHealthy(false)));
  }

  /** Leaves of sixteen nodes, each in one fabric; a hundredth of the fast NICs are down. */
  private Estate estate() {
    var random = new SplittableRandom(1);
    var all = new ArrayList<Node>();
    var fabric = "";
    for (int i = 0; i < nodes; i++) {
      if (i % LEAF == 0) {
        fabric = FABRICS[random.nextInt(FABRICS.length)];
      }
      var nics = new ArrayList<Nic>();
      nics.add(Nic.of("eth0", NicKind.ETH, "eth-a", 25));
      if (!fabric.equals("eth-a")) {
        var kind = fabric.startsWith("ib") ? NicKind.IB : NicKind.ROCE;
        nics.add(new Nic("mlx5_0", kind, fabric, 200, random.nextInt(100) > 0));
      }
      all.add(
          Node.of("node-%05d".formatted(i), 8)
              .withNics(nics)
              .withTierPath(List.of(fabric, "leaf-" + i / LEAF)));
    }
    return Estate.of(all);
  }
}
