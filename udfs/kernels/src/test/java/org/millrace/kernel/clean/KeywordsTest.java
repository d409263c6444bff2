package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KeywordsTest {

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withChars("abAB中").ofMinLength(1).ofMaxLength(4);
  }

  @Provide
  Arbitrary<List<String>> lists() {
    return words().list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("abAB中 ").ofMaxLength(40);
  }

  @Property
  void findsWhatContainsSays(@ForAll("lists") List<String> list, @ForAll("texts") String text) {
    var folded = list.stream().map(w -> w.toLowerCase(Locale.ROOT)).distinct().toList();
    var expected = folded.stream().filter(text.toLowerCase(Locale.ROOT)::contains).toList();

    var keywords = Keywords.of(list);

    assertThat(keywords.in(text)).isEqualTo(expected);
    assertThat(keywords.countIn(text)).isEqualTo(expected.size());
    assertThat(keywords.countIn(text, 1)).isEqualTo(Math.min(1, expected.size()));
    assertThat(keywords.anyIn(text)).isEqualTo(!expected.isEmpty());
  }

  @Test
  void findsWholeWordsOnly() {
    var keywords = Keywords.wholeWords(List.of("ass", "赌博"));

    assertThat(keywords.in("class assess")).isEmpty();
    assertThat(keywords.in("an ASS, 网上赌博网")).containsExactly("ass", "赌博");
    assertThat(keywords.in("中ass文")).containsExactly("ass");
  }

  @Test
  void blankAndRepeatedWordsDoNotCount() {
    assertThat(Keywords.of(List.of("", " ", "a", "A ", "b")).size()).isEqualTo(2);
    assertThat(Keywords.of(List.of()).anyIn("text")).isFalse();
  }

  @Test
  void survivesHostileText() {
    var list = List.of("a".repeat(1000) + "b", "a".repeat(500), "a");

    assertThat(Keywords.of(list).countIn("a".repeat(1_000_000))).isEqualTo(2);
  }
}
