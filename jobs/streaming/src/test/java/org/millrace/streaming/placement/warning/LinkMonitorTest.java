package org.millrace.streaming.placement.warning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.streaming.placement.health.NicSample;
import org.millrace.streaming.placement.health.Signal;
import org.millrace.streaming.placement.warning.LinkWarning.Change;

class LinkMonitorTest {

  private static final long WINDOW = 30_000;
  private static final long END = 900 * WINDOW;
  private static final int SCRAPES = 3;
  private static final double USUAL = 1e10;

  private static LinkMonitor monitor() {
    return monitor(LinkDetector.NEIGHBOURS);
  }

  private static LinkMonitor monitor(LinkDetector detector) {
    return new LinkMonitor("n1", "mlx5_0", WINDOW, detector);
  }

  private static NicSample sample(Signal signal, String counter, long ts, double value) {
    return new NicSample("n1", "mlx5_0", signal, counter, ts, value);
  }

  /** Gives the rate of a window. */
  private interface Rate {
    double of(int window, Random random);
  }

  /** Samples of a counter that rises by rates, some a window. */
  private static List<NicSample> counter(Signal signal, int windows, long seed, Rate rate) {
    var random = new Random(seed);
    var samples = new ArrayList<NicSample>();
    double count = 5;
    for (int window = 0; window < windows; window++) {
      double perSecond = rate.of(window, random);
      for (int i = 0; i < SCRAPES; i++) {
        count += perSecond * WINDOW / 1000 / SCRAPES;
        samples.add(sample(signal, "c", window * WINDOW + i * WINDOW / SCRAPES, count));
      }
    }
    return samples;
  }

  private static double noisy(Random random) {
    return USUAL * (1 + 0.03 * random.nextGaussian());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void trafficThatDropsToSixTenthsIsTold(long seed) {
    var samples =
        counter(
            Signal.RECEIVED,
            500,
            seed,
            (window, random) -> noisy(random) * (window < 400 ? 1 : .6));

    var opened =
        monitor().judge(samples, END).stream()
            .filter(warning -> warning.from() >= 400 * WINDOW && warning.from() < 410 * WINDOW)
            .toList();

    assertThat(opened).hasSize(1);
    var warning = opened.get(0);
    assertThat(warning.change()).isEqualTo(Change.UNUSUAL);
    assertThat(warning.series()).isEqualTo(Signal.RECEIVED);
    assertThat(warning.perSecond()).isBetween(.4 * USUAL, .9 * USUAL);
    assertThat(warning.score()).isGreaterThanOrEqualTo(warning.threshold());
    assertThat(warning.ts()).isEqualTo(END);
  }

  @Test
  void errorsOfALinkThatHadNoneAreToldOnceAndWhatLastsBecomesUsual() {
    var samples =
        counter(
            Signal.ERRORS, 900, 7, (window, random) -> window < 600 ? 0 : 5 + random.nextInt(5));

    var warnings = monitor().judge(samples, END);

    assertThat(warnings)
        .extracting(LinkWarning::change)
        .containsExactly(Change.UNUSUAL, Change.USUAL);
    assertThat(warnings.get(0).from()).isBetween(602 * WINDOW, 604 * WINDOW);
    assertThat(warnings.get(1).episode()).isEqualTo(warnings.get(0).episode());
  }

  @ParameterizedTest
  @CsvSource({"0.0001", "0.03", "0.2"})
  void noiseIsSeldomTold(double noise) {
    int episodes = 0;
    for (long seed = 0; seed < 10; seed++) {
      var samples =
          counter(
              Signal.TRANSMITTED,
              1000,
              seed,
              (window, random) -> USUAL * (1 + noise * random.nextGaussian()));
      episodes +=
          (int)
              monitor().judge(samples, END).stream()
                  .filter(warning -> warning.change() == Change.UNUSUAL)
                  .count();
    }

    assertThat(episodes).isLessThanOrEqualTo(3);
  }

  @Test
  void oneStrangeWindowAloneIsNotTold() {
    var samples =
        counter(
            Signal.RECEIVED, 600, 3, (window, random) -> window == 500 ? 9 * USUAL : noisy(random));

    assertThat(monitor().judge(samples, END))
        .noneMatch(warning -> warning.from() >= 500 * WINDOW && warning.from() < 502 * WINDOW);
  }

  @Test
  void counterThatBeginsAnewIsNoFall() {
    var samples = new ArrayList<NicSample>();
    double count = 0;
    for (int window = 0; window < 300; window++) {
      count = window == 200 ? 0 : count + 30;
      samples.add(sample(Signal.ERRORS, "c", window * WINDOW, count));
    }

    assertThat(monitor().judge(samples, END)).isEmpty();
  }

  @Test
  void orderWithinAWindowDoesNotMatter() {
    var samples =
        counter(
            Signal.RECEIVED, 400, 5, (window, random) -> noisy(random) * (window < 300 ? 1 : .5));
    var shuffled = new ArrayList<>(samples);
    for (int from = 0; from < shuffled.size(); from += SCRAPES) {
      Collections.shuffle(shuffled.subList(from, from + SCRAPES), new Random(from));
    }

    assertThat(monitor().judge(shuffled, END))
        .isEqualTo(monitor().judge(samples, END))
        .isNotEmpty();
  }

  @Test
  void aMonitorThatIsWrittenNowAndThenSaysTheSame() throws IOException {
    var samples =
        counter(
            Signal.RECEIVED, 400, 5, (window, random) -> noisy(random) * (window < 300 ? 1 : .5));
    samples.addAll(
        counter(Signal.ERRORS, 400, 5, (window, random) -> window < 350 ? 0 : random.nextInt(9)));
    samples.sort((one, other) -> Long.compare(one.ts(), other.ts()));
    var expected = monitor().judge(samples, END);
    var stepped = new ArrayList<LinkWarning>();

    var monitor = monitor();
    for (int window = 0; window < 400; window += 10) {
      long from = window * WINDOW;
      long to = from + 10 * WINDOW;
      stepped.addAll(
          monitor.judge(
              samples.stream().filter(one -> one.ts() >= from && one.ts() < to).toList(), END));
      var bytes = new ByteArrayOutputStream();
      monitor.write(new DataOutputStream(bytes));
      monitor = monitor();
      monitor.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    assertThat(expected).extracting(LinkWarning::series).contains(Signal.RECEIVED, Signal.ERRORS);
    assertThat(stepped).isEqualTo(expected);
  }

  @Test
  void stateOfAnotherDetectorIsRefused() throws IOException {
    var bytes = new ByteArrayOutputStream();
    monitor(LinkDetector.ENSEMBLE).write(new DataOutputStream(bytes));
    var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));

    assertThatThrownBy(() -> monitor().read(in))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is of the detector ensemble, not neighbours");
  }

  @Test
  void anotherVersionIsRefused() {
    var in = new DataInputStream(new ByteArrayInputStream(new byte[] {9}));

    assertThatThrownBy(() -> monitor().read(in))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 9, this release reads 1");
  }
}
