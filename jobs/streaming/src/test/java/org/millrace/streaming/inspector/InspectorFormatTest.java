package org.millrace.streaming.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;

/** Records of NCCL Inspector, and what is wrong with others. */
class InspectorFormatTest {

  /** A ReduceScatter of 8 ranks that took 40 ms; the host's call took 5 us of it. */
  private static final String VERBOSE =
      """
      {"header":{"id":"0xc0ffee","rank":4,"n_ranks":8,"nnodes":2},
       "metadata":{"inspector_output_format_version":"v4.0","dump_timestamp_us":1800000000050000,
                   "hostname":"node-1","pid":77},
       "coll_perf":{"coll":"ReduceScatter","coll_sn":12,"coll_msg_size_bytes":2000000000,
         "coll_exec_time_us":40000,"coll_timing_source":"kernel_gpu",
         "coll_algobw_gbs":400.0,"coll_busbw_gbs":350.0,
         "event_trace_ts":{"coll_start_ts":1800000000000000,"coll_stop_ts":1800000000000005,
           "kernel_events":[
             {"channel_id":0,"kernel_start_ts":1800000000000130,"kernel_stop_ts":1800000000040100,
              "kernel_record_ts":1800000000040100},
             {"channel_id":1,"kernel_start_ts":1800000000000120,"kernel_stop_ts":1800000000040120,
              "kernel_record_ts":1800000000040121}]}}}
      """
          .replace("\n", " ");

  @Test
  void timesAreThoseOfTheKernelsNotOfTheHostsCall() {
    var read = decode(VERBOSE).value();

    assertThat(read.trace()).isEqualTo(new KernelTrace(1800000000000120L, 1800000000040120L));
    assertThat(read.timeUs()).isEqualTo(1800000000040120L);
  }

  @Test
  void recordsAreJoinedByCommunicatorAndNumber() {
    var read = decode(VERBOSE).value();

    assertThat(read.key()).isEqualTo(new InspectorRecord.Key("0xc0ffee", 12));
    assertThat(read.rank()).isEqualTo(4);
    assertThat(read.ranks()).isEqualTo(8);
    assertThat(read.process()).isEqualTo("node-1:77");
  }

  @Test
  void withoutTraceTheTimeIsThatOfTheDump() {
    var record = VERBOSE.replaceAll(",\\s*\"event_trace_ts\":.*", "}}");

    var read = decode(record).value();

    assertThat(read.trace()).isNull();
    assertThat(read.execUs()).isEqualTo(40000);
    assertThat(read.timeUs()).isEqualTo(1800000000050000L);
  }

  @Test
  void theHostsCallAloneIsNoExecutionTime() {
    var read = decode(VERBOSE.replace("kernel_gpu", "collective_cpu")).value();

    assertThat(read.execUs()).isNaN();
    assertThat(read.busbwGbs()).isEqualTo(350);
  }

  @ParameterizedTest
  @CsvSource({
    // coll, ranks, algorithm and bus bandwidth of 1 GB in 10 ms
    "AllReduce,     8, 100.0, 175.0",
    "AllReduce,     2, 100.0, 100.0",
    "ReduceScatter, 4, 400.0, 300.0",
    "AllGather,     4, 400.0, 300.0",
    "Broadcast,     4, 100.0, 100.0",
    "Reduce,        4, 100.0, 100.0"
  })
  void bandwidthsThatFollowFromSizeAndTimeAreKept(
      String coll, int ranks, double algbw, double busbw) {
    var decoded = decode(record(coll, ranks, algbw, busbw));

    assertThat(decoded.fields()).isEmpty();
    assertThat(decoded.value().algbwGbs()).isEqualTo(algbw, within(1e-9));
    assertThat(decoded.value().busbwGbs()).isEqualTo(busbw, within(1e-9));
  }

  @Test
  void bandwidthsThatContradictTheRecordAreSetApart() {
    var decoded = decode(record("AllReduce", 8, 100.0, 87.5));

    assertThat(decoded.value().algbwGbs()).isEqualTo(100);
    assertThat(decoded.value().busbwGbs()).isNaN();
    assertThat(decoded.fields())
        .containsExactly(
            "coll_busbw_gbs 87.5: inconsistent bandwidth: coll_perf.coll_busbw_gbs = 87.5, but"
                + " size, time and ranks give 175.000000");
  }

  @Test
  void bandwidthsOfAnUnknownCollectiveAreKeptUnchecked() {
    var decoded = decode(record("AllToAll", 8, 3.0, 4.0));

    assertThat(decoded.fields()).isEmpty();
    assertThat(decoded.value().busbwGbs()).isEqualTo(4);
  }

  @Test
  void pointToPointIsLeftOut() {
    var decoded = decode("{\"header\":{},\"p2p_perf\":{\"p2p\":\"Send\"}}");

    assertThat(decoded.value()).isNull();
    assertThat(decoded.dropped()).containsExactly("p2p");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"rank\":4 | \"rank\":8 | number out of range: header.rank 8 of 8 ranks",
        "\"rank\":4 | \"rank\":\"x\" | not a number: header.rank = 'x'",
        "\"id\":\"0xc0ffee\" | \"no\":1 | missing field: header.id, expected a text",
        "\"coll_sn\":12 | \"coll_sn\":-1 | number out of range: coll_perf.coll_sn = -1",
        "\"kernel_stop_ts\":1800000000040 | \"kernel_stop_ts\":1700000000040 | kernel ends before",
        "\"hostname\":\"node-1\" | \"hostname\":\" \" | bad field: metadata.hostname is empty",
        "\"coll_perf\" | \"other\" | missing field: coll_perf, expected an object"
      })
  void badRecordsSayWhy(String good, String bad, String reason) {
    var record = VERBOSE.replace(good, bad);

    assertThatThrownBy(() -> read(record))
        .isInstanceOf(BadRecord.class)
        .hasMessageStartingWith(reason);
  }

  @Test
  void cutOrDamagedItIsReadOrHasAReason() {
    var random = new Random(11);
    var good = VERBOSE.strip().getBytes(StandardCharsets.UTF_8);

    for (int length = 0; length < good.length; length++) {
      var cut = new String(Arrays.copyOf(good, length), StandardCharsets.UTF_8);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(BadRecord.class);
    }
    for (int round = 0; round < 3000; round++) {
      var damaged = good.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      assertThat(isReadOrBad(damaged)).isTrue();
    }
  }

  private static boolean isReadOrBad(byte[] record) {
    try {
      return Decoded.of(record).value().rank() >= 0;
    } catch (BadRecord e) {
      return !e.getMessage().isBlank();
    }
  }

  private static String record(String coll, int ranks, double algbw, double busbw) {
    return """
        {"header":{"id":"c","rank":0,"n_ranks":%d,"nnodes":1},
        "metadata":{"dump_timestamp_us":1800000000050000,"hostname":"h","pid":1},
        "coll_perf":{"coll":"%s","coll_sn":1,"coll_msg_size_bytes":1000000000,
        "coll_exec_time_us":10000,"coll_timing_source":"kernel_gpu",
        "coll_algobw_gbs":%s,"coll_busbw_gbs":%s}}"""
        .formatted(ranks, coll, algbw, busbw);
  }

  private static Decoded decode(String record) {
    try {
      return read(record);
    } catch (BadRecord e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static Decoded read(String record) throws BadRecord {
    return Decoded.of(record.getBytes(StandardCharsets.UTF_8));
  }

  /** What the decoder makes of a record. */
  private record Decoded(InspectorRecord value, List<String> fields, List<String> dropped) {

    private static Decoded of(byte[] record) throws BadRecord {
      var values = new ArrayList<InspectorRecord>();
      var fields = new ArrayList<String>();
      var dropped = new ArrayList<String>();
      var out =
          new Decoder.Out<InspectorRecord>() {
            @Override
            public void value(InspectorRecord value, long ts, String clock) {
              values.add(value);
            }

            @Override
            public void rejected(String field, String text, BadRecord why) {
              fields.add(field + " " + text + ": " + why.getMessage());
            }

            @Override
            public void dropped(String rule) {
              dropped.add(rule);
            }
          };
      new InspectorFormat().decoder("f", null).decode(record, record.length, out);
      return new Decoded(values.isEmpty() ? null : values.get(0), fields, dropped);
    }
  }
}
