package org.millrace.streaming.placement.health;

import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;

/** Events of health, taken into an estate. */
public final class DegradedEstate {

  private DegradedEstate() {}

  /**
   * The estate with the NIC of an event marked: not healthy, or healthy again. An event of the
   * host's network as a whole is one of all its RDMA NICs. The same estate if the NIC is not in it.
   */
  public static Estate with(Estate estate, HealthEvent event) {
    boolean healthy = event.change() == HealthEvent.Change.RECOVERED;
    return estate
        .node(event.host())
        .map(
            node ->
                node.withNics(
                    node.nics().stream()
                        .map(nic -> isOf(event, nic) ? nic.withHealthy(healthy) : nic)
                        .toList()))
        .map(estate::with)
        .orElse(estate);
  }

  private static boolean isOf(HealthEvent event, Nic nic) {
    return event.nic().isEmpty() ? nic.kind().rdma() : nic.name().equals(event.nic());
  }
}
