package org.millrace.streaming.anomaly.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorHistoryTest {

  @Property(tries = 200)
  void isExactWithABucketAnError(
      @ForAll @Size(min = 1, max = 150) double[] raw, @ForAll @IntRange(min = 1, max = 64) int w) {
    var errors = Arrays.stream(raw).map(x -> Math.abs(x) % 100).toArray();
    var history = new ErrorHistory(w);
    for (int j = 0; j < errors.length; j++) {
      var window = Arrays.copyOfRange(errors, Math.max(0, j + 1 - w), j + 1);

      assertThat(history.thresholdWith(errors[j], 3)).isCloseTo(exact(window, 3), within(1e-9));

      history.add(errors[j]);
      assertThat(history.threshold(3)).isCloseTo(exact(window, 3), within(1e-9));
      assertThat(history.size()).isEqualTo(window.length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1440, 8064, 1000})
  void isExactUntilFullAndAtEachFullBucket(int w) {
    var random = new Random(w);
    var errors = random.doubles(3 * w).map(x -> x * x).toArray();
    var history = new ErrorHistory(w);
    int bucket = w / divisor(w);
    for (int j = 0; j < errors.length; j++) {
      history.add(errors[j]);
      if (j < w || (j + 1) % bucket == 0) {
        var window = Arrays.copyOfRange(errors, Math.max(0, j + 1 - w), j + 1);
        assertThat(history.threshold(3)).as("%d", j).isCloseTo(exact(window, 3), within(1e-9));
      }
    }
  }

  /** 60 buckets of 24, 64 of 126, 50 of 20. */
  private static int divisor(int w) {
    return w == 1440 ? 60 : w == 8064 ? 64 : 50;
  }

  @Test
  void isOffByNoMoreThanPartOfABucketInBetween() {
    var errors = new Random(5).doubles(5000, 0, 1).toArray();
    var history = new ErrorHistory(1440);
    for (int j = 0; j < errors.length; j++) {
      history.add(errors[j]);
      var window = Arrays.copyOfRange(errors, Math.max(0, j + 1 - 1440), j + 1);

      assertThat(history.threshold(0)).isCloseTo(exact(window, 0), within(24 / 4.0 / 1440));
    }
  }

  @Test
  void doesNotCancelBesideALargeMean() {
    var history = new ErrorHistory(1440);
    for (int j = 0; j < 4000; j++) {
      history.add(1e9 + j % 2);
    }

    assertThat(history.threshold(1) - history.threshold(0)).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void equalErrorsHaveNoDeviationAtAll() {
    var history = new ErrorHistory(1440);
    for (int j = 0; j < 4000; j++) {
      history.add(0.1);
      assertThat(history.threshold(3)).isEqualTo(0.1);
    }
  }

  @Property(tries = 50)
  void goesOnAfterBeingWrittenAndRead(
      @ForAll @IntRange(min = 0, max = 3000) int before,
      @ForAll @DoubleRange(min = 0, max = 9) double next)
      throws IOException {
    var history = new ErrorHistory(1440);
    new Random(before).doubles(before).forEach(history::add);
    var bytes = new ByteArrayOutputStream();
    history.write(new DataOutputStream(bytes));

    var read =
        ErrorHistory.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), 1440);

    assertThat(read.threshold(3)).isEqualTo(Double.valueOf(history.threshold(3)));
    assertThat(read.thresholdWith(next, 3)).isEqualTo(history.thresholdWith(next, 3));
  }

  @Test
  void refusesAnotherWindow() throws IOException {
    var bytes = new ByteArrayOutputStream();
    new ErrorHistory(1440).write(new DataOutputStream(bytes));
    var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));

    assertThatThrownBy(() -> ErrorHistory.read(in, 8064))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "The state holds 60 x 24 errors, the configuration wants 8064: set the history back, or start without this state");
  }

  private static double exact(double[] window, double sigmas) {
    double mean = Arrays.stream(window).average().orElseThrow();
    double variance = Arrays.stream(window).map(x -> (x - mean) * (x - mean)).average().orElse(0);
    return mean + sigmas * Math.sqrt(variance);
  }
}
