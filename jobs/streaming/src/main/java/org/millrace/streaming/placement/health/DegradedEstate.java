package org.millrace.streaming.placement.health;

import java.util.Collection;
import java.util.List;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.Node;

/** What telemetry says, taken into an estate as it was declared. */
public final class DegradedEstate {

  /** A GPU whose clock is held down does half; NVML's hardware slowdown halves it or worse. */
  private static final int SLOWDOWN = 2;

  private DegradedEstate() {}

  /**
   * The estate with all NICs and GPUs of open episodes marked; what is not in the estate is passed
   * over.
   *
   * @param open the events that opened them
   * @param tflops of a GPU of which no speed is declared
   */
  public static Estate of(Estate declared, Collection<HealthEvent> open, int tflops) {
    var hosts = open.stream().map(HealthEvent::host).distinct().toList();
    var estate = declared;
    for (var host : hosts) {
      estate = again(estate, declared, host, open, tflops);
    }
    return estate;
  }

  /**
   * An estate with one host judged anew, the others as they are.
   *
   * @param declared what the host is without trouble
   * @param open events of this and of other hosts
   * @param tflops of a GPU of which no speed is declared
   */
  public static Estate again(
      Estate estate, Estate declared, String host, Collection<HealthEvent> open, int tflops) {
    var own = open.stream().filter(event -> event.host().equals(host)).toList();
    return declared
        .node(host)
        .map(node -> estate.with(slowed(crippled(without(node, own), own), own, tflops)))
        .orElse(estate);
  }

  /** An event of the host's network as a whole is one of all its RDMA NICs. */
  private static Node without(Node node, List<HealthEvent> events) {
    return node.withNics(
        node.nics().stream()
            .map(
                nic ->
                    events.stream().anyMatch(event -> isOf(event, nic))
                        ? nic.withHealthy(false)
                        : nic)
            .toList());
  }

  private static boolean isOf(HealthEvent event, Nic nic) {
    return event.nic().isEmpty() ? nic.kind().rdma() : nic.name().equals(event.nic());
  }

  private static Node crippled(Node node, List<HealthEvent> events) {
    long failed = events.stream().filter(event -> event.causes().contains(Cause.GPU_ERROR)).count();
    return failed == 0
        ? node
        : node.withGpus((int) Math.max(0, node.gpus() - failed), node.gpuModel());
  }

  /** The slowest GPU of a node sets the pace of all. */
  private static Node slowed(Node node, List<HealthEvent> events, int tflops) {
    if (events.stream().noneMatch(event -> event.causes().contains(Cause.GPU_SLOWDOWN))) {
      return node;
    }
    int speed = node.speed() > 0 ? node.speed() : tflops;
    return node.withSpeed(Math.max(1, speed / SLOWDOWN));
  }
}
