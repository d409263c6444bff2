package org.millrace.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.jfasttext.JFastText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.kernel.clean.Languages;

/** A tiny model, trained here by fastText itself, and lid.176 where there is one. */
class FastTextModelTest {

  /** Names the file of lid.176, .bin or .ftz. */
  private static final String LID = "MILLRACE_LID176";

  @TempDir static Path folder;
  private static Path file;

  @BeforeAll
  static void train() throws IOException {
    var system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(
        !(system.contains("Linux") && system.contains("aarch64")),
        "fastText isn't made for " + system);
    var texts = folder.resolve("texts.txt");
    Files.write(
        texts,
        Collections.nCopies(50, "__label__en the harbour was quiet\n__label__zh 清晨 的 港口 很 安静"));
    new JFastText()
        .runCmd(
            new String[] {
              "supervised",
              "-input",
              texts.toString(),
              "-output",
              folder.resolve("tiny").toString(),
              "-dim",
              "8",
              "-epoch",
              "20",
              "-lr",
              "0.5",
              "-thread",
              "1",
              "-bucket",
              "100",
              "-verbose",
              "0"
            });
    file = folder.resolve("tiny.bin");
  }

  @Test
  void predictsWhatItWasTaught() {
    try (var model = FastTextModel.load(file)) {
      assertThat(model.predict("the harbour").get().label()).isEqualTo("en");
      assertThat(model.predict("港口 很 安静").get().label()).isEqualTo("zh");
      assertThat(model.predict("the harbour was quiet").get().probability()).isBetween(.9, 1.0);
    }
  }

  @Test
  void givesTheProbabilityOfEachLabel() {
    try (var model = FastTextModel.load(file)) {
      var text = "the harbour 港口";

      assertThat(model.labels()).containsExactlyInAnyOrder("en", "zh");
      double both =
          model.probability(text, "en").getAsDouble() + model.probability(text, "zh").getAsDouble();
      assertThat(both).isCloseTo(1, within(1e-3));
      assertThat(model.probability(text, model.predict(text).get().label()).getAsDouble())
          .isEqualTo(model.predict(text).get().probability());
      assertThatThrownBy(() -> model.probability(text, "fr")).hasMessageContaining("\"fr\"");
    }
  }

  @Test
  void readsATextAsOneLine() {
    try (var model = FastTextModel.load(file)) {
      assertThat(model.predict("the\nharbour\r\nwas\0quiet"))
          .isEqualTo(model.predict("the harbour  was quiet"));
    }
  }

  @Test
  void isALanguageIdentifier() {
    try (var model = FastTextModel.load(file)) {
      var language = Languages.of(model).identify("清晨 的 港口");

      assertThat(language.label()).isEqualTo("zh");
      assertThat(language.script()).isEqualTo("Hani");
      assertThat(Languages.of(model).identify("123").label()).isEqualTo("und");
    }
  }

  @Test
  void isTheSameForThreads() {
    try (var model = FastTextModel.load(file)) {
      var alone = model.predict("the quiet 港口");

      assertThat(Stream.generate(() -> "the quiet 港口").limit(5000).parallel().map(model::predict))
          .containsOnly(alone);
    }
  }

  @Test
  void refusesToPredictWhenClosed() {
    var model = FastTextModel.load(file);
    model.close();
    model.close();

    assertThatThrownBy(() -> model.predict("a")).hasMessage("the fastText model is closed");
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    var text = Files.writeString(folder.resolve("a.bin"), "no model at all");
    var absent = folder.resolve("absent.ftz");

    assertThatThrownBy(() -> FastTextModel.load(absent))
        .hasMessage("no fastText model " + absent + ": give the path of a .bin or .ftz file");
    assertThatThrownBy(() -> FastTextModel.load(text))
        .hasMessage(
            text
                + " is no fastText classifier: it doesn't begin as one; give a whole .bin or .ftz"
                + " file");
  }

  /** A file cut off anywhere is refused before fastText reads it. */
  @Test
  void refusesAFileCutOff() throws IOException {
    var bytes = Files.readAllBytes(file);
    var cut = folder.resolve("cut.bin");
    for (int length : new Random(1).ints(40, 8, bytes.length).toArray()) {
      Files.write(cut, Arrays.copyOf(bytes, length));

      assertThatThrownBy(() -> FastTextModel.load(cut)).hasMessageContaining("it is cut off");
    }
    Files.write(cut, Arrays.copyOf(bytes, bytes.length + 1));
    assertThatThrownBy(() -> FastTextModel.load(cut)).hasMessageContaining("1 bytes follow it");
  }

  @ParameterizedTest
  @CsvSource({
    "en, The harbour was quiet in the morning before the first boats came back.",
    "fr, Le port était calme le matin avant le retour des premiers bateaux.",
    "zh, 清晨的港口很安静，第一批渔船还没有回来。",
    "zh, 清晨的港口很安靜，第一批漁船還沒有回來。",
    "ja, 朝の港は静かで、最初の船はまだ帰っていなかった。"
  })
  void lid176KnowsLanguages(String label, String text) {
    var path = System.getenv(LID);
    assumeTrue(path != null, "set " + LID + " to the file of lid.176");
    try (var model = FastTextModel.load(Path.of(path))) {
      var language = Languages.of(model).identify(text);

      assertThat(language.label()).isEqualTo(label);
      assertThat(language.score()).isGreaterThan(.8);
    }
  }
}
