package org.millrace.streaming.placement.contend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.SharedPlacement;
import org.millrace.streaming.placement.plan.ModelShape;

class PodListCsvTest {

  private static final String TEXT =
      """
      name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time
      one,6000,12288,1,460,,LS,Running,10,100,20
      two,32000,1024,0,0,,BE,Pending,30,90,
      """;

  @Test
  void aPodRunsFromWhenItWasScheduled() {
    assertThat(PodListCsv.parse("p", TEXT))
        .containsExactly(
            new QueuedJob("one", 0, 10, 80, new Demand.Pod(6000, 12288, 1, 460), QueuedJob.FIXED),
            new QueuedJob("two", 0, 30, 60, new Demand.Pod(32000, 1024, 0, 0), QueuedJob.FIXED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          two,           | one,          | p line 3: the pod one is there twice; remove one
          ,460,          | ,1460,        | p line 2: a pod with 1 GPUs of 1460 thousandths; give 1 to 1000 of one, or all of several
          ,6000,         | ,six,         | p line 2: cpu_milli is 'six'; give a whole number
          ,10,100,20     | ,10,15,20     | p line 2: the pod one is deleted before it begins; mend its times
          ,LS,Running    | ,LS           | p line 2: 10 fields, not the 11 of name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time
          name,          | sn,           | p line 1: the columns are not name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time
          """)
  void aMistakeIsNamedInOneLine(String right, String wrong, String message) {
    var text = TEXT.replaceFirst(right, wrong);

    assertThat(text).isNotEqualTo(TEXT);
    assertThatThrownBy(() -> PodListCsv.parse("p", text))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  @Property(tries = 300)
  void anyTextIsReadOrRefusedInOneLine(@ForAll String tail, @ForAll int cut) {
    var text = TEXT.substring(0, Math.floorMod(cut, TEXT.length())) + tail;

    try {
      assertThat(PodListCsv.parse("p", text)).isNotEmpty();
    } catch (UserError e) {
      assertThat(e.getMessage()).startsWith("p").doesNotContain("\n");
    }
  }

  @Test
  void theSharedTrace() throws IOException {
    var jobs = shared();

    assertThat(jobs).hasSize(8152);
    assertThat(jobs.stream().mapToDouble(job -> job.demand().gpus()).sum())
        .isCloseTo(6086.8, within(1e-6));
  }

  @Test
  void wholeNodesBecomeGangs() throws IOException {
    var model = new ModelShape("3.6B", 30, 3072, 32, 2048, 50257);

    var gangs =
        PodListCsv.withGangs(shared(), 4, model).stream()
            .filter(job -> job.demand() instanceof Demand.Gang)
            .toList();

    assertThat(gangs).hasSize(44).allMatch(job -> job.demand().gpus() == 32);
    assertThat(PodListCsv.withGangs(shared(), 1, model)).isEqualTo(shared());
  }

  static List<QueuedJob> shared() throws IOException {
    return PodListCsv.parse(
        "openb", Files.readString(SharedPlacement.file("openb_pod_list_default.csv")));
  }
}
