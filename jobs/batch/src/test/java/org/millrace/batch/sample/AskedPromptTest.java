package org.millrace.batch.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.batch.sample.engine.Answer;
import org.millrace.batch.sample.engine.Ceiling;
import org.millrace.batch.sample.engine.FinishReason;
import org.millrace.batch.sample.engine.Parameters;
import org.millrace.batch.sample.engine.Price;
import org.millrace.batch.sample.engine.Request;
import scala.jdk.javaapi.CollectionConverters;

class AskedPromptTest {

  private static final StructType GIVEN =
      new StructType().add("index", DataTypes.IntegerType).add("text", DataTypes.StringType);
  private static final StructType TYPE =
      new StructType()
          .add("prompt_id", DataTypes.StringType)
          .add("prompt", DataTypes.StringType)
          .add("target", DataTypes.StringType)
          .add("level", DataTypes.StringType)
          .add("given", DataTypes.createArrayType(GIVEN));

  /** A prompt of a race of eight, with answers of an earlier run. */
  private static AskedPrompt race(int m, int... earlier) {
    var task =
        new SampleTask(
            "openai",
            Map.of(),
            Parameters.DEFAULT,
            Policy.of("short-m", Map.of("m", String.valueOf(m)), null, Map.of()),
            8,
            4,
            false,
            1,
            Ceiling.NONE,
            new Price(0, 0),
            null,
            0,
            null);
    var given = new ArrayList<Object>();
    for (int index : earlier) {
      given.add(RowFactory.create(index, "an earlier one"));
    }
    Object[] values = {"p", "How many?", null, null, CollectionConverters.asScala(given).toSeq()};
    return new AskedPrompt(task, new GenericRowWithSchema(values, TYPE));
  }

  private static List<Answer> answer(int index) {
    return List.of(Answer.of(index, "It is " + index + "."));
  }

  private static List<Integer> indices(List<Answer> answers) {
    return answers.stream().map(Answer::sampleIndex).toList();
  }

  @Test
  void theFirstThatEndAreKeptWhateverTheirIndices() {
    var prompt = race(2);

    var requests = prompt.requests();
    var first = prompt.arrived(answer(5));
    var enough = prompt.hasEnough();
    var second = prompt.arrived(answer(3));
    var late = prompt.arrived(answer(0));

    assertThat(requests).hasSize(8).extracting(Request::n).containsOnly(1);
    assertThat(indices(first)).containsExactly(5);
    assertThat(enough).isFalse();
    assertThat(indices(second)).containsExactly(3);
    assertThat(prompt.hasEnough()).isTrue();
    assertThat(late).isEmpty();
  }

  @Test
  void whenAllHaveEndedTheOthersAreStoppedOnesThatCount() {
    var prompt = race(2);
    prompt.requests();
    prompt.unmade(4);
    prompt.arrived(answer(3));
    prompt.arrived(answer(1));

    assertThat(prompt.answered(List.of(Answer.cancelled(0, 9L, 4L)))).isEmpty();
    assertThat(prompt.answered(answer(1))).isEmpty();
    assertThat(prompt.answered(List.of(new Answer(2, "late", FinishReason.STOP, 9L, 7L, 1L, null))))
        .isEmpty();
    var settled = prompt.answered(answer(3));

    assertThat(settled)
        .containsExactlyInAnyOrder(
            answer(1).get(0),
            answer(3).get(0),
            Answer.cancelled(0, 9L, 4L),
            Answer.cancelled(2, 9L, 7L));
    assertThat(prompt.isDone()).isTrue();
    assertThat(prompt.requests()).isEmpty();
  }

  @Test
  void failuresCountOnlyAsFarAsAnswersLack() {
    var prompt = race(3);
    prompt.requests();
    prompt.arrived(answer(0));
    prompt.answered(answer(0));
    List<Answer> settled = List.of();
    for (int index = 1; index < 8; index++) {
      settled = prompt.answered(List.of(Answer.failed(index, "HTTP 500")));
    }

    assertThat(settled)
        .extracting(Answer::finishReason)
        .containsExactly(FinishReason.STOP, FinishReason.ERROR, FinishReason.ERROR);
    assertThat(prompt.requests()).isEmpty();
  }

  @Test
  void aResumedRaceWantsTheFirstOfTheOthers() {
    var prompt = race(3, 6);
    var noted = prompt.take(List.of(answer(2).get(0), answer(6).get(0)));

    var requests = prompt.requests();
    var kept = prompt.arrived(answer(7));

    assertThat(indices(noted)).containsExactly(2);
    assertThat(requests).extracting(Request::firstIndex).containsExactly(0, 1, 3, 4, 5, 7);
    assertThat(indices(kept)).containsExactly(7);
    assertThat(prompt.hasEnough()).isTrue();
    assertThat(race(3, 1, 2, 3).requests()).isEmpty();
  }
}
