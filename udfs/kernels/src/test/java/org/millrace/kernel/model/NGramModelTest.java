package org.millrace.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NGramModelTest {

  private static final int UNKNOWN = '鑫';

  private static NGramCounts count(Units units, int order, int bound, List<String> texts) {
    var counts = NGramCounts.empty(units, order, bound);
    texts.forEach(counts::add);
    return counts;
  }

  /** Every symbol met, the end and the unknown one, after any history. */
  @Property(tries = 200)
  void probabilitiesSumToOne(
      @ForAll @Size(min = 1, max = 5) List<@Chars({'a', 'b', '中', '文', ' '}) String> texts,
      @ForAll @IntRange(min = 1, max = 5) int order,
      @ForAll @IntRange(min = 1, max = 30) int bound,
      @ForAll @Size(5) List<@Chars({'a', 'b', '中', '鑫'}) Character> history) {
    var model = NGramModel.of(count(Units.CHARACTERS, order, bound, texts));
    var symbols = new HashSet<Integer>(List.of(UNKNOWN, NGramCounts.END));
    for (var text : texts) {
      NGramCounts.forEach(text, Units.CHARACTERS, 1, (contexts, symbol) -> symbols.add(symbol));
    }
    var contexts = new long[order];
    NGramCounts.hash(history.stream().mapToInt(c -> c).toArray(), contexts);

    double sum = symbols.stream().mapToDouble(s -> model.probability(contexts, s)).sum();

    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  /** By hand: of "ab" with n = 1 each of a, b and the end has 1/6 + 3/6 · 1/4, an unknown 1/8. */
  @Test
  void isWittenAndBellsFormula() {
    var model = NGramModel.of(count(Units.CHARACTERS, 1, 100, List.of("ab")));

    assertThat(model.perplexity("ab")).isCloseTo(1 / (7 / 24.0), within(1e-12));
    assertThat(model.perplexity("鑫"))
        .isCloseTo(Math.pow(1 / 8.0 * 7 / 24.0, -1 / 2.0), within(1e-12));
    assertThat(model.perplexity("")).isCloseTo(24 / 7.0, within(1e-12));
  }

  /** Without counts a single symbol, the unknown one, has all probability. */
  @Test
  void knowsNothingWithoutCounts() {
    var model = NGramModel.of(NGramCounts.empty(Units.WORDS, 3, 10));

    assertThat(model.perplexity("any text")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void findsItsOwnTextLikelierThanAShuffledOne(Units units) {
    var words = new ArrayList<String>();
    var random = new SplittableRandom(1);
    int word = 0;
    for (int i = 0; i < 3000; i++) {
      word = (word * 3 + random.nextInt(3)) % 50; // three of fifty may follow
      words.add(units == Units.WORDS ? "w" + word + " " : "" + (char) ('一' + word));
    }
    var text = String.join("", words);
    var shuffled = new ArrayList<>(words);
    Collections.shuffle(shuffled, new Random(2));

    var model = NGramModel.of(count(units, 3, NGramCounts.BOUND, List.of(text)));

    double own = model.perplexity(text);
    assertThat(own).isBetween(1.5, 4.0);
    assertThat(model.perplexity(String.join("", shuffled))).isGreaterThan(3 * own);
  }

  /** Counting by parts, in any order and grouping, gives the same bytes, at the bound too. */
  @Property(tries = 300)
  void mergingIsAssociativeAndCommutative(
      @ForAll @Size(3) List<@AlphaChars @StringLength(max = 60) String> texts,
      @ForAll @IntRange(min = 1, max = 60) int bound) {
    var whole = bytes(count(Units.CHARACTERS, 4, bound, texts));

    for (var order : List.of(List.of(0, 1, 2), List.of(2, 0, 1), List.of(1, 2, 0))) {
      var left = count(Units.CHARACTERS, 4, bound, List.of(texts.get(order.get(0))));
      left.merge(count(Units.CHARACTERS, 4, bound, List.of(texts.get(order.get(1)))));
      left.merge(count(Units.CHARACTERS, 4, bound, List.of(texts.get(order.get(2)))));

      var right = count(Units.CHARACTERS, 4, bound, List.of(texts.get(order.get(1))));
      right.merge(count(Units.CHARACTERS, 4, bound, List.of(texts.get(order.get(2)))));
      var first = count(Units.CHARACTERS, 4, bound, List.of(texts.get(order.get(0))));
      first.merge(right);

      assertThat(bytes(left)).isEqualTo(whole);
      assertThat(bytes(first)).isEqualTo(whole);
    }
  }

  @Test
  void tablesAreBounded() {
    var random = new SplittableRandom(1);
    var text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append((char) ('一' + random.nextInt(2000)));
    }

    var counts = count(Units.CHARACTERS, 5, 1000, List.of(text.toString()));

    assertThat(counts.size(1)).isBetween(1900, 2001);
    for (int n = 2; n <= 5; n++) {
      assertThat(counts.size(n)).isBetween(1, 1000);
    }
    assertThat(NGramModel.of(counts).perplexity("一丁七")).isFinite().isGreaterThan(1);
  }

  @Test
  void countsAreReadAsTheyWereWritten() throws IOException {
    var counts = count(Units.WORDS, 3, 100, List.of("The cat, the dog", "中文 words"));
    var bytes = bytes(counts);

    var read = NGramCounts.read(new ByteArrayInputStream(bytes));

    assertThat(bytes(read)).isEqualTo(bytes);
    assertThat(NGramModel.of(read).perplexity("the cat"))
        .isEqualTo(NGramModel.of(counts).perplexity("the cat"));
  }

  @Test
  void refusesWhatAreNoCounts() {
    var bytes = bytes(count(Units.WORDS, 2, 100, List.of("the cat")));

    assertThatThrownBy(() -> NGramCounts.read(new ByteArrayInputStream(new byte[100])))
        .hasMessage("no n-gram counts: it doesn't begin as them; count the texts again");
    for (int length = 0; length < bytes.length; length++) {
      var cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> NGramCounts.read(new ByteArrayInputStream(cut)))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(
            () ->
                NGramCounts.empty(Units.WORDS, 2, 100)
                    .merge(NGramCounts.empty(Units.WORDS, 3, 100)))
        .hasMessage("counts to merge differ in units, order or bound");
    assertThatThrownBy(() -> NGramCounts.empty(Units.WORDS, 6, 100))
        .hasMessage("an order is 1 to 5 and a bound 1 to 2^26, not 6 and 100");
  }

  private static byte[] bytes(NGramCounts counts) {
    var out = new ByteArrayOutputStream();
    try {
      counts.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
