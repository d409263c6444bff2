package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

class BpeTrainerTest {

  private static final String END = "<|endoftext|>";

  @Test
  void learnsTheMostFrequentPairFirst() {
    var model = BpeTrainer.of(260, List.of(END)).train(Map.of("low", 5L, "lot", 2L, "new", 3L));

    assertThat(tokens(model, 257)).containsExactly("lo", "low", "ew");
    assertThat(model.encode("low new lot"))
        .containsExactly(258, 1 + ' ', 1 + 'n', 259, 1 + ' ', 257, 1 + 't');
  }

  @Test
  void ofEquallyFrequentPairsTheFirstBytesWin() {
    var model = BpeTrainer.of(259, List.of()).train(Map.of("zz", 2L, "ab", 2L, "ü", 2L, "aa", 2L));

    assertThat(tokens(model, 256)).containsExactly("aa", "ab", "zz");
  }

  @Test
  void aRarePairIsNotLearned() {
    var counts = Map.of("ab", 3L, "cd", 2L, "ef", 1L);

    assertThat(BpeTrainer.of(500, List.of()).train(counts).merges()).isEqualTo(2);
    assertThat(BpeTrainer.of(500, List.of()).minimumFrequency(1).train(counts).merges())
        .isEqualTo(3);
    assertThat(BpeTrainer.of(500, List.of()).minimumFrequency(3).train(counts).merges())
        .isEqualTo(1);
  }

  @Test
  void noMergeSpellsASpecialToken() {
    var model = BpeTrainer.of(300, List.of("pad", "x!")).train(Map.of("pads", 9L, "pad", 9L));

    assertThat(tokens(model, 258)).doesNotContain("pad").contains("ad");
    assertThat(model.decode(model.encode("pads"))).isEqualTo("pads");
  }

  @Test
  void wordCountsOfTextsAddUp() {
    var trainer = BpeTrainer.of(300, List.of());

    assertThat(trainer.wordCounts("a b\na b b"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", 2L, " b", 3L, "\n", 1L));
  }

  @Test
  void aLongWordIsCountedInPieces() {
    var trainer = BpeTrainer.of(300, List.of()).longestWord(7);
    var words = new ArrayList<String>();
    trainer.forEachWord("字".repeat(5) + " abcdefgh", words::add);

    assertThat(words).containsExactly("字字", "字字", "字", " abcdef", "gh");
    assertThatThrownBy(() -> trainer.train(Map.of("abcdefgh", 1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 7 bytes");
  }

  @Test
  void refusesWhatItCantTrain() {
    assertThatThrownBy(() -> BpeTrainer.of(256, List.of(END)))
        .hasMessageContaining("take at least 257");
    assertThatThrownBy(() -> BpeTrainer.of(300, List.of(END, END))).hasMessageContaining("rename");
    assertThatThrownBy(() -> BpeTrainer.of(300, List.of("a"))).hasMessageContaining("rename");
    assertThatThrownBy(() -> BpeTrainer.of(300, List.of()).minimumFrequency(0))
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> BpeTrainer.of(300, List.of()).train(Map.of("a", 0L)))
        .hasMessageContaining("counted 0 times");
  }

  // Few letters, so that runs, overlaps and ties are common.
  @Property
  @Domain(DomainContext.Global.class)
  void learnsWhatCountingAnewLearns(
      @ForAll @Size(max = 12)
          List<@CharRange(from = 'a', to = 'c') @StringLength(max = 9) String> words,
      @ForAll @Size(12) List<@LongRange(min = 1, max = 4) Long> counts,
      @ForAll @IntRange(max = 30) int merges,
      @ForAll @LongRange(min = 1, max = 3) long minimum) {
    var wordCounts = counts(words, counts);
    var naive = NaiveBpe.train(wordCounts, merges, minimum);

    var model = BpeTrainer.of(256 + merges, List.of()).minimumFrequency(minimum).train(wordCounts);

    assertThat(pairs(model)).isEqualTo(naive);
    for (String word : words) {
      assertThat(Arrays.stream(model.encode(word)).mapToObj(t -> latin(model, t)).toList())
          .isEqualTo(NaiveBpe.encode(word, naive));
    }
  }

  @Property(tries = 100)
  @Domain(Texts.class)
  void learnsWhatCountingAnewLearnsOfAnyText(@ForAll String text) {
    var counts = BpeTrainer.of(300, List.of()).wordCounts(text.repeat(2) + text);

    var model = BpeTrainer.of(300, List.of()).train(counts);

    assertThat(pairs(model)).isEqualTo(NaiveBpe.train(counts, 44, 2));
    assertThat(IntStream.range(0, 256 + model.merges()).mapToObj(t -> latin(model, t)))
        .doesNotHaveDuplicates();
  }

  @Property(tries = 100)
  @Domain(DomainContext.Global.class)
  void orderOfWordsAndDivisionOfCountsDontMatter(
      @ForAll @Size(min = 1, max = 20)
          List<@CharRange(from = 'a', to = 'd') @StringLength(min = 1, max = 6) String> words,
      @ForAll long seed) {
    var entries = new ArrayList<Map.Entry<String, Long>>();
    words.forEach(word -> entries.add(Map.entry(word, 1L)));
    Collections.shuffle(entries, new Random(seed));
    var together = new HashMap<String, Long>();
    words.forEach(word -> together.merge(word, 1L, Long::sum));

    var trainer = BpeTrainer.of(280, List.of()).minimumFrequency(1);

    assertThat(pairs(trainer.train(entries.iterator()))).isEqualTo(pairs(trainer.train(together)));
  }

  @Test
  void aSmallerVocabularyIsTheBeginningOfALargerOne() {
    var counts = BpeTrainer.of(300, List.of()).wordCounts("the cat sat on the mat ".repeat(9));

    var small = pairs(BpeTrainer.of(262, List.of()).train(counts));
    var large = pairs(BpeTrainer.of(272, List.of()).train(counts));

    assertThat(large.subList(0, 6)).isEqualTo(small);
    assertThat(large).hasSizeGreaterThan(6);
  }

  private static Map<String, Long> counts(List<String> words, List<Long> counts) {
    var wordCounts = new HashMap<String, Long>();
    for (int i = 0; i < words.size(); i++) {
      wordCounts.merge(words.get(i), counts.get(i), Long::sum);
    }
    return wordCounts;
  }

  private static List<NaiveBpe.Pair> pairs(BpeModel model) {
    int special = model.specialTokens().size();
    return IntStream.range(0, model.merges())
        .mapToObj(
            rank ->
                new NaiveBpe.Pair(
                    latin(model, special + model.left(rank)),
                    latin(model, special + model.right(rank))))
        .toList();
  }

  private static List<String> tokens(BpeModel model, int from) {
    return IntStream.range(from, model.vocabularySize())
        .mapToObj(token -> new String(model.bytes(token), StandardCharsets.UTF_8))
        .toList();
  }

  private static String latin(BpeModel model, int token) {
    return new String(model.bytes(token), StandardCharsets.ISO_8859_1);
  }
}
