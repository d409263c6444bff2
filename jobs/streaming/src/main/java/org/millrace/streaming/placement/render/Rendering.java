package org.millrace.streaming.placement.render;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.plan.Plan;

/** The kinds of files that can be made of a plan. */
public enum Rendering {
  /** Hosts in order, node ranks, launch lines, Slurm's arbitrary distribution. */
  HOSTFILE,
  /** Flags of Megatron-LM and networks of its communicators. */
  MEGATRON,
  /** NCCL's variables of each node and each process group. */
  ENVIRONMENT,
  /** Slurm's topology.conf and topology.yaml. */
  SLURM,
  /** Topology, flavor and annotations of Kueue. */
  KUEUE,
  /** Topology and annotations of the KAI scheduler. */
  KAI,
  /** HyperNodes of Volcano and the job's network topology. */
  VOLCANO,
  /** Labels of Kubernetes nodes as JSON patches. */
  LABELS;

  /**
   * The rendering of a name, in any case.
   *
   * @throws UserError that names the renderings there are
   */
  public static Rendering parse(String name) {
    for (var rendering : values()) {
      if (rendering.name().equalsIgnoreCase(name.strip())) {
        return rendering;
      }
    }
    throw UserError.usage(
        "--render '%s': give some of %s",
        name,
        Arrays.stream(values())
            .map(rendering -> rendering.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ")));
  }

  /**
   * The files of a plan.
   *
   * @param estate that the plan is for; all its nodes are part of topologies, the plan's or not
   */
  public List<RenderedFile> render(Plan plan, Estate estate, RenderSettings settings) {
    return switch (this) {
      case HOSTFILE -> new HostFiles(plan, settings).files();
      case MEGATRON -> new MegatronFiles(plan, settings).files();
      case ENVIRONMENT -> new EnvironmentFile(plan, estate, settings).files();
      case SLURM -> new SlurmFiles(estate).files();
      case KUEUE -> new KueueFiles(plan, estate, settings).files();
      case KAI -> new KaiFiles(plan, estate, settings).files();
      case VOLCANO -> new VolcanoFiles(plan, estate, settings).files();
      case LABELS -> new LabelPatches(estate, settings).files();
    };
  }
}
