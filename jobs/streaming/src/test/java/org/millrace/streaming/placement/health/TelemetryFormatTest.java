package org.millrace.streaming.placement.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.streaming.inspector.InspectorRecord;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;

class TelemetryFormatTest {

  private static final long TS = 1_700_000_000_000L;

  private final List<NicSample> samples = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();

  private void read(String record) throws BadRecord {
    var bytes = record.getBytes(StandardCharsets.UTF_8);
    TelemetryFormat.DEFAULT
        .decoder("metrics", null)
        .decode(
            bytes,
            bytes.length,
            new Decoder.Out<>() {
              @Override
              public void value(NicSample value, long ts, String clock) {
                assertThat(ts).isEqualTo(value.ts());
                assertThat(clock).isEqualTo(value.host());
                samples.add(value);
              }

              @Override
              public void rejected(String field, String text, BadRecord why) {
                throw new AssertionError(why);
              }

              @Override
              public void dropped(String rule) {
                dropped.add(rule);
              }
            });
  }

  private static String record(String name, String value, String labels) {
    return "{\"timestamp\":\"2023-11-14T22:13:20Z\",\"value\":\"%s\",\"name\":\"%s\",\"labels\":{\"__name__\":\"%s\",%s}}"
        .formatted(value, name, name, labels);
  }

  private static final String LABELS =
      "\"device\":\"mlx5_0\",\"port\":\"1\",\"instance\":\"n1:9100\",\"job\":\"node\"";

  @ParameterizedTest
  @CsvSource({
    "node_infiniband_state_id,4,STATE,'',4",
    "node_infiniband_physical_state_id,5,PHYSICAL_STATE,'',5",
    "node_infiniband_rate_bytes_per_second,5e10,RATE,'',400",
    "node_infiniband_link_downed_total,2,LINK_DOWNED,node_infiniband_link_downed,2",
    "node_infiniband_port_discards_received_total,9,DISCARDS,"
        + "node_infiniband_port_discards_received,9",
    "node_infiniband_port_discards_transmitted_total,9,DISCARDS,"
        + "node_infiniband_port_discards_transmitted,9",
    "node_ethtool_link_down_events_phy,2,LINK_DOWNED,node_ethtool_link_down_events_phy,2",
    "node_ethtool_received_discards_phy,3,DISCARDS,node_ethtool_received_discards_phy,3",
    "node_infiniband_port_data_received_bytes_total,7e12,RECEIVED,"
        + "node_infiniband_port_data_received_bytes,7e12",
    "node_ethtool_transmitted_bytes_total,5,TRANSMITTED,node_ethtool_transmitted_bytes,5",
    "node_infiniband_port_errors_received_total,5,ERRORS,"
        + "node_infiniband_port_errors_received,5",
    "node_infiniband_port_transmit_wait_total,5,CONGESTION,"
        + "node_infiniband_port_transmit_wait,5",
  })
  void metricsOfNicsAreTaken(String name, String value, Signal signal, String series, double number)
      throws BadRecord {
    read(record(name, value, LABELS));

    assertThat(samples).containsExactly(new NicSample("n1", "mlx5_0", signal, series, TS, number));
  }

  @ParameterizedTest
  @CsvSource({
    "DCGM_FI_DEV_XID_ERRORS,79,GPU_ERROR,gpu3,''",
    "DCGM_FI_DEV_CLOCK_THROTTLE_REASONS,64,GPU_SLOWDOWN,gpu3 clock,''",
    "DCGM_FI_DEV_CLOCKS_EVENT_REASONS,8,GPU_SLOWDOWN,gpu3 clock,''",
    "DCGM_FI_DEV_NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL,2,ERRORS,gpu3,"
        + "DCGM_FI_DEV_NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL",
  })
  void healthOfGpusIsTaken(String name, double value, Signal signal, String gpu, String series)
      throws BadRecord {
    read(
        record(
            name,
            String.valueOf(value),
            "\"gpu\":\"3\",\"device\":\"nvidia3\",\"Hostname\":\"n1\""));

    assertThat(samples).containsExactly(new NicSample("n1", gpu, signal, series, TS, value));
  }

  @Test
  void blankXidIsNone() throws BadRecord {
    read(record("DCGM_FI_DEV_XID_ERRORS", "2147483632", "\"gpu\":\"3\",\"Hostname\":\"n1\""));

    assertThat(samples).isEmpty();
    assertThat(dropped).containsExactly("blank value of DCGM");
  }

  @Test
  void secondPortIsANicOfItsOwn() throws BadRecord {
    read(
        record(
            "node_infiniband_state_id", "4", LABELS.replace("\"port\":\"1\"", "\"port\":\"2\"")));

    assertThat(samples).extracting(NicSample::nic).containsExactly("mlx5_0:2");
  }

  @Test
  void busBandwidthIsOfTheHost() throws BadRecord {
    read(
        record(
            "nccl_bus_bandwidth_gbs",
            "181.5",
            "\"hostname\":\"n1\",\"collective\":\"AllReduce\",\"n_ranks\":\"16\",\"rank\":\"3\""));

    assertThat(samples)
        .containsExactly(new NicSample("n1", "", Signal.BUS_BANDWIDTH, "AllReduce/16", TS, 181.5));
  }

  @ParameterizedTest
  @CsvSource({
    "NaN,no value",
    "+Inf,no value",
    "-Inf,no value",
    "9223372036854775808,blank value of DCGM",
    "9.22e18,blank value of DCGM"
  })
  void valuesThatSayThereIsNoneAreLeftOut(String value, String rule) throws BadRecord {
    read(record("node_infiniband_state_id", value, LABELS));

    assertThat(samples).isEmpty();
    assertThat(dropped).containsExactly(rule);
  }

  @Test
  void samplesOfOtherThingsAreLeftOut() throws BadRecord {
    read(record("DCGM_FI_DEV_GPU_UTIL", "97", "\"gpu\":\"0\",\"Hostname\":\"n1\""));
    read(record("node_infiniband_excessive_buffer_overrun_errors_total", "97", LABELS));

    assertThat(samples).isEmpty();
    assertThat(dropped).containsExactly("sample of a GPU without its health", "no sample of a NIC");
  }

  @Test
  void recordsThatCantBeUsedAreBad() {
    bad(
        "no device: no label node or Hostname or hostname or host or instance",
        record("node_infiniband_state_id", "4", "\"device\":\"mlx5_0\""));
    bad(
        "no device: no label device",
        record("node_infiniband_state_id", "4", "\"instance\":\"n1\""));
    bad(
        "not a number: node_infiniband_state_id = 'up'",
        record("node_infiniband_state_id", "up", LABELS));
    bad(
        "number out of range: node_infiniband_state_id = -1.0",
        record("node_infiniband_state_id", "-1", LABELS));
    bad("no time", "{\"name\":\"node_infiniband_state_id\",\"value\":\"4\"}");
    bad("not a JSON object", "[]");
  }

  private void bad(String reason, String record) {
    assertThatThrownBy(() -> read(record)).isInstanceOf(BadRecord.class).hasMessage(reason);
  }

  @Property(tries = 300)
  void damagedRecordIsASampleOrBad(@ForAll @IntRange(min = 0) int seed) {
    var random = new Random(seed);
    var bytes = record("node_infiniband_state_id", "4", LABELS).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 3; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    try {
      TelemetryFormat.DEFAULT
          .decoder("metrics", null)
          .decode(
              bytes,
              random.nextInt(bytes.length + 1),
              new Decoder.Out<>() {
                @Override
                public void value(NicSample value, long ts, String clock) {
                  assertThat(value.value()).isNotNegative().isFinite();
                }

                @Override
                public void rejected(String field, String text, BadRecord why) {}

                @Override
                public void dropped(String rule) {}
              });
    } catch (BadRecord e) {
      assertThat(e.getMessage()).doesNotContain("\n");
    }
  }

  @Test
  void inspectorTellsBandwidthBetweenNodesAlone() {
    var record =
        new InspectorRecord(
            "c", 3, 16, 2, "n1", 7, TS * 1000, "AllReduce", 5, 1 << 20, 100, 90, 168.75, null);

    assertThat(BusBandwidth.of(record))
        .contains(new NicSample("n1", "", Signal.BUS_BANDWIDTH, "AllReduce/16/2^21", TS, 168.75));
    assertThat(
            BusBandwidth.of(
                new InspectorRecord(
                    "c", 3, 8, 1, "n1", 7, 0, "AllReduce", 5, 1 << 20, 100, 90, 168.75, null)))
        .isEmpty();
    assertThat(
            BusBandwidth.of(
                new InspectorRecord(
                    "c", 3, 8, 2, "n1", 7, 0, "AllReduce", 5, 1 << 20, 100, 90, Double.NaN, null)))
        .isEmpty();
  }
}
