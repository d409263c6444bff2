package org.millrace.streaming.placement.page;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.plan.GroupKind;
import org.millrace.streaming.placement.plan.Plan;

/**
 * How a plan's bytes between fabrics are shared by the stages: each hop of a kind between nodes
 * that share no RDMA fabric carries the same.
 */
final class Crossings {

  private final Plan plan;
  private final Estate estate;
  private final String[] hosts;

  Crossings(Plan plan, Estate estate) {
    this.plan = plan;
    this.estate = estate;
    this.hosts = new String[plan.sizes().ranks()];
    int rank = 0;
    for (var node : plan.nodes()) {
      for (int i = 0; i < node.slots() && rank < hosts.length; i++) {
        hosts[rank++] = node.host();
      }
    }
  }

  /** Bytes of an iteration between fabrics from each stage to the next, all but the last. */
  double[] pipeline() {
    var hops = new int[Math.max(0, plan.sizes().pipeline() - 1)];
    int all = 0;
    for (var group : plan.groups(GroupKind.PP)) {
      for (int i = 0; i + 1 < group.ranks().size(); i++) {
        if (crosses(group.ranks().get(i), group.ranks().get(i + 1))) {
          hops[i]++;
          all++;
        }
      }
    }
    return shares(hops, all, plan.cost().crossFabricPipelineBytes());
  }

  /** Bytes of an iteration between fabrics within the data-parallel groups of each stage. */
  double[] data() {
    var hops = new int[plan.sizes().pipeline()];
    int all = 0;
    for (var group : plan.groups(GroupKind.DP)) {
      int stage = plan.sizes().stage(group.ranks().get(0));
      for (int i = 0; i < group.ranks().size(); i++) {
        if (crosses(group.ranks().get(i), group.ranks().get((i + 1) % group.ranks().size()))) {
          hops[stage]++;
          all++;
        }
      }
    }
    return shares(hops, all, plan.cost().crossFabricDataBytes());
  }

  /** Hosts of a stage, in order of rank. */
  List<String> hosts(int stage) {
    var own = new java.util.LinkedHashSet<String>();
    for (int rank = 0; rank < hosts.length; rank++) {
      if (plan.sizes().stage(rank) == stage) {
        own.add(hosts[rank]);
      }
    }
    return List.copyOf(own);
  }

  private static double[] shares(int[] hops, int all, double bytes) {
    var shares = new double[hops.length];
    for (int i = 0; i < hops.length; i++) {
      shares[i] = all == 0 ? 0 : bytes * hops[i] / all;
    }
    return shares;
  }

  private boolean crosses(int one, int other) {
    if (hosts[one].equals(hosts[other])) {
      return false;
    }
    var common = new HashSet<>(fabrics(hosts[one]));
    common.retainAll(fabrics(hosts[other]));
    return common.isEmpty();
  }

  private Set<String> fabrics(String host) {
    var fabrics = new HashSet<String>();
    estate.node(host).stream()
        .flatMap(node -> node.nics().stream())
        .filter(nic -> nic.healthy() && nic.kind().rdma())
        .map(Nic::fabricId)
        .forEach(fabrics::add);
    return fabrics;
  }
}
