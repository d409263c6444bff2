package org.millrace.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {

  private static final int TEXTS = 2000;

  /** On texts that it has not seen, nearly as good as Bayes' rule, which knows the sources. */
  @ParameterizedTest
  @EnumSource
  void comesNearToBayesRule(Units units) {
    var source =
        units == Units.WORDS ? TwoClasses.ofWords(200, 60, 1) : TwoClasses.ofCharacters(200, 60, 1);
    var trainer = new Trainer(units, 4, 10, 5, 1);

    var model =
        trainer.fit(
            source.draw(2 * TEXTS, "train-", 2).stream().map(TwoClasses.Drawn::example).toList());

    var unseen = source.draw(TEXTS, "test-", 3);
    double bayes = unseen.stream().filter(TwoClasses.Drawn::bayesIsRight).count() / (double) TEXTS;
    double right = unseen.stream().filter(d -> right(model, d.example())).count() / (double) TEXTS;
    assertThat(bayes).isBetween(.8, .99);
    assertThat(right).isGreaterThan(bayes - .04).isLessThan(bayes + .02);
  }

  private static boolean right(LinearClassifier model, Example example) {
    return model.probability(example.text()) > .5 == (example.label() == Label.GOOD);
  }

  /** Whoever has the shards, in whatever order examples come: equal bit by bit. */
  @Test
  void doesNotDependOnPartitionsOrOrder() {
    var trainer = new Trainer(Units.WORDS, 3, 2, 1, 5);
    var examples = new ArrayList<>(examples(100));
    var whole = trainer.fit(examples);

    Collections.shuffle(examples, new Random(1));
    var parts = new HashMap<Integer, List<Example>>();
    examples.forEach(
        e -> parts.computeIfAbsent(trainer.shard(e.id()), s -> new ArrayList<>()).add(e));
    var model = trainer.start();
    for (int epoch = 0; epoch < trainer.epochs(); epoch++) {
      var trained = new HashMap<Integer, LinearClassifier>();
      for (int shard : List.of(2, 0, 1)) {
        trained.put(shard, trainer.train(model, parts.get(shard), epoch));
      }
      model =
          Trainer.average(
              trained.entrySet().stream()
                  .sorted(Map.Entry.comparingByKey())
                  .map(Map.Entry::getValue)
                  .toList());
    }

    assertThat(model).isEqualTo(whole);
  }

  @Test
  void seedAndShardsArePartOfTheResult() {
    var examples = examples(60);
    var model = new Trainer(Units.WORDS, 2, 1, 1, 5).fit(examples);

    assertThat(new Trainer(Units.WORDS, 2, 1, 1, 6).fit(examples)).isNotEqualTo(model);
    assertThat(new Trainer(Units.WORDS, 3, 1, 1, 5).fit(examples)).isNotEqualTo(model);
  }

  @Test
  void shardsAreNearlyEqual() {
    var trainer = new Trainer(Units.WORDS, 8, 1, 1, 5);
    var sizes = new int[8];

    IntStream.range(0, 80_000).forEach(i -> sizes[trainer.shard("doc-" + i)]++);

    double error = Math.sqrt(80_000 * (1 / 8.0) * (7 / 8.0));
    for (int size : sizes) {
      assertThat((double) size).isCloseTo(10_000, within(4 * error));
    }
  }

  @Test
  void emptyTextsTeachNothing() {
    var trainer = new Trainer(Units.WORDS, 1, 1, 1, 5);
    var nothing = List.of(new Example("a", "", Label.GOOD), new Example("b", " \n", Label.BAD));

    assertThat(trainer.fit(nothing)).isEqualTo(trainer.start());
  }

  @Test
  void refusesWhatItCannotDo() {
    var trainer = new Trainer(Units.WORDS, 1, 3, 1, 5);

    assertThatThrownBy(() -> trainer.train(trainer.start(), List.of(), 3))
        .hasMessage("epochs are 0 to 2, not 3");
    assertThatThrownBy(() -> trainer.fit(List.of()))
        .hasMessage("no model to average: there are no examples");
    assertThatThrownBy(() -> new Trainer(Units.WORDS, 0, 1, 1, 5))
        .hasMessageStartingWith("shards and epochs start at 1");
    assertThatThrownBy(
            () ->
                Trainer.average(
                    List.of(trainer.start(), new Trainer(Units.CHARACTERS, 1, 1, 1, 5).start())))
        .hasMessage("models to average differ in shape");
  }

  private static List<Example> examples(int count) {
    return TwoClasses.ofWords(50, 20, 1).draw(count, "e", 2).stream()
        .map(TwoClasses.Drawn::example)
        .toList();
  }
}
