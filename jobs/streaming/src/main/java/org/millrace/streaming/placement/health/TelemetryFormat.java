package org.millrace.streaming.placement.health;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.millrace.streaming.input.Numbers;
import org.millrace.streaming.input.PrometheusSample;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.job.Format;

/**
 * Samples of NICs and GPUs among those of the Prometheus adapter: node_exporter's infiniband and
 * ethtool collectors, DCGM's exporter, NCCL Inspector's bus bandwidth. Others are left out, as are
 * values that say that there is none.
 *
 * @param hostLabels labels of which the first that a sample has names the host; a port behind the
 *     name is cut off
 */
public record TelemetryFormat(List<String> hostLabels) implements Format<NicSample> {

  /** Labels that exporters and scrape configurations put the host in. */
  public static final TelemetryFormat DEFAULT =
      new TelemetryFormat(List.of("node", "Hostname", "hostname", "host", "instance"));

  /** The rule by which samples of other things are left out. */
  public static final String OTHER = "no sample of a NIC";

  /** The rule by which samples of GPUs are left out that do not tell whether they are well. */
  public static final String GPU_LOAD = "sample of a GPU without its health";

  /** The rule by which samples without a value are left out. */
  public static final String ABSENT = "no value";

  private static final double SENTINEL_FROM = 9.22e18;
  private static final double GBPS_PER_BYTE = 8 / 1e9;
  private static final String TOTAL = "_total";
  private static final String FIRST_PORT = "1";
  private static final String DCGM = "DCGM_";
  private static final String GPU = "gpu";
  private static final String CLOCK = " clock";
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
  private static final Map<String, Signal> SIGNALS =
      Map.ofEntries(
          Map.entry("node_infiniband_state_id", Signal.STATE),
          Map.entry("node_infiniband_physical_state_id", Signal.PHYSICAL_STATE),
          Map.entry("node_infiniband_rate_bytes_per_second", Signal.RATE),
          Map.entry("node_infiniband_link_downed", Signal.LINK_DOWNED),
          Map.entry("node_infiniband_port_discards_received", Signal.DISCARDS),
          Map.entry("node_infiniband_port_discards_transmitted", Signal.DISCARDS),
          Map.entry("node_ethtool_link_down_events_phy", Signal.LINK_DOWNED),
          Map.entry("node_ethtool_received_discards_phy", Signal.DISCARDS),
          Map.entry("node_ethtool_transmitted_discards_phy", Signal.DISCARDS),
          Map.entry("node_infiniband_port_data_received_bytes", Signal.RECEIVED),
          Map.entry("node_infiniband_port_data_transmitted_bytes", Signal.TRANSMITTED),
          Map.entry("node_infiniband_port_errors_received", Signal.ERRORS),
          Map.entry("node_infiniband_link_error_recovery", Signal.ERRORS),
          Map.entry("node_infiniband_port_transmit_wait", Signal.CONGESTION),
          Map.entry("node_ethtool_received_bytes", Signal.RECEIVED),
          Map.entry("node_ethtool_transmitted_bytes", Signal.TRANSMITTED),
          Map.entry("node_ethtool_received_crc_errors_phy", Signal.ERRORS),
          Map.entry("nccl_bus_bandwidth_gbs", Signal.BUS_BANDWIDTH),
          Map.entry("DCGM_FI_DEV_XID_ERRORS", Signal.GPU_ERROR),
          Map.entry("DCGM_FI_DEV_CLOCK_THROTTLE_REASONS", Signal.GPU_SLOWDOWN),
          Map.entry("DCGM_FI_DEV_CLOCKS_EVENT_REASONS", Signal.GPU_SLOWDOWN),
          Map.entry("DCGM_FI_DEV_NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL", Signal.ERRORS),
          Map.entry("DCGM_FI_DEV_NVLINK_CRC_DATA_ERROR_COUNT_TOTAL", Signal.ERRORS),
          Map.entry("DCGM_FI_DEV_NVLINK_REPLAY_ERROR_COUNT_TOTAL", Signal.ERRORS),
          Map.entry("DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL", Signal.ERRORS),
          Map.entry("DCGM_FI_DEV_PCIE_REPLAY_COUNTER", Signal.ERRORS));

  /** Labels that say which collective a bandwidth is of; the ranks of a host are one series. */
  private static final List<String> COLLECTIVE =
      List.of("collective", "coll", "message_size", "n_ranks", "nranks", "n_nodes", "nnodes");

  public TelemetryFormat {
    hostLabels = List.copyOf(hostLabels);
  }

  @Override
  public Header header() {
    return Header.NONE;
  }

  @Override
  public Decoder<NicSample> decoder(String source, String header) {
    return new Samples();
  }

  private final class Samples implements Decoder<NicSample> {

    private final PrometheusSample sample = new PrometheusSample();

    @Override
    public void decode(byte[] record, int length, Out<NicSample> out) throws BadRecord {
      sample.read(record, length);
      long ts = sample.time();
      if (sample.name() == null) {
        throw new BadRecord("no variable");
      }
      var signal = SIGNALS.get(stripped(sample.name()));
      if (signal == null) {
        out.dropped(sample.name().startsWith(DCGM) ? GPU_LOAD : OTHER);
        return;
      }
      if (sample.value() == null) {
        throw new BadRecord("no value");
      }
      double value = Numbers.parse(sample.value(), sample.name());
      boolean ofGpu = sample.name().startsWith(DCGM);
      if (value >= SENTINEL_FROM || ofGpu && PrometheusSample.isBlank(value)) {
        out.dropped(PrometheusSample.BLANK);
      } else if (Double.isNaN(value)) {
        out.dropped(ABSENT);
      } else if (value < 0) {
        throw new BadRecord("number out of range", sample.name() + " = " + value);
      } else {
        var host = host();
        out.value(
            new NicSample(host, nic(signal), signal, series(signal), ts, inUnit(signal, value)),
            ts,
            host);
      }
    }

    private String stripped(String name) {
      return name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
    }

    private String host() throws BadRecord {
      for (var label : hostLabels) {
        var host = sample.labels().get(label);
        if (host != null && !host.isBlank()) {
          return PORT.matcher(host.strip()).replaceFirst("");
        }
      }
      throw new BadRecord("no device", "no label " + String.join(" or ", hostLabels));
    }

    private String nic(Signal signal) throws BadRecord {
      if (signal == Signal.BUS_BANDWIDTH) {
        return "";
      }
      if (sample.name().startsWith(DCGM)) {
        return GPU + label(GPU) + (signal == Signal.GPU_SLOWDOWN ? CLOCK : "");
      }
      var device = label("device");
      var port = sample.labels().getOrDefault("port", FIRST_PORT);
      return port.equals(FIRST_PORT) ? device : device + ":" + port;
    }

    private String label(String name) throws BadRecord {
      var value = sample.labels().get(name);
      if (value == null || value.isBlank()) {
        throw new BadRecord("no device", "no label " + name);
      }
      return value;
    }

    private String series(Signal signal) {
      if (signal.isCounter()) {
        return stripped(sample.name());
      }
      if (signal != Signal.BUS_BANDWIDTH) {
        return "";
      }
      var own = new TreeMap<String, String>();
      for (var label : COLLECTIVE) {
        if (sample.labels().containsKey(label)) {
          own.put(label, sample.labels().get(label));
        }
      }
      return String.join("/", own.values());
    }

    private double inUnit(Signal signal, double value) {
      return signal == Signal.RATE ? value * GBPS_PER_BYTE : value;
    }
  }
}
