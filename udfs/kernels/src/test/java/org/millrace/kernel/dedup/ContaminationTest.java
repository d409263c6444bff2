package org.millrace.kernel.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.dedup.Contamination.Hit;
import org.millrace.kernel.dedup.Contamination.Item;

class ContaminationTest {

  private static final Item FIRST = new Item("task", "1");
  private static final Item SECOND = new Item("task", "2");

  private final Contamination sets = new Contamination(13, 20);

  /** Different words, from the first of them up to one. */
  private static String words(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "" + (char) ('a' + i / 26) + (char) ('a' + i % 26))
        .collect(Collectors.joining(" "));
  }

  /** Different Chinese characters. */
  private static String characters(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Character.toString(0x4E00 + i))
        .collect(Collectors.joining());
  }

  @Test
  void thirteenSharedWordsAreFoundAndTwelveAreNot() {
    sets.add(FIRST, words(0, 30));

    assertThat(sets.hits("before " + words(5, 18) + " after"))
        .containsExactly(new Hit(FIRST, 1, words(5, 18)));
    assertThat(sets.hits("before " + words(5, 17) + " after")).isEmpty();
  }

  @Test
  void twentySharedCharactersAreFoundAndNineteenAreNot() {
    sets.add(FIRST, characters(0, 40));

    assertThat(sets.hits("前面" + characters(5, 25) + "后面"))
        .containsExactly(new Hit(FIRST, 1, characters(5, 25)));
    assertThat(sets.hits("前面" + characters(5, 24) + "后面")).isEmpty();
  }

  @Test
  void anItemShorterThanAnNGramFindsNothingAndIsCounted() {
    sets.add(FIRST, words(0, 12));
    sets.add(SECOND, characters(0, 19));
    sets.add(new Item("task", "3"), "");
    sets.add(new Item("task", "4"), words(0, 13));

    assertThat(sets.tooShort()).isEqualTo(3);
    assertThat(sets.items()).hasSize(4);
    assertThat(sets.hits(words(0, 12) + characters(0, 19))).isEmpty();
  }

  @Test
  void anItemOfHalfChineseCharactersIsChinese() {
    var half = characters(0, 13) + "abcdefghijklm";
    var less = characters(0, 13) + "abcdefghijklmn";
    sets.add(FIRST, half);
    sets.add(SECOND, less);

    assertThat(sets.tooShort()).isZero();
    assertThat(sets.hits(half)).extracting(Hit::item).containsExactly(FIRST);
  }

  @Test
  void anItemOfFewChineseCharactersIsFoundByThoseAndItsWords() {
    var sentence = words(0, 20) + characters(0, 20);
    sets.add(FIRST, sentence);

    assertThat(sets.hits("前" + characters(0, 20))).extracting(Hit::item).containsExactly(FIRST);
    assertThat(sets.hits(words(2, 15))).extracting(Hit::item).containsExactly(FIRST);
    // Twenty Latin characters are three words, which any text may have.
    assertThat(sets.hits("x " + words(0, 7) + " x")).isEmpty();
  }

  @Test
  void anNGramOfTwoTasksIsFoundForBoth() {
    var other = new Item("other", "1");
    sets.add(FIRST, words(0, 13));
    sets.add(other, words(0, 13));

    assertThat(sets.hits(words(0, 13))).extracting(Hit::item).containsExactly(FIRST, other);
  }

  @Test
  void traditionalAndSimplifiedChineseAreTheSame() {
    sets.add(FIRST, "電腦網絡與軟體工程師學習後來說話時間問題報紙書");

    assertThat(sets.hits("电脑网络与软件工程师学习后来说话时间问题报纸书")).extracting(Hit::item).containsExactly(FIRST);
  }

  @Test
  void aMixedDocumentIsReadBothWays() {
    sets.add(FIRST, characters(0, 20));
    sets.add(SECOND, words(0, 13));

    var hits = sets.hits(characters(0, 20) + "。\n\n" + words(0, 13) + "\n");

    assertThat(hits)
        .containsExactly(new Hit(SECOND, 1, words(0, 13)), new Hit(FIRST, 1, characters(0, 20)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The quick brown fox, 3 of them, jumps over the lazy old dog again today.",
        "the QUICK brown fox — 7.5 of them; jumps\nover the “lazy” old dog again today",
        "thé quick  brown fox 3 of thêm jumps over the lazy old dog again TODAY!"
      })
  void caseMarksNumbersAndPunctuationMakeNoDifference(String document) {
    sets.add(FIRST, "The quick brown fox: 3 of them jumps over the lazy old dog again today");

    assertThat(sets.hits(document))
        .containsExactly(
            new Hit(FIRST, 3, "the quick brown fox 0 of them jumps over the lazy old dog"));
  }

  @Test
  void everyPlaceOfASharedNGramCounts() {
    sets.add(FIRST, words(0, 14));

    var once = sets.hits(words(0, 14));
    var twice = sets.hits(words(0, 13) + " and " + words(1, 14) + " and " + words(0, 13));

    assertThat(once).containsExactly(new Hit(FIRST, 2, words(0, 13)));
    assertThat(twice).containsExactly(new Hit(FIRST, 3, words(0, 13)));
  }

  @Test
  void anNGramOfTwoItemsIsTheFirstOnes() {
    sets.add(FIRST, words(0, 13));
    sets.add(SECOND, words(0, 20));

    assertThat(sets.hits(words(0, 13))).extracting(Hit::item).containsExactly(FIRST);
    assertThat(sets.hits(words(0, 20)))
        .containsExactly(new Hit(FIRST, 1, words(0, 13)), new Hit(SECOND, 7, words(1, 14)));
  }

  @Test
  void theFirstSharedCharactersAreToldAsTheyStand() {
    sets.add(FIRST, characters(0, 21));

    var hits = sets.hits("\uD840\uDC00\uD83D\uDE00" + characters(0, 21));

    assertThat(hits).containsExactly(new Hit(FIRST, 2, characters(0, 20)));
  }

  @Test
  void nothingAddedNothingFound() {
    assertThat(sets.hits(words(0, 50) + characters(0, 50))).isEmpty();
    assertThat(sets.items()).isEmpty();
    assertThat(sets.tooShort()).isZero();
  }

  @Test
  void anNGramHasAUnit() {
    assertThatThrownBy(() -> new Contamination(0, 20)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Contamination(13, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
