package org.millrace.streaming.placement.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Where a job goes.
 *
 * @param job its name
 * @param sizes t, p, d and the order of ranks
 * @param nodes in order: ranks fill them one after the other
 * @param stageLayers layers of each pipeline stage
 * @param groups of two ranks or more, in Megatron's order of creation
 * @param score what was compared
 * @param cost of an iteration, predicted
 * @param lowerBoundSeconds that no plan of these sizes and as many mixed groups undercuts
 * @param exact whether every order of nodes was compared
 * @param constants of the prediction
 * @param alternatives from the next best on
 * @param reason in plain words
 * @param eventTime of the estate that it was made for, milliseconds since 1970 UTC
 */
public record Plan(
    String job,
    Parallelism sizes,
    List<PlacedNode> nodes,
    List<Integer> stageLayers,
    List<PlacedGroup> groups,
    Score score,
    Cost cost,
    double lowerBoundSeconds,
    boolean exact,
    CostConstants constants,
    List<Alternative> alternatives,
    String reason,
    long eventTime) {

  public Plan {
    requireNonNull(job, "job is null");
    requireNonNull(sizes, "sizes is null");
    requireNonNull(score, "score is null");
    requireNonNull(cost, "cost is null");
    requireNonNull(constants, "constants is null");
    requireNonNull(reason, "reason is null");
    nodes = List.copyOf(nodes);
    stageLayers = List.copyOf(stageLayers);
    groups = List.copyOf(groups);
    alternatives = List.copyOf(alternatives);
  }

  /** How far above the lower bound an iteration is predicted to be, as a share of the bound. */
  public double gap() {
    return cost.iterationSeconds() / lowerBoundSeconds - 1;
  }

  /** Names of the nodes in order. */
  public List<String> hosts() {
    return nodes.stream().map(PlacedNode::host).toList();
  }

  /** Groups of a kind. */
  public List<PlacedGroup> groups(GroupKind kind) {
    return groups.stream().filter(group -> group.kind() == kind).toList();
  }

  /** Groups of a kind whose nodes share no RDMA fabric: they use sockets. */
  public int mixedGroups(GroupKind kind) {
    return (int)
        groups.stream()
            .filter(group -> group.kind() == kind && group.network().kind() == NetKind.SOCKET)
            .count();
  }

  /** The same plan for an estate of another moment. */
  public Plan withEventTime(long eventTime) {
    return new Plan(
        job,
        sizes,
        nodes,
        stageLayers,
        groups,
        score,
        cost,
        lowerBoundSeconds,
        exact,
        constants,
        alternatives,
        reason,
        eventTime);
  }
}
