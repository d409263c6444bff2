package org.millrace.batch.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.bestofn.MissingRating;
import org.millrace.kernel.bestofn.MissingVotes;
import org.millrace.kernel.critique.ChainVerdict;
import org.millrace.kernel.critique.Ratings;

/** What judges are told, and that our own templates ask for what is read. */
class JudgeOptionsTest {

  private static String text(JudgeTemplate template) {
    var text = new StringBuilder();
    template.parts().forEach(part -> text.append(part.name() == null ? part.text() : ""));
    return text.toString();
  }

  @Test
  void theUsualGenerativeTemplateEndsWithTheQuestionThatIsRead() {
    var options = GenerativeOptions.parse(Map.of());

    assertThat(options.votes()).isEqualTo(8);
    assertThat(options.missing()).isEqualTo(MissingVotes.LEFT_OUT);
    assertThat(options.template().has("target")).isFalse();
    assertThat(ChainVerdict.of(text(options.template()))).isEmpty();
    assertThat(ChainVerdict.of(text(options.template()) + " Yes"))
        .map(ChainVerdict::right)
        .contains(true);
  }

  @Test
  void aDirectTemplateEndsWithTheQuestion() {
    var options = GenerativeOptions.parse(Map.of("style", "direct"));

    assertThat(options.direct()).isTrue();
    assertThat(text(options.template())).endsWith("\nIs the answer correct (Yes/No)?");
  }

  @Test
  void aReferenceIsShownIfAsked() {
    assertThat(GenerativeOptions.parse(Map.of("reference", "true")).template().has("target"))
        .isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> GenerativeOptions.parse(Map.of("reference", "true", "template", "{text}")))
        .withMessageContaining("yours has {target}");
  }

  @Test
  void lineBreaksMayBeWrittenAsOnACommandLine() {
    var options = GenerativeOptions.parse(Map.of("template", "a\\nb {text}"));

    assertThat(text(options.template())).isEqualTo("a\nb ");
  }

  @Test
  void halfOfTheCritiquesCountWhereSomebodyScoresThem() {
    assertThat(CritiqueOptions.parse(Map.of("critiques", "6")).kMeta()).isEqualTo(6);
    assertThat(CritiqueOptions.parse(Map.of("critiques", "6", "meta", "engine")).kMeta())
        .isEqualTo(3);
    assertThat(CritiqueOptions.parse(Map.of("critiques", "1", "meta", "engine")).kMeta())
        .isEqualTo(1);
    assertThat(CritiqueOptions.parse(Map.of()).missing()).isEqualTo(MissingRating.DROP_CRITIQUE);
  }

  @Test
  void theUsualCritiqueTemplatesShowTheFormThatIsRead() {
    var options = CritiqueOptions.parse(Map.of("meta", "engine"));

    assertThat(Ratings.of(text(options.template()), 2)).containsExactly(5, 5);
    assertThat(Ratings.of(text(options.metaTemplate()), 1)).containsExactly(5);
  }
}
