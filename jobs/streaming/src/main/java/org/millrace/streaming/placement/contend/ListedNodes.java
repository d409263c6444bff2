package org.millrace.streaming.placement.contend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.millrace.streaming.placement.plan.Parallelism;
import org.millrace.streaming.placement.plan.Planner;
import org.millrace.streaming.placement.plan.Request;
import org.millrace.streaming.placement.plan.Unplaceable;

/** The policies that others have: they list nodes in an order that knows no network. */
final class ListedNodes implements Policy {

  /** How nodes are listed. */
  enum Listing {
    /** By name, whatever is free of them. */
    FIRST_FIT("first-fit"),
    /** Fullest that suffices for a pod; for a gang the smallest domain, emptiest nodes first. */
    CONSOLIDATE("consolidate"),
    /** A pod as first fit; a gang on idle nodes, ranks in order of names. */
    MEGATRON("megatron-order");

    private final String name;

    Listing(String name) {
      this.name = name;
    }
  }

  private final Listing listing;
  private final Planner planner;

  ListedNodes(Listing listing, Planner planner) {
    this.listing = listing;
    this.planner = planner;
  }

  @Override
  public String name() {
    return listing.name;
  }

  @Override
  public Optional<Spot> place(Cluster cluster, Demand.Pod pod) {
    int best = -1;
    for (int node = 0; node < cluster.size(); node++) {
      if (cluster.fits(node, pod)) {
        if (listing != Listing.CONSOLIDATE) {
          best = node;
          break;
        }
        best = best < 0 || left(cluster, node) < left(cluster, best) ? node : best;
      }
    }
    if (best < 0) {
      return Optional.empty();
    }
    var gpus =
        listing == Listing.CONSOLIDATE
            ? GpuChoice.tightest(cluster.gpuLeft(best), pod)
            : GpuChoice.first(cluster.gpuLeft(best), pod);
    return Optional.of(Spot.of(Spot.Part.of(best, gpus, pod)));
  }

  private static int left(Cluster cluster, int node) {
    return IntStream.of(cluster.gpuLeft(node)).sum();
  }

  @Override
  public Optional<Spot> place(Cluster cluster, Demand.Gang gang) {
    var request = gang.request();
    try {
      var plan =
          planner.assess(
              cluster.estate(),
              cluster.busyGpus(),
              request,
              sizes(request),
              hosts(cluster, request));
      return Optional.of(Spot.of(plan, cluster));
    } catch (Unplaceable e) {
      return Optional.empty();
    }
  }

  static Parallelism sizes(Request request) {
    int t = Math.max(1, request.tensor());
    int p = Math.max(1, request.pipeline());
    return new Parallelism(t, p, request.gpus() / t / p, request.order());
  }

  private List<String> hosts(Cluster cluster, Request request) {
    var free =
        IntStream.range(0, cluster.size())
            .filter(node -> cluster.wholeGpus(node) >= Math.max(1, request.tensor()))
            .boxed()
            .toList();
    var listed =
        switch (listing) {
          case FIRST_FIT -> free;
          case CONSOLIDATE -> consolidated(cluster, free, request.gpus());
          case MEGATRON -> free.stream().filter(cluster::idle).toList();
        };
    return listed.stream().map(node -> cluster.estate().nodes().get(node).name()).toList();
  }

  private static List<Integer> consolidated(Cluster cluster, List<Integer> free, int gpus) {
    var nodes = new ArrayList<>(free);
    for (int tier = cluster.estate().tiers().size() - 1; tier >= 0; tier--) {
      var smallest =
          cluster.estate().domains(tier).values().stream()
              .map(
                  domain ->
                      domain.stream()
                          .map(node -> cluster.estate().indexOf(node.name()))
                          .filter(free::contains)
                          .toList())
              .filter(domain -> room(cluster, domain) >= gpus)
              .min(Comparator.comparingInt(domain -> room(cluster, domain)));
      if (smallest.isPresent()) {
        nodes = new ArrayList<>(smallest.get());
        break;
      }
    }
    nodes.sort(Comparator.comparingInt(node -> -cluster.wholeGpus(node)));
    return nodes;
  }

  private static int room(Cluster cluster, List<Integer> nodes) {
    return nodes.stream().mapToInt(cluster::wholeGpus).sum();
  }
}
