package org.millrace.streaming.placement.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.command.UserError;
import org.millrace.schema.PlacementModel;
import org.millrace.schema.PlacementRequest;
import org.millrace.streaming.job.BadRecord;

class RequestAvroTest {

  private static final String JSON =
      "{\"job\": \"a\", \"gpus\": 16, \"globalBatch\": 64, \"microBatch\": 2, \"tp\": 8, \"pp\": 2,"
          + " \"priority\": -3, \"ts\": \"2026-01-01T00:00:01Z\", \"order\": \"tp-cp-ep-pp-dp\","
          + " \"optimizer\": \"overlapped\", \"ppShardByTp\": true, \"gpuModel\": \"H100\","
          + " \"seconds\": 3600, \"moveSeconds\": 120.5, \"model\": {\"name\": \"m\", \"layers\": 30,"
          + " \"hidden\": 3072, \"heads\": 32, \"sequence\": 4096, \"vocabulary\": 32000}}";

  private static PlacementRequest.Builder record() {
    return PlacementRequest.newBuilder()
        .setJob("a")
        .setGpus(16)
        .setGlobalBatch(64)
        .setMicroBatch(2)
        .setTp(8)
        .setPp(2)
        .setPriority(-3)
        .setTs(1_767_225_601_000L)
        .setOrder("tp-cp-ep-pp-dp")
        .setOptimizer("overlapped")
        .setPpShardByTp(true)
        .setGpuModel("H100")
        .setSeconds(3600.0)
        .setMoveSeconds(120.5)
        .setModel(new PlacementModel("m", 30, 3072, 32, 4096, 32000));
  }

  private static byte[] bytes(PlacementRequest record) throws IOException {
    var out = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(out, null);
    new SpecificDatumWriter<>(PlacementRequest.class).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static RequestJson.Said read(byte[] message) throws BadRecord {
    return RequestAvro.read(message, message.length, 7);
  }

  private static byte[] file(PlacementRequest... records) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<>(new SpecificDatumWriter<>(PlacementRequest.class))) {
      writer.create(PlacementRequest.SCHEMA$, out);
      for (var record : records) {
        writer.append(record);
      }
    }
    return out.toByteArray();
  }

  @Test
  void aMessageMeansWhatTheSameJsonMeans() throws Exception {
    assertThat(read(bytes(record().build()))).isEqualTo(RequestJson.read(JSON, 7));
  }

  @Test
  void theHeaderOfARegistryIsPassedOver() throws Exception {
    var plain = bytes(record().build());
    var framed = new byte[plain.length + 5];
    framed[4] = 17;
    System.arraycopy(plain, 0, framed, 5, plain.length);

    assertThat(read(framed)).isEqualTo(read(plain));
  }

  @Test
  void aJobEnds() throws Exception {
    var ends = PlacementRequest.newBuilder().setJob("a").setEnd(true).setTs(5L).build();

    assertThat(read(bytes(ends))).isEqualTo(new RequestJson.Ends("a", 5));
  }

  @Test
  void whatIsWrongSaysSo() throws Exception {
    var none = bytes(record().setModel(null).build());
    var long_ = bytes(record().setTs(Long.MAX_VALUE).build());

    assertThatThrownBy(() -> read(none))
        .isInstanceOf(BadRecord.class)
        .hasMessageContaining("model");
    assertThatThrownBy(() -> read(long_)).isInstanceOf(BadRecord.class);
    assertThatThrownBy(() -> read(JSON.getBytes()))
        .isInstanceOf(BadRecord.class)
        .hasMessageStartingWith("not a PlacementRequest");
  }

  @Property(tries = 500)
  void damagedMessagesAreBadRecords(@ForAll @IntRange(min = 0) int seed) throws IOException {
    var random = new Random(seed);
    var message = bytes(record().build());
    for (int i = 0; i < 3; i++) {
      message[random.nextInt(message.length)] = (byte) random.nextInt(256);
    }
    var cut = Arrays.copyOf(message, random.nextInt(message.length + 1));

    try {
      read(cut);
    } catch (BadRecord e) {
      assertThat(e.getMessage()).doesNotContain("\n");
    }
  }

  @Test
  void filesAreReadAndBadRecordsOfThemSetApart() throws Exception {
    var bytes = file(record().build(), record().setJob("b").setGpus(0).build());

    var read = RequestFile.parse("jobs.avro", bytes);

    assertThat(read.said()).hasSize(1);
    assertThat(((RequestJson.Asks) read.said().get(0)).request().position()).isEqualTo(1);
    assertThat(read.bad()).extracting(RequestFile.Bad::position).containsExactly(2L);
  }

  @Test
  void olderFilesLackFieldsThatHaveDefaults() throws Exception {
    var older =
        SchemaBuilder.record("PlacementRequest")
            .namespace("org.millrace.schema")
            .fields()
            .requiredString("job")
            .requiredBoolean("end")
            .endRecord();
    var out = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(older))) {
      writer.create(older, out);
      writer.append(new GenericRecordBuilder(older).set("job", "a").set("end", true).build());
    }

    assertThat(RequestFile.parse("jobs.avro", out.toByteArray()).said())
        .containsExactly(new RequestJson.Ends("a", 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 20, 60, 150, 400})
  void aFileThatIsCutOffIsOneLine(int bytes) throws Exception {
    var whole = file(record().build(), record().setJob("b").build());

    assertThatThrownBy(
            () -> RequestFile.parse("jobs.avro", Arrays.copyOf(whole, whole.length - bytes)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("jobs.avro: no Avro file of PlacementRequest, or damaged")
        .hasMessageNotContaining("\n");
  }
}
