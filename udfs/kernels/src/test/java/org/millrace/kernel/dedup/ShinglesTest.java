package org.millrace.kernel.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.dedup.Shingles.Unit;

class ShinglesTest {

  private static final Shingles CHARACTERS = Shingles.of(Unit.CHARACTERS, 5);

  @Test
  void charactersAreCodePoints() {
    assertThat(CHARACTERS.hashes("你\uD83D\uDE00a\uD842\uDFB7é好"))
        .containsExactly(hash("你\uD83D\uDE00a\uD842\uDFB7é"), hash("\uD83D\uDE00a\uD842\uDFB7é好"));
  }

  @Test
  void wordsAreJoinedBySpaces() {
    assertThat(Shingles.of(Unit.WORDS, 3).hashes("The quick, brown  fox\njumped"))
        .containsExactly(
            hash("the quick brown"), hash("quick brown fox"), hash("brown fox jumped"));
  }

  @Test
  void fewerUnitsThanAShingleHasGiveNone() {
    assertThat(CHARACTERS.hashes("")).isEmpty();
    assertThat(CHARACTERS.hashes("一")).isEmpty();
    assertThat(CHARACTERS.hashes("\uD83D\uDE00一二三 ")).isEmpty();
    assertThat(Shingles.of(Unit.WORDS, 5).hashes("one two three four")).isEmpty();
  }

  @Test
  void asManyUnitsAsAShingleHasGiveOne() {
    assertThat(CHARACTERS.hashes(" 一二三四五 ")).containsExactly(hash("一二三四五"));
    assertThat(Shingles.of(Unit.WORDS, 1).hashes("One")).containsExactly(hash("one"));
  }

  @Test
  void aTextAsItStandsKeepsItsCaseAndItsEmptyWords() {
    assertThat(ofForm(Shingles.of(Unit.CHARACTERS, 2), "aBＣ"))
        .containsExactly(hash("aB"), hash("BＣ"));
    assertThat(ofForm(Shingles.of(Unit.WORDS, 1), "a  B "))
        .containsExactly(hash("a"), hash(""), hash("B"), hash(""));
    assertThat(ofForm(Shingles.of(Unit.WORDS, 1), "")).isEmpty();
  }

  @Property
  void aNormalFormAsItStandsHasTheShinglesOfItsText(@ForAll String text, @ForAll Unit unit) {
    var shingles = Shingles.of(unit, 2);

    assertThat(ofForm(shingles, shingles.normalForm(text))).isEqualTo(shingles.hashes(text));
  }

  @Test
  void repeatedShinglesStay() {
    assertThat(Shingles.of(Unit.CHARACTERS, 2).hashes("哈哈哈")).hasSize(2).containsOnly(hash("哈哈"));
  }

  @Test
  void aVeryLongTextComesInBlocks() {
    var text = "数据\uD83D\uDE00".repeat(400_000);
    var lengths = new ArrayList<Integer>();

    CHARACTERS.forEachBlock(text, (hashes, length) -> lengths.add(length));

    assertThat(lengths.stream().mapToInt(x -> x).sum()).isEqualTo(1_200_000 - 4);
    assertThat(lengths.stream().mapToInt(x -> x).max()).hasValue(1024);
  }

  @Test
  void differentShinglesHaveDifferentHashes() {
    var hashes =
        IntStream.range(0, 1_000_000)
            .mapToLong(i -> hash("%c%c中".formatted(0x4E00 + i / 1000, 0x4E00 + i % 1000)));

    assertThat(hashes.distinct().count()).isEqualTo(1_000_000);
  }

  @Test
  void sizeMustBePositive() {
    assertThatThrownBy(() -> Shingles.of(Unit.WORDS, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a shingle needs 1 unit or more, not 0");
  }

  @Test
  void unitsHaveNames() {
    assertThat(Unit.of("Words")).isEqualTo(Unit.WORDS);
    assertThatThrownBy(() -> Unit.of("lines"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a shingle's unit is characters or words, not 'lines'");
  }

  @Property
  void charactersAsByCuttingStrings(
      @ForAll String text, @ForAll @IntRange(min = 1, max = 9) int n) {
    // Text that isn't UTF-16 counts as what Java's encoder makes of it.
    var form =
        new String(
                NormalForm.characters(text).getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8)
            .codePoints()
            .toArray();

    var expected =
        IntStream.rangeClosed(0, form.length - n).mapToLong(i -> hash(new String(form, i, n)));

    assertThat(Shingles.of(Unit.CHARACTERS, n).hashes(text)).isEqualTo(expected.toArray());
  }

  @Property
  void wordsAsByCuttingLists(
      @ForAll List<@IntRange(min = 0, max = 99) Integer> letters,
      @ForAll @IntRange(min = 1, max = 6) int n) {
    var words = letters.stream().map(i -> "w" + (char) ('a' + i % 26)).toList();

    var expected =
        IntStream.rangeClosed(0, words.size() - n)
            .mapToLong(i -> hash(String.join(" ", words.subList(i, i + n))));

    assertThat(Shingles.of(Unit.WORDS, n).hashes(String.join("  ", words)))
        .isEqualTo(expected.toArray());
  }

  private static long[] ofForm(Shingles shingles, String form) {
    var hashes = LongStream.builder();
    shingles.forEachBlockOfForm(
        form.getBytes(StandardCharsets.UTF_8),
        (block, length) -> Arrays.stream(block, 0, length).forEach(hashes));
    return hashes.build().toArray();
  }

  private static long hash(String shingle) {
    var bytes = shingle.getBytes(StandardCharsets.UTF_8);
    return XxHash64.hash(bytes, 0, bytes.length, XxHash64.SEED);
  }
}
