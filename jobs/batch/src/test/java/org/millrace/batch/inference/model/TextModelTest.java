package org.millrace.batch.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks on tiny models whose outputs are reckoned by hand. */
class TextModelTest {

  // Tokens: ? 0, a 1, b 2, c 3, # 4.
  private static final String WORDS = WordTokens.json("a", "b", "c", "#");

  @TempDir Path folder;

  private TextModel open(OnnxFile model, int maxTokens) {
    var location = model.write(folder, WORDS).toString();
    return TextModel.open(new ModelSpec(new ModelFolder(location), maxTokens));
  }

  @Test
  void embedsByTheMeanOfAllTokensAndByTheFirst() {
    var table = new float[][] {{9, 9}, {3, 0}, {0, 4}, {5, 5}, {7, 7}};
    try (var model = open(OnnxFile.lookup(table), 8)) {

      var mean = model.apply(new Embed(Pooling.MEAN), List.of("a b", "a", "a a a b b b b"));
      var first = model.apply(new Embed(Pooling.CLS), List.of("b a a"));

      // (3/2, 4/2), (3, 0) and (9/7, 16/7) at length 1.
      assertThat(mean.get(0).value()).containsExactly(new float[] {.6f, .8f}, within(1e-6f));
      assertThat(mean.get(1).value()).containsExactly(1, 0);
      assertThat(mean.get(2).value())
          .containsExactly(
              new float[] {(float) (9 / Math.sqrt(337)), (float) (16 / Math.sqrt(337))},
              within(1e-6f));
      assertThat(first.get(0).value()).containsExactly(0, 1);
    }
  }

  @Test
  void nullInNullOutInTheOrderOfTheInputs() {
    var table = new float[][] {{0}, {1}, {-2}, {0}, {0}};
    try (var model = open(OnnxFile.sums(table), 8)) {

      var scores =
          model.apply(
              new ScoreAnswer(Template.LINES, TooLong.FAULT),
              Arrays.asList(null, new Answer("a", "a a"), null, new Answer("b", "a")));

      assertThat(scores).extracting(Result::value).containsExactly(null, 3.0, null, -1.0);
      assertThat(scores).extracting(Result::fault).containsOnlyNulls();
    }
  }

  @Test
  void inputsOfManyLengthsGiveWhatEachGivesAlone() {
    var table = new float[][] {{0}, {1}, {10}, {100}, {0}};
    var task = new ScoreAnswer(new Template("{text}"), TooLong.FAULT);
    var answers =
        IntStream.range(1, 200)
            .mapToObj(i -> new Answer("", "a ".repeat(i % 37) + "b ".repeat(i % 11) + "c"))
            .toList();
    try (var model = open(OnnxFile.sums(table), 64)) {

      var together = model.apply(task, answers);

      for (int i = 0; i < answers.size(); i++) {
        assertThat(together.get(i).value()).isEqualTo((i + 1) % 37 + (i + 1) % 11 * 10 + 100);
      }
    }
  }

  @Test
  void aPairIsReadAsTwoTexts() {
    var table = new float[][] {{0}, {1}, {10}, {0}, {0}};
    try (var model = open(OnnxFile.sums(table), 8)) {

      var score = model.apply(new ScoreAnswer(null, TooLong.FAULT), new Answer("a a", "b"));

      assertThat(score.value()).isEqualTo(12);
    }
  }

  @Test
  void twoClassesScoreAsTheProbabilityOfTheSecond() {
    var table = new float[][] {{0, 0}, {0, (float) Math.log(3)}, {0, 0}, {0, 0}, {0, 0}};
    try (var model = open(OnnxFile.sums(table), 8)) {

      var score =
          model.apply(new ScoreAnswer(new Template("{text}"), TooLong.FAULT), new Answer("", "a"));
      var classes = model.apply(new Classify(), "a");

      assertThat(score.value()).isCloseTo(.75, within(1e-6));
      assertThat(classes.value()).containsExactly(new double[] {.25, .75}, within(1e-6));
    }
  }

  @Test
  void anOutputATokenScoresAtTheLastTokenThatIsNoPadding() {
    var table = new float[][] {{50}, {1}, {2}, {3}, {4}};
    try (var model = open(OnnxFile.lookup(table), 8)) {

      var scores =
          model.apply(
              new ScoreAnswer(new Template("{text}"), TooLong.FAULT),
              List.of(new Answer("", "a b c"), new Answer("", "c b")));

      assertThat(scores).extracting(Result::value).containsExactly(3.0, 2.0);
    }
  }

  @Test
  void eachStepIsScoredAtItsTagWithWhatStandsBeforeIt() {
    // Good minus bad adds up along the text: a is good by ln 2, b bad by ln 4.
    float ln2 = (float) Math.log(2);
    var table = new float[][] {{0, 0}, {0, ln2}, {2 * ln2, 0}, {0, 0}, {0, 0}};
    var task = new ScoreSteps(Template.LINES, " # ", "\n\n", null);
    try (var model = open(OnnxFile.runningSums(table), 16)) {

      var scores =
          model.apply(task, List.of(new Answer("c", "a\n\na c\n\n\n\nb"), new Answer("a", "c")));

      // Sums of ln 2: 1, 2, 0 in the first; 1 in the second.
      assertThat(scores.get(0).value())
          .containsExactly(new double[] {2 / 3.0, 4 / 5.0, 1 / 2.0}, within(1e-6));
      assertThat(scores.get(1).value()).containsExactly(new double[] {2 / 3.0}, within(1e-6));
    }
  }

  @Test
  void aModelThatWritesIsReadAtTheTwoLabels() {
    // At the tag: b, the good label, ln 9 over c, the bad one; a, the likeliest, has no say.
    var table =
        new float[][] {
          {0, 0, 0, 0, 0},
          {0, 0, 0, 0, 0},
          {0, 0, 0, 0, 0},
          {0, 0, 0, 0, 0},
          {0, 50, (float) Math.log(9), 0, 0}
        };
    try (var model = open(OnnxFile.lookup(table), 16)) {

      var scores =
          model.apply(
              new ScoreSteps(Template.LINES, " # ", "\n\n", new Labels("b", "c")),
              new Answer("a", "a"));

      assertThat(scores.value()).containsExactly(new double[] {.9}, within(1e-6));
    }
  }

  @Test
  void anAnswerThatHasTheTagsAlreadyIsSplitAtThem() {
    var table = new float[][] {{0}, {0}, {0}, {0}, {(float) Math.log(3)}};
    try (var model = open(OnnxFile.runningSums(table), 16)) {

      var scores =
          model.apply(
              new ScoreSteps(Template.LINES, " # ", "\n\n", null), new Answer("a", "a # b # c #"));

      assertThat(scores.value())
          .containsExactly(new double[] {3 / 4.0, 9 / 10.0, 27 / 28.0}, within(1e-6));
    }
  }

  @Test
  void aTagInThePromptIsAFaultOfItsRow() {
    try (var model = open(OnnxFile.lookup(new float[5][1]), 16)) {

      var result =
          model.apply(
              new ScoreSteps(Template.LINES, " # ", "\n\n", null), new Answer("a # b", "a"));

      assertThat(result.value()).isNull();
      assertThat(result.fault())
          .isEqualTo(
              "1 steps, but the step tag '#' is 2 times among the tokens of prompt and answer");
    }
  }

  @Test
  void aLongAnswerIsAFaultUnlessItMayBeCut() {
    var table = new float[][] {{0}, {1}, {0}, {0}, {0}};
    var answer = new Answer("", "a a a a a");
    try (var model = open(OnnxFile.sums(table), 4)) {

      var fault = model.apply(new ScoreAnswer(new Template("{text}"), TooLong.FAULT), answer);
      var cut = model.apply(new ScoreAnswer(new Template("{text}"), TooLong.CUT), answer);

      assertThat(fault.fault()).isEqualTo("more than max-tokens 4 tokens");
      assertThat(cut.value()).isEqualTo(4);
    }
  }

  @Test
  void aTextFarLongerThanTheModelReadsIsCutAsAShorterOne() {
    var table = new float[][] {{0}, {1}, {0}, {0}, {0}};
    var spaced = "a" + " ".repeat(200_000) + "a a a";
    try (var model = open(OnnxFile.sums(table), 4)) {

      var cut =
          model.apply(
              new ScoreAnswer(new Template("{text}"), TooLong.CUT),
              List.of(new Answer("", "a ".repeat(300_000)), new Answer("", spaced)));

      assertThat(cut).extracting(Result::value).containsExactly(4.0, 4.0);
    }
  }

  @Test
  void aScoreThatIsNoNumberIsAFaultOfItsRow() {
    var table = new float[][] {{0}, {Float.NaN}, {1}, {0}, {0}};
    try (var model = open(OnnxFile.sums(table), 4)) {

      var scores =
          model.apply(
              new ScoreAnswer(new Template("{text}"), TooLong.CUT),
              List.of(new Answer("", "a"), new Answer("", "b")));

      assertThat(scores.get(0).fault()).isEqualTo("the model's score is NaN");
      assertThat(scores.get(1).value()).isEqualTo(1);
    }
  }

  @Test
  void aModelThatMeasuresRangesIsAskedAboutOneTextAtATime() {
    // The range of c would leave nothing of a and b in 8 bits.
    var table = new float[][] {{0, 0}, {.3f, .1f}, {.1f, .3f}, {1000, 1000}, {0, 0}};
    var task = new Embed(Pooling.MEAN);
    try (var model = open(OnnxFile.quantised(table), 4)) {

      var alone = model.apply(task, "a b a");
      var together = model.apply(task, List.of("c c", "a b a", "c"));

      assertThat(together.get(1).value()).containsExactly(alone.value());
      assertThat(alone.value()[0]).isGreaterThan(alone.value()[1]);
    }
  }

  @Test
  void whatTheModelCantDoIsSaidInOneLine() {
    try (var model = open(OnnxFile.sums(new float[5][3]), 4)) {

      assertThatThrownBy(() -> model.apply(new Embed(Pooling.MEAN), "a"))
          .hasMessage(
              "the model %s: to embed takes an output of (rows, tokens, width), not [1, 3]",
              folder);
      assertThatThrownBy(
              () -> model.apply(new ScoreAnswer(null, TooLong.CUT), new Answer("a", "b")))
          .hasMessageContaining("not [1, 3]")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aLabelBeyondTheOutputIsSaidInOneLine() {
    try (var model = open(OnnxFile.lookup(new float[5][3]), 8)) {
      var task = new ScoreSteps(Template.LINES, " # ", "\n\n", new Labels("a", "c"));

      assertThatThrownBy(() -> model.apply(task, new Answer("a", "a")))
          .hasMessageEndingWith("the label 'c' is token 3, but the model's output has 3");
    }
  }

  @Test
  void anInputThatNoTextGivesIsNamed() {
    assertThatThrownBy(() -> open(OnnxFile.reads("pixel_values"), 4))
        .hasMessage(
            "the model %s reads [pixel_values]; a text can give it input_ids, attention_mask,"
                + " token_type_ids, position_ids, the first of them always",
            folder);
  }

  @Test
  void anOutputThatIsNoFloatIsNamed() {
    try (var model = open(OnnxFile.identity(), 4)) {
      assertThatThrownBy(() -> model.apply(new Classify(), "a"))
          .hasMessage(
              "the model %s gives out of type int64; export it with 32-bit outputs", folder);
    }
  }

  @Test
  void aMissingOrBrokenFileIsNamed() throws Exception {
    assertThatThrownBy(() -> new ModelFolder(folder.toString()).files())
        .hasMessage("no .onnx file in " + folder);
    assertThatThrownBy(() -> new ModelFolder(folder + "/none").files())
        .hasMessage("no folder with a model, and no .onnx file: " + folder + "/none");

    Files.writeString(folder.resolve("model.onnx"), "no model");
    assertThatThrownBy(() -> new ModelFolder(folder.toString()).files())
        .hasMessageStartingWith("no tokenizer.json beside " + folder.resolve("model.onnx"));

    Files.writeString(folder.resolve("tokenizer.json"), WORDS);
    assertThatThrownBy(() -> TextModel.open(new ModelSpec(new ModelFolder(folder.toString()), 4)))
        .hasMessageStartingWith(folder.resolve("model.onnx") + " is no ONNX model")
        .hasMessageNotContaining("\n");

    Files.writeString(folder.resolve("tokenizer.json"), "{");
    assertThatThrownBy(() -> TextModel.open(new ModelSpec(new ModelFolder(folder.toString()), 4)))
        .hasMessageStartingWith(folder.resolve("tokenizer.json") + " is no Hugging Face")
        .hasMessageNotContaining("\n");
  }
}
