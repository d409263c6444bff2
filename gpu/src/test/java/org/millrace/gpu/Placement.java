package org.millrace.gpu;

import com.nvidia.spark.rapids.ExplainPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where the RAPIDS accelerator would run a plan, by its own planner, which needs no GPU. What holds
 * a plan on the CPU is named by operator or expression, such as {@code LocalTableScanExec} or
 * {@code JsonToStructs}, a function of ours by its SQL name too, such as {@code ScalaUDF
 * pass_at_ks}; each once, in alphabetical order.
 *
 * @param cpu operators that would run on the CPU, and the expressions that force them to
 * @param bridge expressions that the GPU's operator would have computed on the CPU, row by row
 */
public record Placement(List<String> cpu, List<String> bridge) {

  /** What a test's own edges bring: its input, a limit, the strings of {@code show}. */
  private static final Set<String> EDGES =
      Set.of("RDDScanExec", "LocalTableScanExec", "CollectLimitExec", "ToPrettyString");

  /** Mark, kind (may lack), class and the start of the description of a planned node. */
  private static final Pattern NODE =
      Pattern.compile("\\s*([!@^])\\s?(?:(\\w+) )?<([\\w$]+)> ?([^\\s(]*).*");

  /** An expression that could run on the GPU, drawn along by one that can't. */
  private static final String DRAWN_ALONG = "because it avoids excess CPU and GPU transfers";

  /** The placement of a plan, edges left out. */
  public static Placement of(Dataset<Row> plan) {
    return parse(ExplainPlan.explainPotentialGpuPlan(plan, "NOT_ON_GPU"));
  }

  /** The placement in a report of the planner. */
  static Placement parse(String report) {
    var cpu = new TreeSet<String>();
    var bridge = new TreeSet<String>();
    for (var line : report.split("\n")) {
      var node = NODE.matcher(line);
      if (!node.matches() || EDGES.contains(node.group(3)) || line.endsWith(DRAWN_ALONG)) {
        continue;
      }
      var name = node.group(3).equals("ScalaUDF") ? "ScalaUDF " + node.group(4) : node.group(3);
      switch (node.group(1)) {
        case "^" -> bridge.add(name);
        case "!" -> cpu.add(name);
        default -> {
          // Expressions below an operator that is named already say nothing new.
          if ("Exec".equals(node.group(2))) {
            cpu.add(name);
          }
        }
      }
    }
    return new Placement(List.copyOf(cpu), List.copyOf(bridge));
  }

  /** Where this plan and another would run. */
  public Placement and(Placement other) {
    var allCpu = new TreeSet<>(cpu);
    allCpu.addAll(other.cpu);
    var allBridge = new TreeSet<>(bridge);
    allBridge.addAll(other.bridge);
    return new Placement(List.copyOf(allCpu), List.copyOf(allBridge));
  }

  /** What is left where some names may be on the CPU. */
  public Placement except(Set<String> allowed) {
    return new Placement(
        cpu.stream().filter(name -> !allowed.contains(name)).toList(),
        bridge.stream().filter(name -> !allowed.contains(name)).toList());
  }

  /** All that would not run on the GPU; empty if the whole plan would. */
  public List<String> notOnGpu() {
    var all = new ArrayList<>(cpu);
    all.addAll(bridge);
    return List.copyOf(all);
  }
}
