package org.millrace.streaming.placement.health;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A NIC got worse, or it recovered. A flapping NIC is in one episode all the time.
 *
 * @param host of the NIC
 * @param nic empty for the host's network as a whole
 * @param change which of the two
 * @param episode number of the episode of this NIC, from 1
 * @param from start of the window that proves it, milliseconds since 1970 UTC
 * @param until its end, which is not in it
 * @param causes that opened the episode; of a recovery, all that it had
 */
public record HealthEvent(
    String host, String nic, Change change, int episode, long from, long until, Set<Cause> causes) {

  /** What happened. */
  public enum Change {
    DEGRADED,
    RECOVERED
  }

  public HealthEvent {
    requireNonNull(host, "host is null");
    requireNonNull(nic, "nic is null");
    requireNonNull(change, "change is null");
    causes = Set.copyOf(causes);
  }
}
