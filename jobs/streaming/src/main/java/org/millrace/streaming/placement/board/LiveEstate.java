package org.millrace.streaming.placement.board;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.TreeMap;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.health.DegradedEstate;
import org.millrace.streaming.placement.health.HealthEvent;

/** The estate as it was declared, and as telemetry says that it is. */
final class LiveEstate {

  private final int tflops;
  private final TreeMap<String, HealthEvent> degraded = new TreeMap<>();
  private Estate declared;
  private Estate now;

  /**
   * None yet.
   *
   * @param tflops of a GPU of which no speed is declared
   */
  LiveEstate(int tflops) {
    this.tflops = tflops;
  }

  boolean isKnown() {
    return declared != null;
  }

  /** What was declared; null before the first. */
  Estate declared() {
    return declared;
  }

  /** What is; null before the first. */
  Estate now() {
    return now;
  }

  /** Events of episodes that are open. */
  List<HealthEvent> degraded() {
    return List.copyOf(degraded.values());
  }

  void use(Estate estate) {
    declared = requireNonNull(estate, "estate is null");
    now = DegradedEstate.of(declared, degraded.values(), tflops);
  }

  /** Takes in that something got worse or recovered. */
  void hear(HealthEvent event) {
    if (event.change() == HealthEvent.Change.RECOVERED) {
      degraded.remove(nic(event));
    } else {
      degraded.put(nic(event), event);
    }
    if (isKnown()) {
      now = DegradedEstate.again(now, declared, event.host(), degraded.values(), tflops);
    }
  }

  /** Name of what an event is of, unlike any other's. */
  static String nic(HealthEvent event) {
    return event.host() + "/" + event.nic();
  }

  /** GPUs that a host has by what was declared. */
  int declaredGpus(String host) {
    return declared.node(host).map(Node::usableGpus).orElse(0);
  }
}
