package org.millrace.streaming.placement.simulate;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;

/**
 * Two InfiniBand and two RoCE islands, joined by Ethernet, each of some nodes with eight GPUs; jobs
 * that want a place; and what node_exporter would tell of their NICs by Prometheus' Kafka adapter,
 * with one NIC in trouble. Depends on its components alone.
 *
 * @param nodes of an island, at least 1
 * @param trouble of the first island's second node (its only one, if it has one)
 * @param length of the telemetry
 * @param seed of what is random
 */
public record SimulatedIslands(int nodes, Trouble trouble, Duration length, long seed) {

  /** When telemetry begins. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Time between scrapes. */
  public static final Duration SCRAPE = Duration.ofSeconds(10);

  /** When the trouble begins, since {@link #START}. */
  public static final Duration TROUBLE_FROM = Duration.ofMinutes(5);

  /** How long it lasts. */
  public static final Duration TROUBLE_FOR = Duration.ofMinutes(5);

  /** Name of the NIC that has trouble, and of all others beside Ethernet. */
  public static final String NIC = "mlx5_0";

  /** Number of the GPU that has trouble. */
  private static final String GPU = "3";

  /** NVIDIA's XID of it. */
  private static final int OFF_THE_BUS = 79;

  private static final List<String> ISLANDS = List.of("ib-a", "ib-b", "roce-a", "roce-b");
  private static final String ETHERNET = "eth";
  private static final double LINK_BYTES_PER_SECOND = 25e9;

  /** What the NIC does. */
  public enum Trouble {
    /** Nothing: all is well. */
    NONE,
    /** Its port is down. */
    DOWN,
    /** Its port is down for half a minute, up for half a minute, and so on. */
    FLAPPING,
    /** Its link runs at half of its rate. */
    SLOW,
    /** It throws packets away. */
    DISCARDING,
    /** It is well, but a GPU beside it falls off the bus. */
    LOST_GPU
  }

  public SimulatedIslands {
    requireNonNull(trouble, "trouble is null");
    requireNonNull(length, "length is null");
    if (nodes < 1) {
      throw new IllegalArgumentException("islands of %d nodes; give at least 1".formatted(nodes));
    }
  }

  /** Four nodes an island, twenty minutes. */
  public static SimulatedIslands of(Trouble trouble, long seed) {
    return new SimulatedIslands(4, trouble, Duration.ofMinutes(20), seed);
  }

  /** The estate, all of it well. */
  public Estate estate() {
    var all = new ArrayList<Node>();
    for (var island : ISLANDS) {
      var kind = island.startsWith("ib") ? NicKind.IB : NicKind.ROCE;
      for (int i = 1; i <= nodes; i++) {
        all.add(
            Node.of(
                    host(island, i),
                    8,
                    Nic.of(NIC, kind, island, 200),
                    Nic.of("eth0", NicKind.ETH, ETHERNET, 25))
                .withTierPath(List.of("spine-" + island, "leaf-" + island + "-" + (i + 1) / 2)));
      }
    }
    return Estate.of(List.of("spine", "leaf"), all);
  }

  private static String host(String island, int number) {
    return island + "-" + number;
  }

  /** The host whose NIC has trouble. */
  public String troubledHost() {
    return host(ISLANDS.get(0), Math.min(2, nodes));
  }

  /** Three jobs that fit: one over two islands, two within one each; a JSON array. */
  public String requests() {
    var model =
        "{\"name\": \"3.6B\", \"layers\": 30, \"hidden\": 3072, \"heads\": 32, \"sequence\": 2048, \"vocabulary\": 50257}";
    return """
        [
        {"job": "pretrain", "gpus": %d, "globalBatch": 768, "microBatch": 4, "tp": 1, "pp": 2, "priority": 10, "model": %s},
        {"job": "finetune", "gpus": %d, "globalBatch": 256, "microBatch": 4, "tp": 1, "pp": 2, "priority": 5, "model": %s},
        {"job": "ablation", "gpus": 8, "globalBatch": 64, "microBatch": 4, "model": %s}
        ]
        """
        .formatted(16 * nodes, model, 8 * Math.max(1, nodes / 2), model, model);
  }

  /** Lines of telemetry in order of time. */
  public void telemetry(Consumer<String> lines) {
    var random = new SplittableRandom(seed);
    long steps = length.dividedBy(SCRAPE);
    var discarded = 0L;
    for (long step = 0; step < steps; step++) {
      var since = SCRAPE.multipliedBy(step);
      boolean troubled =
          !since.minus(TROUBLE_FROM).isNegative()
              && since.minus(TROUBLE_FROM).compareTo(TROUBLE_FOR) < 0;
      for (var island : ISLANDS) {
        for (int i = 1; i <= nodes; i++) {
          var host = host(island, i);
          boolean own = troubled && host.equals(troubledHost());
          if (own && trouble == Trouble.DISCARDING) {
            discarded += 1 + random.nextInt(1000);
          }
          long discards = host.equals(troubledHost()) ? discarded : 0;
          long moved = 1_000_000_000_000L + step * 100_000_000_000L + random.nextInt(1_000_000);
          scrape(new Scrape(host, START.plus(since), own, since), discards, moved, lines);
        }
      }
    }
  }

  /** One reading of a NIC. */
  private record Scrape(String host, Instant time, boolean troubled, Duration since) {}

  private void scrape(Scrape scrape, long discards, long moved, Consumer<String> lines) {
    boolean down =
        scrape.troubled
            && (trouble == Trouble.DOWN
                || trouble == Trouble.FLAPPING && scrape.since.toSeconds() / 30 % 2 == 0);
    boolean slow = scrape.troubled && trouble == Trouble.SLOW;
    lines.accept(line(scrape, "node_infiniband_state_id", down ? "1" : "4"));
    lines.accept(line(scrape, "node_infiniband_physical_state_id", down ? "3" : "5"));
    lines.accept(
        line(
            scrape,
            "node_infiniband_rate_bytes_per_second",
            String.format(Locale.ROOT, "%.0f", LINK_BYTES_PER_SECOND / (slow ? 2 : 1))));
    lines.accept(line(scrape, "node_infiniband_link_downed_total", "0"));
    lines.accept(
        line(scrape, "node_infiniband_port_discards_received_total", String.valueOf(discards)));
    if (trouble == Trouble.LOST_GPU) {
      lines.accept(
          "{\"timestamp\":\"%s\",\"value\":\"%d\",\"name\":\"DCGM_FI_DEV_XID_ERRORS\",\"labels\":{\"gpu\":\"%s\",\"Hostname\":\"%s\"}}"
              .formatted(scrape.time, scrape.troubled ? OFF_THE_BUS : 0, GPU, scrape.host));
    }
    lines.accept(
        line(scrape, "node_infiniband_port_data_received_bytes_total", String.valueOf(moved)));
  }

  private static String line(Scrape scrape, String name, String value) {
    return "{\"timestamp\":\"%s\",\"value\":\"%s\",\"name\":\"%s\",\"labels\":{\"__name__\":\"%s\",\"instance\":\"%s:9100\",\"device\":\"%s\",\"port\":\"1\"}}"
        .formatted(scrape.time, value, name, name, scrape.host, NIC);
  }
}
