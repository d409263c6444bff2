package org.millrace.streaming.anomaly.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LstmTest {

  @ParameterizedTest
  @CsvSource({"3, 1", "1, 2", "1, 4", "2, 3"})
  void gradientIsThatOfFiniteDifferences(int sequences, int steps) {
    var random = new Random(sequences * 10L + steps);
    var weights = random.doubles(Lstm.WEIGHTS, -0.8, 0.8).toArray();
    var inputs = random.doubles(sequences * steps, -1, 2).toArray();
    var targets = random.doubles(sequences * steps, -1, 2).toArray();
    var lstm = new Lstm(steps);
    var gradient = new double[Lstm.WEIGHTS];
    lstm.gradient(weights, inputs, targets, sequences, steps, gradient);

    var ignored = new double[Lstm.WEIGHTS];
    double h = 1e-5;
    for (int j = 0; j < Lstm.WEIGHTS; j++) {
      double weight = weights[j];
      weights[j] = weight + h;
      double above = lstm.gradient(weights, inputs, targets, sequences, steps, ignored);
      weights[j] = weight - h;
      double below = lstm.gradient(weights, inputs, targets, sequences, steps, ignored);
      weights[j] = weight;

      assertThat(gradient[j]).as("weight %d", j).isCloseTo((above - below) / (2 * h), within(1e-8));
    }
  }

  @Test
  void hasTheWeightsOfOneLayerOfTenUnits() {
    assertThat(Lstm.WEIGHTS).isEqualTo(491);
  }

  @Test
  void trainingReducesTheError() {
    var lstm = new Lstm(2);
    double[] inputs = {0, 1};
    double[] targets = {1, 0.5};
    var weights = new double[Lstm.WEIGHTS];
    lstm.train(weights, 1, inputs, targets, 1, 2);

    double after = lstm.gradient(weights, inputs, targets, 1, 2, new double[Lstm.WEIGHTS]);

    assertThat(after).isLessThan(0.1);
  }

  @Test
  void trainingDependsOnItsSeedAlone() {
    double[] inputs = {0, 0.5, 1};
    double[] targets = {0.2, 0, 1};
    var first = new double[Lstm.WEIGHTS];
    var again = new double[Lstm.WEIGHTS];
    var other = new double[Lstm.WEIGHTS];
    var used = new Lstm(3);
    used.train(again, 9, targets, inputs, 1, 3);

    new Lstm(3).train(first, 7, inputs, targets, 1, 3);
    used.train(again, 7, inputs, targets, 1, 3);
    used.train(other, 8, inputs, targets, 1, 3);

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void foretellsALineBetweenItsEndAndItsContinuation() {
    var training = new Training(3);

    double forecast = training.onPositions(new double[] {10, 12, 14}, 140);

    assertThat(forecast).isBetween(10.0, 16.0);
  }

  @Test
  void foretellsAConstantNearly() {
    double forecast = new Training(3).onPositions(new double[] {45, 45, 45}, 140);

    assertThat(forecast).isNotEqualTo(45).isCloseTo(45, within(0.5));
  }
}
