package org.millrace.batch.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static List<Plan> plan(Recipe recipe) {
    return Plan.of(recipe, recipe.steps());
  }

  private static List<Plan> plan(String... steps) {
    return plan(Recipe.of(List.of(steps)));
  }

  @Test
  void stepsThatLookAtOneDocumentAreOneReading() {
    var plans = plan("language", "clean", "clean");

    assertThat(plans).hasSize(1);
    assertThat(plans.get(0).name()).isEqualTo("01-clean");
    assertThat(plans.get(0).alone()).isNull();
    assertThat(plans.get(0).parts())
        .extracting(Reading.Part::step)
        .containsExactly("language", "clean", "clean");
  }

  @Test
  void aStepThatLooksAtTheCorpusIsAStageOfItsOwn() {
    var plans = plan("clean", "dedup", "language", "clean", "lines", "lines");

    assertThat(plans)
        .extracting(Plan::name)
        .containsExactly("01-clean", "02-dedup", "03-clean", "04-lines", "05-lines");
    assertThat(plans.get(1).alone()).isInstanceOf(DedupPass.class);
    assertThat(plans.get(1).parts()).isEmpty();
    assertThat(plans.get(2).parts())
        .extracting(Reading.Part::step)
        .containsExactly("language", "clean");
  }

  @Test
  void extractionIsAReadingAndNavigationAStage() {
    var whole = plan("extract", "clean");
    var without =
        plan(Recipe.of(List.of("extract", "clean")).with(Map.of("extract.site-lines", "false")));

    assertThat(whole)
        .extracting(Plan::name)
        .containsExactly("01-extract", "02-navigation", "03-clean");
    assertThat(whole.get(1).alone()).isInstanceOf(NavigationPass.class);
    assertThat(without).extracting(Plan::name).containsExactly("01-clean");
  }

  @Test
  void theInputIsReadByAStageOfItsOwnIfNothingElseReadsIt() {
    assertThat(plan("dedup", "review"))
        .extracting(Plan::name)
        .containsExactly("01-read", "02-dedup", "03-review");
    assertThat(plan("vocabulary"))
        .extracting(Plan::name)
        .containsExactly("01-read", "02-vocabulary");
  }

  @Test
  void optionsTellRunsApart() {
    var recipe = Recipe.of(List.of("language", "clean", "dedup"));

    var plans = plan(recipe);
    var other = plan(recipe.with(Map.of("language.keep", "zh", "dedup.unit", "words")));

    assertThat(plan(recipe))
        .extracting(Plan::options)
        .isEqualTo(plans.stream().map(Plan::options).toList());
    assertThat(other.get(0).options()).isNotEqualTo(plans.get(0).options()).contains("keep", "zh");
    assertThat(other.get(1).options()).isNotEqualTo(plans.get(1).options()).contains("words");
  }
}
