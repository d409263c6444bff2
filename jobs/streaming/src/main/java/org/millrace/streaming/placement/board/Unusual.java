package org.millrace.streaming.placement.board;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.millrace.streaming.placement.health.HealthEvent;
import org.millrace.streaming.placement.warning.LinkWarning;

/** Warnings that are open: nothing is advised on them, but they say more of what is. */
final class Unusual {

  private final TreeMap<String, LinkWarning> open = new TreeMap<>();

  /** Takes in a warning, or the end of one. */
  void hear(LinkWarning warning) {
    var series = warning.host() + "/" + warning.nic() + "/" + warning.series();
    if (warning.change() == LinkWarning.Change.UNUSUAL) {
      open.put(series, warning);
    } else {
      open.remove(series);
    }
  }

  /** All that are open, by host, NIC and series. */
  List<LinkWarning> open() {
    return List.copyOf(open.values());
  }

  /** What is unusual of a NIC, or of all of a host, that got worse; empty: nothing. */
  String words(HealthEvent event) {
    return open.values().stream()
        .filter(warning -> warning.host().equals(event.host()))
        .filter(warning -> event.nic().isEmpty() || warning.nic().equals(event.nic()))
        .map(
            warning ->
                "; %s of %s unusual since %s"
                    .formatted(
                        warning.series().name().toLowerCase(Locale.ROOT),
                        warning.nic(),
                        Instant.ofEpochMilli(warning.from())))
        .collect(Collectors.joining());
  }
}
