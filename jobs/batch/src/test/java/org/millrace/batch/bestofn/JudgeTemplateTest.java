package org.millrace.batch.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.batch.bestofn.JudgeTemplate.Part;

class JudgeTemplateTest {

  @Test
  void bracesAroundAnythingButAPlaceAreText() {
    var template =
        JudgeTemplate.of("{a} of {text}, {{prompt}}", List.of("text"), List.of("prompt"));

    assertThat(template.parts())
        .containsExactly(
            new Part("{a} of ", null),
            new Part(null, "text"),
            new Part(", {", null),
            new Part(null, "prompt"),
            new Part("}", null));
    assertThat(template.has("prompt")).isTrue();
    assertThat(template.has("target")).isFalse();
  }

  @Test
  void aPlaceThatIsNeededMustBeThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JudgeTemplate.of("{prompt}", List.of("text"), List.of("prompt")))
        .withMessage("the template must have {text} in it");
  }
}
