package org.millrace.batch.sample.engine.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.openai.core.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private final AtomicLong now = new AtomicLong();

  @Test
  void withoutALimitNothingWaits() {
    assertThat(new RateLimit(0, now::get).take(1e9)).isZero();
  }

  /** Whoever waits as told never has more than the limit and one bucket in any time. */
  @Property
  void theLimitHoldsOverTime(
      @ForAll @IntRange(min = 6, max = 6000) int perMinute,
      @ForAll @DoubleRange(min = 0.5, max = 50) double units) {
    var limit = new RateLimit(perMinute, now::get);
    long begin = now.get();
    double taken = 0;
    for (int i = 0; i < 200; i++) {
      now.addAndGet(limit.take(units).toNanos());
      taken += units;
    }

    double minutes = (now.get() - begin) / 60e9;
    double bucket = Math.max(1, perMinute / 10.0);
    assertThat(taken).isLessThanOrEqualTo(perMinute * minutes + bucket + 1e-3);
  }

  @Test
  void whatIsGivenBackIsThereAgain() {
    var limit = new RateLimit(60, now::get);
    limit.take(6);
    limit.take(10);

    limit.giveBack(10);

    assertThat(limit.take(1)).isCloseTo(Duration.ofSeconds(1), Duration.ofMillis(1));
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(limit.take(6)).isZero();
    assertThat(limit.take(.5).toMillis() / 500.0).isCloseTo(1, within(.01));
  }

  @Test
  void retryAfterIsInSecondsOrADate() {
    var now = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(Failures.retryAfter(Headers.builder().build(), now)).isZero();
    assertThat(Failures.retryAfter(header("Retry-After", "2"), now)).hasSeconds(2);
    assertThat(Failures.retryAfter(header("retry-after-ms", "250"), now)).hasMillis(250);
    assertThat(Failures.retryAfter(header("Retry-After", "Thu, 01 Jan 2026 00:00:09 GMT"), now))
        .hasSeconds(9);
    assertThat(Failures.retryAfter(header("Retry-After", "Thu, 01 Jan 2015 00:00:09 GMT"), now))
        .isZero();
    assertThat(Failures.retryAfter(header("Retry-After", "soon"), now)).isZero();
    assertThat(Failures.retryAfter(header("Retry-After", "999999"), now)).hasHours(1);
  }

  private static Headers header(String name, String value) {
    return Headers.builder().put(name, value).build();
  }
}
