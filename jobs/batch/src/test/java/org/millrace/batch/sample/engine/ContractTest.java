package org.millrace.batch.sample.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ContractTest {

  @Test
  void aFailedCallIsNoAnswerAndAnAnswerNoFailure() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Answer(0, "24", FinishReason.ERROR, null, null, null, "HTTP 500"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Answer(0, null, FinishReason.STOP, null, null, null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Answer(0, "24", FinishReason.STOP, -1L, null, null, null))
        .withMessage("sample 0: a count below 0");
    assertThat(FinishReason.LENGTH.code()).isEqualTo("length");
  }

  @Test
  void refusesParametersAndRequestsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Parameters(Double.NaN, 1, 1, 0))
        .withMessage("temperature is out of range: NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Parameters(1, 0, 1, 0))
        .withMessage("topP is out of range: 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Parameters(1, 1, 0, 0))
        .withMessage("maxTokens is out of range: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Request("p", "?", 0, 0, Parameters.DEFAULT))
        .withMessage("prompt p: no sample indices from 0, 0 of them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Request("", "?", 0, 1, Parameters.DEFAULT))
        .withMessage("promptId is empty");
  }

  @Property
  void theWaitDoublesUpToTheLongestAndIsShortenedByAtMostHalf(
      @ForAll @IntRange(min = 1, max = 1000) int failures, @ForAll String key) {
    var policy = new RetryPolicy(5, Duration.ofMillis(100), Duration.ofMillis(1000));

    // 100, 200, 400, 800, then 1000
    double whole = Math.min(1000, 100 * Math.pow(2, failures - 1));
    Duration delay = policy.delay(failures, key);
    assertThat(delay.toNanos() / 1e6).isBetween(whole / 2, whole);
    assertThat(policy.delay(failures, key)).isEqualTo(delay);
  }
}
