package org.millrace.streaming.placement.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.command.UserError;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.placement.plan.RankOrder;
import org.millrace.streaming.placement.plan.Request;

class RequestFileTest {

  private static final String MODEL =
      "\"model\": {\"layers\": 30, \"hidden\": 3072, \"heads\": 32}";
  private static final String SMALL =
      "{\"job\": \"a\", \"gpus\": 16, \"globalBatch\": 64, " + MODEL + "}";

  @Test
  void whatIsNotSaidIsTheUsual() throws BadRecord {
    var job = ((RequestJson.Asks) RequestJson.read(SMALL, 7)).request();

    assertThat(job.priority()).isZero();
    assertThat(job.ts()).isZero();
    assertThat(job.position()).isEqualTo(7);
    assertThat(job.request().tensor()).isZero();
    assertThat(job.request().pipeline()).isZero();
    assertThat(job.request().microBatch()).isEqualTo(1);
    assertThat(job.request().order()).isEqualTo(RankOrder.TP_DP_PP);
    assertThat(job.request().model().sequence()).isEqualTo(2048);
    assertThat(job.request().model().vocabulary()).isEqualTo(50257);
  }

  @Test
  void whatIsWrittenIsRead() throws BadRecord {
    var text =
        "{\"job\": \"a\", \"gpus\": 16, \"globalBatch\": 64, \"microBatch\": 2, \"tp\": 8,"
            + " \"pp\": \"auto\", \"priority\": -3, \"ts\": \"2026-01-01T00:00:01Z\", \"order\":"
            + " \"tp-cp-ep-pp-dp\", \"optimizer\": \"overlapped\", \"ppShardByTp\": true,"
            + " \"gpuModel\": \"H100\", "
            + MODEL
            + "}";

    var read = (RequestJson.Asks) RequestJson.read(text, 1);

    assertThat(read.request().request().optimizer()).isEqualTo(Request.Optimizer.OVERLAPPED);
    assertThat(read.ts()).isEqualTo(1767225601000L);
    assertThat(RequestJson.read(RequestJson.write(read.request()), 1)).isEqualTo(read);
  }

  @Test
  void aJobEnds() throws BadRecord {
    assertThat(RequestJson.read("{\"job\": \"a\", \"end\": true, \"ts\": 5}", 1))
        .isEqualTo(new RequestJson.Ends("a", 5000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"job\": \"a\", \"gpu\": 1} | unknown field: gpu; there are end, globalBatch",
        "{\"gpus\": 1} | missing field: job",
        "{\"job\": \"a\", \"gpus\": 1} | missing field: model",
        "{\"job\": \"a\", \"gpus\": 1.5, \"globalBatch\": 1, \"model\": {\"layers\": 1, \"hidden\":"
            + " 1, \"heads\": 1}} | bad request: gpus is 1.5; give a whole number",
        "{\"job\": \"a\", \"gpus\": 12, \"globalBatch\": 1, \"tp\": 8, \"model\": {\"layers\": 1,"
            + " \"hidden\": 1, \"heads\": 1}} | bad request: job a wants 12 GPUs, which t=8",
        "[1 | not valid JSON",
        "{} {} | not valid JSON: something follows the object",
        "7 | no request: give an object"
      })
  void badOnesSayWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> RequestJson.read(text, 1))
        .isInstanceOf(BadRecord.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s]", "%s", "\n%s\n"})
  void arraysAndLinesAreRead(String form) {
    var file = RequestFile.parse("jobs.json", form.formatted(SMALL));

    assertThat(file.bad()).isEmpty();
    assertThat(file.said()).extracting(RequestJson.Said::job).containsExactly("a");
  }

  @Test
  void badOnesDoNotSpoilTheOthers() {
    var file =
        RequestFile.parse("jobs.json", "[" + SMALL + ", {\"job\": \"b\"}, 5, " + SMALL + "]");

    assertThat(file.said()).hasSize(1);
    assertThat(file.bad()).extracting(RequestFile.Bad::position).containsExactly(2L, 3L, 4L);
    assertThat(file.bad().get(2).reason())
        .isEqualTo("duplicate job: a is there at 1 too; rename one");
  }

  @Test
  void anObjectALine() {
    var file =
        RequestFile.parse(
            "jobs.jsonl",
            SMALL + "\n\n" + SMALL.replace("\"a\"", "\"b\"") + "\n{\"job\": \"c\"}\n");

    assertThat(file.said()).extracting(RequestJson.Said::job).containsExactly("a", "b");
    assertThat(file.bad()).extracting(RequestFile.Bad::position).containsExactly(4L);
  }

  @Test
  void oneObjectMayBeOverManyLines() {
    assertThat(RequestFile.parse("jobs.json", SMALL.replace(", ", ",\n")).said()).hasSize(1);
  }

  @Test
  void aBrokenArrayNamesItsLine() {
    assertThatThrownBy(() -> RequestFile.parse("jobs.json", "[\n{\"job\": }]"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("jobs.json line 2: not valid JSON");
    assertThatThrownBy(() -> RequestFile.parse("jobs.json", " \n"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no requests in it");
  }
}
