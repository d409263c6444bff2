package org.millrace.batch.strategies.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrategyPredictorTest {

  private static final PredictorSettings SETTINGS =
      new PredictorSettings(32, .1, 5e-3, 10, 10, 300, 1, 42);

  @TempDir private Path folder;

  @BeforeAll
  static void torch() {
    assumeTrue(Torch.isThere(), "no PyTorch on the class path");
  }

  /** Two kinds of students, two of problems, four strategies of 1 to 4 skills. */
  private static Question question(int student, int problem) {
    return new Question(
        new double[] {student == 0 ? 1 : -1, 0},
        new double[] {.5, .5},
        new double[] {0, problem == 0 ? 1 : -1});
  }

  private static final List<List<String>> STRATEGIES =
      List.of(
          List.of("add"),
          List.of("carry", "add"),
          List.of("draw", "count", "count"),
          List.of("draw", "add", "carry", "add"));

  private static final List<Question> FOUR =
      List.of(question(0, 0), question(0, 1), question(1, 0), question(1, 1));

  private static StrategyPredictor trained(PredictorSettings settings) {
    var questions = new ArrayList<Question>();
    var strategies = new ArrayList<List<String>>();
    for (int i = 0; i < 40; i++) {
      questions.add(FOUR.get(i % 4));
      strategies.add(STRATEGIES.get(i % 4));
    }
    return StrategyPredictor.train(questions, strategies, settings);
  }

  @Test
  void learnsWhoDoesWhatInWhichOrder() {
    try (var predictor = trained(SETTINGS)) {
      assertThat(predictor.predict(FOUR)).isEqualTo(STRATEGIES);
      assertThat(predictor.skills()).containsExactly("add", "carry", "count", "draw");
      assertThat(predictor.epochs()).as("300 steps of 4 an epoch").hasSize(75);
      assertThat(predictor.epochs().get(74).trainingLoss()).isLessThan(.1);
    }
  }

  @Test
  void aBatchPredictsAsEachAlone() {
    try (var predictor = trained(SETTINGS.epochs(1))) {
      var many = new ArrayList<Question>();
      for (int i = 0; i < 300; i++) {
        many.add(FOUR.get(i % 4));
      }

      var predicted = predictor.predict(many);

      for (int i = 0; i < 4; i++) {
        var alone = predictor.predict(List.of(FOUR.get(i))).get(0);
        assertThat(predicted.get(i)).isEqualTo(alone).isEqualTo(predicted.get(296 + i));
      }
      assertThat(predictor.predict(List.of())).isEmpty();
    }
  }

  @Test
  void whatNeverEndsIsCut() {
    var settings = new PredictorSettings(8, 0, 1e-2, 10, 1, 60, 1, 1);
    var endless = java.util.Collections.nCopies(140, "again");
    try (var predictor =
        StrategyPredictor.train(List.of(question(0, 0)), List.of(endless), settings)) {
      assertThat(predictor.predict(List.of(question(0, 0))).get(0))
          .hasSize(StrategyPredictor.LONGEST)
          .containsOnly("again");
    }
  }

  @Test
  void comesBackFromAFolder() throws IOException {
    try (var predictor = trained(SETTINGS)) {
      predictor.save(folder.resolve("new/predictor"));

      try (var read = StrategyPredictor.load(folder.resolve("new/predictor"))) {
        assertThat(read.predict(FOUR)).isEqualTo(STRATEGIES);
        assertThat(read.skills()).isEqualTo(predictor.skills());
        assertThat(read.epochs()).isEmpty();
      }
    }
  }

  @Test
  void aFolderWithoutPredictorIsNamed() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrategyPredictor.load(folder))
        .withMessageContaining("no predictor in " + folder);
    Files.writeString(
        folder.resolve("predictor.json"),
        "{\"version\": 2, \"dimensions\": 2, \"latent\": 8, \"skills\": []}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrategyPredictor.load(folder))
        .withMessageContaining("is of version 2; train again, this one reads version 1");
    Files.writeString(folder.resolve("predictor.json"), "{\"version\": ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrategyPredictor.load(folder))
        .withMessageContaining("predictor.json is not one that save wrote");
  }

  @Test
  void theSameSeedIsTheSamePredictor() throws IOException {
    try (var one = trained(SETTINGS.epochs(1));
        var again = trained(SETTINGS.epochs(1));
        var other = trained(SETTINGS.epochs(1).seed(43))) {
      assertThat(again.epochs()).isEqualTo(one.epochs());
      assertThat(other.epochs()).isNotEqualTo(one.epochs());
      one.save(folder.resolve("one"));
      again.save(folder.resolve("again"));
    }
    try (var one = Weights.load(folder.resolve("one/weights.npz"));
        var again = Weights.load(folder.resolve("again/weights.npz"))) {
      var first = one.all().iterator();
      for (var second : again.all()) {
        assertThat(second.toFloatArray()).isEqualTo(first.next().toFloatArray());
      }
    }
  }

  @Test
  void nothingIsLeftWhenItIsClosed() throws IOException {
    int before = Memory.managers();

    for (int i = 0; i < 2; i++) {
      try (var predictor = trained(SETTINGS.epochs(1))) {
        predictor.predict(FOUR);
        predictor.save(folder);
      }
      StrategyPredictor.load(folder).close();
    }

    assertThat(Memory.managers()).isEqualTo(before);
  }

  @Test
  void questionsThatDoNotFitAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrategyPredictor.train(List.of(), List.of(), SETTINGS))
        .withMessage("a predictor learns from as many strategies as questions, not 0 from 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Question(new double[2], new double[3], new double[2]))
        .withMessage("vectors of 2, 3 and 2 numbers");
    try (var predictor = trained(SETTINGS.epochs(1))) {
      var longer = new Question(new double[3], new double[3], new double[3]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> predictor.predict(List.of(longer)))
          .withMessage("vectors of 3 numbers for a predictor of vectors of 2");
    }
  }

  @Test
  void settingsThatTrainNothingAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PredictorSettings(32, 1, 1e-3, 10, 10, 0, 1, 42))
        .withMessageContaining("dropout in [0, 1)");
  }
}
