package org.millrace.batch.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.millrace.batch.corpus.Recipe.Entry;
import org.millrace.command.UserError;

class RecipeTest {

  /** For the parameters of a test. */
  static final List<String> SHIPPED = Recipe.SHIPPED;

  private static Recipe read(String yaml) {
    return Recipe.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "my.yaml");
  }

  @ParameterizedTest
  @FieldSource("SHIPPED")
  void everyShippedRecipeCanRun(String name) throws IOException {
    var recipe = Recipe.shipped(name);

    assertThat(Plan.of(recipe, recipe.steps())).isNotEmpty();
  }

  @Test
  void pangusStepsComeInItsOrder() throws IOException {
    assertThat(Recipe.shipped("pangu").entries())
        .extracting(Entry::step)
        .containsExactly(
            "extract", "clean", "navigation", "clean", "dedup", "vocabulary", "pack", "review");
  }

  @Test
  void aStepIsANameOrANameWithOptions() {
    var recipe =
        read(
            """
            steps:
              - extract: {mode: strip, site-lines: false}
              - clean:
                  rules: [pangu, symbols]
              - lines:
              - dedup
            """);

    assertThat(recipe.entries())
        .containsExactly(
            new Entry("extract", Map.of("mode", "strip", "site-lines", "false")),
            new Entry("clean", Map.of("rules", "pangu,symbols")),
            new Entry("lines", Map.of()),
            new Entry("dedup", Map.of()));
    assertThat(recipe.steps()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          steps: [clean       | --recipe my.yaml: not valid YAML: line 1:
          steps: !!java.x [a] | --recipe my.yaml: not valid YAML: line 1:
          ~~                  | --recipe my.yaml: a recipe is a list named steps
          clean               | --recipe my.yaml: a recipe is a list named steps
          steps: clean        | --recipe my.yaml: a recipe is a list named steps
          steps: []           | --recipe my.yaml: a recipe is a list named steps
          step: [clean]       | --recipe my.yaml: a recipe is a list named steps
          steps: [3]          | --recipe my.yaml: '3' is no step
          steps: [clean: x]   | --recipe my.yaml: '{clean=x}' is no step
          steps: [[clean]]    | --recipe my.yaml: '[clean]' is no step
          steps: [null]       | --recipe my.yaml: 'null' is no step
          """)
  void whatIsNoRecipeIsOneLine(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(UserError.class)
        .message()
        .contains(message)
        .doesNotContain("\n");
  }

  @Test
  void theLineOfAFaultIsTold() {
    assertThatThrownBy(() -> read("steps:\n  - clean\n  - dedup: {unit: words\n"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--recipe my.yaml: not valid YAML: line 4: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          cleaning                            | no step 'cleaning'; the steps are extract, navigation,
          null: {}                            | no step 'null'; the steps are
          dedup: {unity: words}               | step dedup: Unknown option: '--unity=words'; its options are [
          dedup: {null: words}                | step dedup: Unknown option
          dedup: {unit: bytes}                | step dedup: Invalid value for option '--unit'
          dedup: {threshold: high}            | step dedup: Invalid value for option '--threshold'
          dedup: {index: perhaps}             | step dedup: Invalid value for option '--index'
          dedup: {threshold: 0}               | dedup.threshold: above 0, up to 1, not 0.0
          dedup: {threshold: .nan}            | dedup.threshold
          dedup: {size: 0}                    | dedup.size: 1 or more, not 0
          dedup: {keep: best}                 | step dedup: Invalid value for option '--keep': 'best' is not longest, first or best-score
          dedup: {profile: best}              | dedup.profile: no
          dedup: {profile: 0x6}               | dedup.profile:
          clean: {rules: [normal, gopher]}    | clean.rules: no rule 'gopher'; there are adverts,
          clean: {adverts: nowhere.txt}       | clean.adverts: no such file: nowhere.txt
          extract: {block-list: nowhere.txt}  | extract.block-list: no such file: nowhere.txt
          navigation: {percent: 0}            | navigation:
          filter                              | filter: give good and bad, or model, or fasttext
          filter: {good: a.txt}               | filter: give good and bad, or model, or fasttext
          filter: {model: a, limit: 2}        | filter: limit is 0 to 1
          decontaminate                       | decontaminate.benchmarks: name one test set or more
          decontaminate: {benchmarks: a.txt, words: 0} | decontaminate: words and characters are 1
          vocabulary: {size: 256}             | vocabulary: size is 257 or more
          review: {order: 6}                  | review: samples is 1 or more, order 1 to 5
          """)
  void aWrongStepOrOptionIsOneLine(String step, String message) {
    var recipe = read("steps: [" + (step.contains("{") ? "{" + step + "}" : step) + "]");

    assertThatThrownBy(recipe::steps)
        .isInstanceOf(UserError.class)
        .message()
        .startsWith(message)
        .doesNotContain("\n");
  }

  @Test
  void aListThatIsNotUtf8IsOneLine(@TempDir Path folder) throws IOException {
    var list = Files.write(folder.resolve("list.txt"), new byte[] {'a', (byte) 0xE9, '\n'});

    for (var option : List.of("clean.sensitive", "clean.bad-words", "extract.block-list")) {
      var recipe = Recipe.of(List.of("extract", "clean")).with(Map.of(option, list.toString()));
      assertThatThrownBy(recipe::steps)
          .isInstanceOf(UserError.class)
          .hasMessage(option + ": " + list + " is not UTF-8");
    }
  }

  @Test
  void setChangesAnOptionOfEveryStepOfTheName() throws IOException {
    var recipe =
        Recipe.shipped("pangu").with(Map.of("clean.advert-hits", "2", "dedup.unit", "words"));

    assertThat(recipe.entries())
        .filteredOn(entry -> entry.step().equals("clean"))
        .hasSize(2)
        .allSatisfy(entry -> assertThat(entry.options()).containsEntry("advert-hits", "2"))
        .extracting(entry -> entry.options().get("rules"))
        .doesNotHaveDuplicates();
    assertThat(recipe.entries().get(4).options()).containsEntry("unit", "words");
  }

  @ParameterizedTest
  @CsvSource({"filter.limit", "clean", "cleaning.rules", ".rules"})
  void setOfAStepThatIsNotThereIsOneLine(String name) {
    var recipe = Recipe.of(List.of("clean", "dedup"));

    assertThatThrownBy(() -> recipe.with(Map.of(name, "1")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--set %s=1: write STEP.OPTION=VALUE with a step of the recipe: clean, dedup"
                .formatted(name));
  }
}
