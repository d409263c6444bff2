package org.millrace.kernel.critique;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResponseOrderTest {

  @Property
  void everyResponseIsShownOnceAndFoundAgain(
      @ForAll long seed, @ForAll String key, @ForAll @IntRange(max = 20) int responses) {
    var order = ResponseOrder.of(seed, key, responses);

    assertThat(Arrays.stream(order).sorted().toArray())
        .containsExactly(java.util.stream.IntStream.range(0, responses).toArray());
    var shown = Arrays.stream(order).mapToDouble(i -> 100 + i).toArray();
    var found = ResponseOrder.undo(shown, order);
    for (int i = 0; i < responses; i++) {
      assertThat(found[i]).isEqualTo(100 + i);
    }
  }

  @Test
  void everyResponseIsAtEveryPlaceAsOften() {
    int critiques = 30_000;
    var at = new int[3][3];

    for (int i = 0; i < critiques; i++) {
      var order = ResponseOrder.of(42, "p#" + i, 3);
      for (int place = 0; place < 3; place++) {
        at[place][order[place]]++;
      }
    }

    // A binomial of 10,000 has a deviation of 82.
    for (var place : at) {
      for (int often : place) {
        assertThat(often).isBetween(9_590, 10_410);
      }
    }
  }

  @Test
  void theSameKeyHasTheSameOrderAndAnotherSeedAnother() {
    var order = ResponseOrder.of(1, "p#0", 30);

    assertThat(ResponseOrder.of(1, "p#0", 30)).containsExactly(order);
    assertThat(ResponseOrder.of(2, "p#0", 30)).isNotEqualTo(order);
    assertThat(ResponseOrder.of(1, "p#1", 30)).isNotEqualTo(order);
  }
}
