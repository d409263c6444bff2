package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DolmaTest {

  private final DocumentStatistics statistics = new DocumentStatistics(Words.WHITESPACE);

  @Test
  void stopWordsCountWithRepeats() {
    var text = "the cats ".repeat(30);

    assertThat(RulePacks.GOPHER_QUALITY.judge(statistics.measure(text)).reason())
        .isEqualTo("gopher_enough_stop_words");
    assertThat(Dolma.QUALITY.judge(statistics.measure(text)).kept()).isTrue();
  }

  @Test
  void theMedianWordCounts() {
    var text = "the words ".repeat(30) + "x".repeat(1000);

    assertThat(Dolma.QUALITY.judge(statistics.measure(text)).kept()).isTrue();
    assertThat(RulePacks.GOPHER_QUALITY.judge(statistics.measure(text)))
        .isEqualTo(new Decision("gopher_above_avg_threshold", 1240.0 / 61));
  }

  @Test
  void allCopiesOfALineCount() {
    var decision = Dolma.REPETITION.judge(statistics.measure("a b\nc d\ne f\na b\ng h"));

    assertThat(decision).isEqualTo(new Decision("dup_line_frac", .4));
  }

  @Test
  void overlappingGramsCount() {
    var text = "a b c d e f " + "other words here ".strip() + " a b c d e f " + "and no more";

    assertThat(Dolma.REPETITION.judge(statistics.measure(text)))
        .isEqualTo(new Decision("duplicated_5_n_grams", 20.0 / 35));
  }

  @Test
  void thresholdsFallByAHundredth() {
    assertThat(Dolma.REPETITION.rules().stream().skip(2).map(Rule::threshold))
        .containsExactly(.15, .14, .13, .12, .11, .10);
    assertThat(RulePacks.named("gopher-quality-dolma")).isSameAs(Dolma.QUALITY);
  }
}
