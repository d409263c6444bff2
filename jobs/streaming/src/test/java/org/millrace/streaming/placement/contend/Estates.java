package org.millrace.streaming.placement.contend;

import java.util.ArrayList;
import java.util.List;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.plan.ModelShape;
import org.millrace.streaming.placement.plan.Request;

/** Small estates and jobs for them. */
final class Estates {

  private static final ModelShape MODEL = new ModelShape("3.6B", 30, 3072, 32, 2048, 50257);

  private Estates() {}

  /** Nodes n0, n1, .. with so many GPUs. */
  static Estate of(int... gpus) {
    var nodes = new ArrayList<Node>();
    for (int count : gpus) {
      nodes.add(Node.of("n" + nodes.size(), count));
    }
    return Estate.of(nodes);
  }

  /** Nodes of 8 GPUs, each in a leaf. */
  static Estate leaves(String... leaves) {
    var nodes = new ArrayList<Node>();
    for (var leaf : leaves) {
      nodes.add(Node.of("n" + nodes.size(), 8).withTierPath(List.of(leaf)));
    }
    return Estate.of(nodes);
  }

  /** Nodes of 8 GPUs on InfiniBand (A) or RoCE (R). */
  static Estate fabrics(String pattern) {
    var nodes = new ArrayList<Node>();
    for (char fabric : pattern.toCharArray()) {
      var kind = fabric == 'A' ? NicKind.IB : NicKind.ROCE;
      nodes.add(
          Node.of("n" + nodes.size(), 8, Nic.of("mlx5_0", kind, String.valueOf(fabric), 200)));
    }
    return Estate.of(nodes);
  }

  /** A job of whole nodes in two stages, for an hour. */
  static QueuedJob gang(String name, int priority, int nodes) {
    var request = Request.of(name, MODEL, 8 * nodes, 64 * 8 * nodes, 4).withSizes(1, 2);
    return new QueuedJob(name, priority, 0, 3600, new Demand.Gang(request), QueuedJob.FIXED);
  }

  /** A job of whole nodes in one stage, for an hour. */
  static QueuedJob oneStage(String name, int nodes) {
    var request = Request.of(name, MODEL, 8 * nodes, 64 * 8 * nodes, 4).withSizes(1, 1);
    return new QueuedJob(name, 0, 0, 3600, new Demand.Gang(request), QueuedJob.FIXED);
  }

  /** A job of one tensor-parallel group of eight, for an hour. */
  static QueuedJob wholeNode(String name, int priority) {
    var request = Request.of(name, MODEL, 8, 64, 4).withSizes(8, 1);
    return new QueuedJob(name, priority, 0, 3600, new Demand.Gang(request), QueuedJob.FIXED);
  }

  /** A job of whole GPUs in a node, for an hour. */
  static QueuedJob pod(String name, int priority, int gpus, double moveSeconds) {
    return new QueuedJob(name, priority, 0, 3600, new Demand.Pod(0, 0, gpus, 1000), moveSeconds);
  }
}
