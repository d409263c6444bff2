package org.millrace.streaming.anomaly.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.streaming.anomaly.FerryBox;

class RePad2Test {

  private static final RePad2Config UNIT =
      RePad2Config.paper().withDenominator(RePad2Config.Denominator.UNIT);

  @Test
  void firstVerdictOfThePaperIsOnTheEighthPoint() {
    var verdicts = verdicts(detector(UNIT), 20, 20, 21, 20, 20, 21, 20, 20);

    assertThat(verdicts.subList(0, 7)).containsOnly(Verdict.WARMING_UP);
    assertThat(verdicts.get(7)).isNotEqualTo(Verdict.WARMING_UP);
  }

  @Test
  void firstGuardedVerdictIsOnceThirtyErrorsAreKnown() {
    var detector = detector(RePad2Config.guarded());
    var verdicts = new ArrayList<Verdict>();
    for (int t = 0; t < 40; t++) {
      verdicts.add(detector.observe(20 + t % 3));
    }

    assertThat(verdicts.subList(0, 35)).containsOnly(Verdict.WARMING_UP);
    assertThat(verdicts.subList(35, 40)).doesNotContain(Verdict.WARMING_UP);
  }

  @Test
  void trainsOnceAPointFromTheThirdToTheSeventhAndThenOnlyOnNeed() {
    var detector = detector(UNIT);
    var trainings = new ArrayList<Long>();
    for (int t = 0; t < 50; t++) {
      detector.observe(0.5 + t % 2);
      trainings.add(detector.trainings());
    }

    assertThat(trainings.subList(0, 7)).containsExactly(0L, 0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(trainings.get(49)).isLessThan(15);
  }

  @Test
  void aNormalPointKeepsTheModelAndAnAnomalyToo() {
    var detector = detector(RePad2Config.guarded());
    for (int t = 0; t < 200; t++) {
      detector.observe(20 + t % 3);
    }
    assertThat(detector.observe(20)).isEqualTo(Verdict.NORMAL);
    double kept = detector.expected();
    long trainings = detector.trainings();

    assertThat(detector.observe(400)).isEqualTo(Verdict.ANOMALOUS);

    assertThat(detector.expected()).isNotEqualTo(kept).isBetween(18.0, 24.0);
    assertThat(detector.trainings()).isEqualTo(trainings + 1);
    assertThat(detector.score()).isGreaterThan(detector.threshold());
  }

  @Test
  void afterAnAnomalyTheNextPointTrainsAtOnce() {
    var detector = detector(RePad2Config.guarded());
    for (int t = 0; t < 200; t++) {
      detector.observe(20 + t % 3);
    }
    detector.observe(400);
    long trainings = detector.trainings();

    detector.observe(21);

    assertThat(detector.trainings()).isEqualTo(trainings + 1);
  }

  @Test
  void theErrorAfterTrainingReplacesTheOneBefore() {
    var detector = detector(RePad2Config.guarded());
    double before = 0;
    for (int t = 0; t < 200; t++) {
      detector.observe(20 + t % 3);
      before = t == 198 ? relative(detector, 20) : before;
    }
    double last = relative(detector, 21);

    assertThat(detector.observe(400)).isEqualTo(Verdict.ANOMALOUS);

    assertThat(detector.score())
        .isCloseTo((before + last + relative(detector, 400)) / 3, within(1e-12));
  }

  private static double relative(Detector detector, double value) {
    return Math.abs(value - detector.expected()) / value;
  }

  @ParameterizedTest
  @EnumSource(LstmInput.class)
  void aNewLevelBecomesTheBaseline(LstmInput input) {
    var detector = detector(RePad2Config.guarded().withInput(input));
    var random = new Random(1);
    for (int t = 0; t < 300; t++) {
      detector.observe(20 + random.nextDouble());
    }
    assertThat(detector.observe(60)).isEqualTo(Verdict.ANOMALOUS);
    for (int t = 0; t < 30; t++) {
      detector.observe(60 + random.nextDouble());
    }

    assertThat(detector.observe(60)).isEqualTo(Verdict.NORMAL);
    assertThat(detector.expected()).isBetween(58.0, 63.0);
  }

  @ParameterizedTest
  @EnumSource(LstmInput.class)
  void aSeriesThatNeverChangesIsNeverAnomalous(LstmInput input) {
    for (double level : new double[] {0, 1e-3, 45, -1e6}) {
      var detector = detector(RePad2Config.guarded().withInput(input));
      for (int t = 0; t < 2000; t++) {
        assertThat(detector.observe(level)).isNotEqualTo(Verdict.ANOMALOUS);
      }
    }
  }

  @Test
  void aGapForgetsTheLookBackAndKeepsModelAndErrors() {
    var detector = detector(RePad2Config.guarded());
    var random = new Random(1);
    for (int t = 0; t < 200; t++) {
      detector.observe(20 + random.nextDouble());
    }
    double threshold = detector.threshold();
    long trainings = detector.trainings();

    detector.afterGap();

    for (int t = 0; t < 7; t++) {
      assertThat(detector.observe(20 + random.nextDouble())).isEqualTo(Verdict.WARMING_UP);
    }
    assertThat(detector.observe(20.5)).isEqualTo(Verdict.NORMAL);
    assertThat(detector.threshold()).isCloseTo(threshold, within(0.2 * threshold));
    assertThat(detector.trainings()).isLessThanOrEqualTo(trainings + 1);
  }

  @Property(tries = 60)
  void saysWhatThePseudocodeSays(@ForAll @IntRange(min = 0, max = 100_000) int seed) {
    var random = new Random(seed);
    for (var config : configurations(random.nextLong(), 1 + random.nextInt(64))) {
      var detector = detector(config);
      var naive = new NaiveRePad2(config, "ship", "salinity");
      double level = random.nextInt(3) * 10;
      for (int t = 0; t < 400; t++) {
        if (random.nextInt(80) == 0) {
          level = random.nextGaussian() * 30;
        }
        double value = level + (seed % 2 == 0 ? random.nextGaussian() : random.nextInt(2));

        assertThat(detector.observe(value))
            .as("%s at %d", config, t)
            .isEqualTo(naive.observe(value));
      }
    }
  }

  private static List<RePad2Config> configurations(long seed, int history) {
    return List.of(
        UNIT.withHistory(history).withSeed(seed),
        RePad2Config.paper().withSeed(seed),
        RePad2Config.guarded().withHistory(Math.max(30, history)).withSeed(seed));
  }

  @Test
  void saysWhatThePseudocodeSaysOfFerryBox() throws IOException {
    var ferryBox = FerryBox.load();
    for (var config : List.of(UNIT, RePad2Config.guarded().withHistory(60))) {
      for (int variable = 0; variable < ferryBox.names().size(); variable++) {
        var detector = detector(config);
        var naive = new NaiveRePad2(config, "ship", "salinity");
        var values = ferryBox.column(variable);
        for (int t = 0; t < 1500; t++) {
          assertThat(detector.observe(values[t]))
              .as("%s at %d", ferryBox.names().get(variable), t)
              .isEqualTo(naive.observe(values[t]));
        }
      }
    }
  }

  @Test
  void theHardestValuesLeaveFiniteScores() {
    for (var config : List.of(RePad2Config.paper(), UNIT, RePad2Config.guarded())) {
      var detector = detector(config);
      double[] values = {0, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 1, -0.0};
      for (int t = 0; t < 300; t++) {
        detector.observe(values[t * t % 7 % values.length]);
        assertThat(detector.score()).isFinite().isNotNegative();
        assertThat(detector.threshold()).isPositive();
      }
    }
  }

  @Test
  void refusesWhatIsNotFinite() {
    assertThatThrownBy(() -> detector(UNIT).observe(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value is not finite: NaN");
  }

  @Test
  void seedsOfGuardedSeriesDifferAndThoseOfThePaperDoNot() {
    assertThat(RePad2Config.paper().seedOf("a", "b")).isEqualTo(140);
    assertThat(RePad2Config.guarded().seedOf("a", "b"))
        .isNotEqualTo(RePad2Config.guarded().seedOf("ab", ""))
        .isNotEqualTo(RePad2Config.guarded().withSeed(141).seedOf("a", "b"))
        .isEqualTo(RePad2Config.guarded().seedOf("a", "b"));
  }

  private static RePad2 detector(RePad2Config config) {
    return new RePad2Factory(config).create("ship", "salinity");
  }

  private static List<Verdict> verdicts(Detector detector, double... values) {
    var verdicts = new ArrayList<Verdict>();
    for (var value : values) {
      verdicts.add(detector.observe(value));
    }
    return verdicts;
  }
}
