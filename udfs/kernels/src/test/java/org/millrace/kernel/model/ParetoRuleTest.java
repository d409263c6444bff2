package org.millrace.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParetoRuleTest {

  private static final int DOCUMENTS = 200_000;

  private final ParetoRule rule = ParetoRule.seeded(42);

  /** The table of the facts page, and the share kept within four standard errors of it. */
  @ParameterizedTest
  @CsvSource({
    "9, 1, 1",
    "9, .95, .645",
    "9, .9, .424",
    "9, .8, .194",
    "9, .7, .094",
    "9, .5, .026",
    "9, 0, .002",
    "3, 0, .125"
  })
  void keepsTheShareOfTheTable(double alpha, double score, double share) {
    var rule = new ParetoRule(alpha, 7);

    long kept = IntStream.range(0, DOCUMENTS).filter(i -> rule.keeps("doc-" + i, score)).count();

    double chance = rule.probability(score);
    double error = Math.sqrt(chance * (1 - chance) / DOCUMENTS);
    assertThat(chance).isCloseTo(share, within(.0005));
    assertThat((double) kept / DOCUMENTS).isCloseTo(chance, within(4 * error));
  }

  @Test
  void doesNotDependOnOrder() {
    var ids = new ArrayList<>(IntStream.range(0, 1000).mapToObj(i -> "doc-" + i).toList());
    var kept = ids.stream().filter(id -> rule.keeps(id, .9)).toList();

    Collections.shuffle(ids, new Random(1));

    assertThat(ids.stream().filter(id -> rule.keeps(id, .9)).toList())
        .containsExactlyInAnyOrderElementsOf(kept);
  }

  @Test
  void seedsAreIndependent() {
    var other = ParetoRule.seeded(43);
    double chance = rule.probability(.9);

    long both =
        IntStream.range(0, DOCUMENTS)
            .mapToObj(i -> "doc-" + i)
            .filter(id -> rule.keeps(id, .9) && other.keeps(id, .9))
            .count();

    double expected = chance * chance;
    double error = Math.sqrt(expected * (1 - expected) / DOCUMENTS);
    assertThat((double) both / DOCUMENTS).isCloseTo(expected, within(4 * error));
  }

  @Property
  void whoIsKeptIsKeptWithABetterScore(
      @ForAll String id,
      @ForAll @DoubleRange(max = 1) double a,
      @ForAll @DoubleRange(max = 1) double b) {
    boolean worse = rule.keeps(id, Math.min(a, b));
    boolean better = rule.keeps(id, Math.max(a, b));

    assertThat(better || !worse).isTrue();
    assertThat(rule.draw(id)).isGreaterThanOrEqualTo(0);
  }

  @Test
  void refusesWhatIsNoScore() {
    for (double score : List.of(-.1, 1.1, Double.NaN)) {
      assertThatThrownBy(() -> rule.keeps("a", score))
          .hasMessage("a score is 0 to 1, not " + score);
    }
    assertThatThrownBy(() -> new ParetoRule(0, 1)).hasMessage("alpha is a number above 0, not 0.0");
  }
}
