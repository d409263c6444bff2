package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PhraseGateTest {

  private static final List<String> PHRASES = List.of("ab a", "baab", "a bab");

  private final PhraseGate gate = new PhraseGate(PHRASES);
  private final Keywords words = Keywords.of(PHRASES);

  /** Few letters, so that phrases and their beginnings are common. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("aAbB xK").ofMaxLength(40);
  }

  @Property
  void letsEveryPhraseThrough(@ForAll("texts") String text) {
    var characters = ("b" + text).toCharArray();

    if (words.anyIn(text)) {
      assertThat(gate.mayOccur(characters, 1, characters.length)).isTrue();
    }
  }

  @Property
  void stopsWhatBeginsNoPhrase(@ForAll("texts") String text) {
    var beginnings = Keywords.of(PHRASES.stream().map(p -> p.substring(0, 4)).toList());

    assertThat(gate.mayOccur(text.toCharArray(), 0, text.length()))
        .isEqualTo(beginnings.anyIn(text));
  }
}
