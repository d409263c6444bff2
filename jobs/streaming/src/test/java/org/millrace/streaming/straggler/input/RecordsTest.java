package org.millrace.streaming.straggler.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.command.UserError;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.straggler.diagnose.Member;
import org.millrace.streaming.straggler.diagnose.Observation;
import org.millrace.streaming.straggler.diagnose.Observation.Completed;
import org.millrace.streaming.straggler.diagnose.Observation.Heartbeat;
import org.millrace.streaming.straggler.diagnose.Observation.Operation;
import org.millrace.streaming.straggler.diagnose.Observation.Started;
import org.millrace.streaming.straggler.diagnose.Observation.StepTime;
import org.millrace.streaming.straggler.diagnose.Observation.Transport;

/** Records in the forms in which they come, and what is wrong with others. */
class RecordsTest {

  private static final String START =
      "{\"phase\":\"START\",\"comm\":\"c\",\"rank\":3,\"host\":\"h\",\"coll\":\"AllReduce\","
          + "\"sn\":8,\"bytes\":1024,\"tsUs\":1800000000123456}";
  private static final String INSPECTOR =
      "{\"header\":{\"id\":\"0xa\",\"rank\":1,\"n_ranks\":2,\"nnodes\":1},"
          + "\"metadata\":{\"dump_timestamp_us\":1800000000050000,\"hostname\":\"h\",\"pid\":7},"
          + "\"coll_perf\":{\"coll\":\"AllReduce\",\"coll_sn\":5,\"coll_msg_size_bytes\":1000,"
          + "\"coll_exec_time_us\":10}}";

  private static List<Observation> read(Decoder<Observation> decoder, byte[] record)
      throws BadRecord {
    var read = new ArrayList<Observation>();
    decoder.decode(
        record,
        record.length,
        new Decoder.Out<>() {
          @Override
          public void value(Observation value, long ts, String clock) {
            read.add(value);
          }

          @Override
          public void rejected(String field, String text, BadRecord why) {}

          @Override
          public void dropped(String rule) {}
        });
    return read;
  }

  private static Observation json(String record) throws BadRecord {
    return json(record, JobNames.BY_SOURCE);
  }

  private static Observation json(String record, JobNames jobs) throws BadRecord {
    var decoder = new RecordsJson(Columns.BY_NAME, jobs).decoder("in/steps.jsonl", null);
    return read(decoder, record.getBytes(StandardCharsets.UTF_8)).get(0);
  }

  @Test
  void anEventIsOfItsCommunicatorUnlessItSaysAJob() throws BadRecord {
    var expected =
        new Started(
            "c",
            new Member("3", "3", "h"),
            new Operation("c", 0, "AllReduce", 8, 1024),
            1_800_000_000_123_456L);

    assertThat(json(START)).isEqualTo(expected);
    assertThat(json(START.replace("{", "{\"job\":\"j\",")).job()).isEqualTo("j");
    assertThat(json(START, new JobNames("all")).job()).isEqualTo("all");
  }

  @Test
  void transfersAndHeartbeatsAreRead() throws BadRecord {
    assertThat(
            json(
                "{\"phase\":\"TRANSPORT\",\"comm\":\"c\",\"src\":0,\"dst\":1,\"bytes\":10,"
                    + "\"duration\":2.5,\"tsUs\":7}"))
        .isEqualTo(new Transport("c", "c", "0", "1", 7, 10, 2.5));
    assertThat(json("{\"phase\":\"HEARTBEAT\",\"job\":\"j\",\"host\":\"h\",\"tsUs\":7}"))
        .isEqualTo(new Heartbeat("j", "h", 7));
  }

  @Test
  void aRecordOfInspectorIsOfItsProcess() throws BadRecord {
    assertThat(json(INSPECTOR))
        .isEqualTo(
            new Completed(
                "0xa",
                new Member("h:7", "1", "h"),
                new Operation("0xa", 2, "AllReduce", 5, 1000),
                1_800_000_000_050_000L,
                Observation.UNKNOWN,
                10));
  }

  @Test
  void stepTimesMayBeJson() throws BadRecord {
    assertThat(json("{\"rank\":6,\"time\":11.5,\"duration\":0.25}"))
        .isEqualTo(new StepTime("steps", new Member("6", "6", ""), 11_500_000, 0.25));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"phase\":\"START\" | \"phase\":\"BEGIN\" | unknown phase: BEGIN, expected START, STOP",
        "\"phase\":\"START\", | '' | missing field: phase, expected START, STOP, TRANSPORT",
        "\"sn\":8 | \"sn\":\"x\" | not a number: sn = 'x'",
        "\"rank\":3, | '' | missing field: rank, expected a text",
        "\"tsUs\":1800000000123456 | \"tsUs\":-1 | number out of range: tsUs = -1",
        "\"comm\":\"c\", | '' | missing field: comm, expected a text"
      })
  void badEventsSayWhy(String good, String bad, String reason) {
    assertThatThrownBy(() -> json(START.replace(good, bad)))
        .isInstanceOf(BadRecord.class)
        .hasMessageStartingWith(reason);
  }

  @Test
  void aFileOfStepTimesIsAJobUnlessAColumnSaysSo() throws BadRecord {
    var columns = Columns.of(Map.of("rank", "worker", "duration", "took", "job", "run"));
    var named =
        new StepTimesCsv(columns, JobNames.BY_SOURCE, ',').decoder("f.csv", "worker,time,took,run");
    var unnamed =
        new StepTimesCsv(Columns.BY_NAME, JobNames.BY_SOURCE, '\t')
            .decoder("s3://bucket/run-1.tsv.gz", "time\trank\tduration");

    assertThat(read(named, "w1,2026-01-01T00:00:01Z,3,a".getBytes()).get(0))
        .isEqualTo(new StepTime("a", new Member("w1", "w1", ""), 1_767_225_601_000_000L, 3));
    assertThat(read(unnamed, "11\t0\t3".getBytes()).get(0).job()).isEqualTo("run-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker,time", "worker,time,took,took"})
  void aHeaderWithoutOrWithTwoOfAColumnIsRefused(String header) {
    var columns = Columns.of(Map.of("rank", "worker", "duration", "took"));

    assertThatThrownBy(
            () -> new StepTimesCsv(columns, JobNames.BY_SOURCE, ',').decoder("f.csv", header))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("took");
  }

  @ParameterizedTest
  @ValueSource(strings = {START, INSPECTOR, "{\"rank\":6,\"time\":11.5,\"duration\":0.25}"})
  void cutOrDamagedItIsReadOrHasAReason(String good) {
    var decoder = new RecordsJson(Columns.BY_NAME, JobNames.BY_SOURCE).decoder("f", null);
    var random = new Random(5);
    var bytes = good.getBytes(StandardCharsets.UTF_8);

    for (int length = 0; length < bytes.length; length++) {
      var cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(decoder, cut)).isInstanceOf(BadRecord.class);
    }
    for (int round = 0; round < 3000; round++) {
      var damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      assertThat(isReadOrBad(decoder, damaged)).isTrue();
    }
  }

  private static boolean isReadOrBad(Decoder<Observation> decoder, byte[] record) {
    try {
      return read(decoder, record).size() == 1;
    } catch (BadRecord e) {
      return !e.getMessage().isBlank();
    }
  }
}
