package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FirstToEndTest {

  private static final double[] SIZES = {1, 2, 4, 10};

  @Test
  void allOfThem() {
    var all = new FirstToEnd(4, 4, 4);

    assertThat(all.latency(SIZES)).isEqualTo(10);
    assertThat(all.work(SIZES)).isEqualTo(17);
  }

  @Test
  void theFirstStopsTheOthers() {
    var first = new FirstToEnd(4, 4, 1);

    assertThat(first.latency(SIZES)).isEqualTo(1);
    assertThat(first.work(SIZES)).isEqualTo(4);
  }

  @Test
  void twoOfFour() {
    var two = new FirstToEnd(4, 4, 2);

    // The shortest ends at 1, the other three have written 2 each.
    assertThat(two.latency(SIZES)).isEqualTo(2);
    assertThat(two.work(SIZES)).isEqualTo(1 + 2 + 2 + 2);
  }

  @Test
  void oneAnswerIsTheMeanSample() {
    var one = new FirstToEnd(4, 1, 3);

    assertThat(one.latency(SIZES)).isEqualTo(17 / 4.0);
    assertThat(one.work(SIZES)).isEqualTo(17 / 4.0);
  }

  @Property(tries = 200)
  void isTheMeanOverAllSubsets(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(max = 20) Integer> drawn,
      @ForAll @IntRange(min = 1, max = 9) int k,
      @ForAll @IntRange(min = 1, max = 10) int m) {
    var sizes = drawn.stream().mapToDouble(size -> size).sorted().toArray();
    int begun = Math.min(k, sizes.length);
    int last = Math.min(m, begun);

    var account = new FirstToEnd(sizes.length, begun, m);

    assertThat(account.latency(sizes))
        .isCloseTo(
            Subsets.mean(sizes.length, begun, subset -> sizes[subset[last - 1]]), within(1e-9));
    assertThat(account.work(sizes))
        .isCloseTo(
            Subsets.mean(
                sizes.length,
                begun,
                subset ->
                    IntStream.of(subset)
                        .mapToDouble(i -> Math.min(sizes[i], sizes[subset[last - 1]]))
                        .sum()),
            within(1e-9));
  }

  @Property(tries = 50)
  void manySamplesAgreeWithBestOfK(
      @ForAll @IntRange(min = 171, max = 400) int n, @ForAll @IntRange(min = 1, max = 171) int k) {
    var sizes = IntStream.range(0, n).mapToDouble(i -> 100 + (double) i * i).toArray();
    var negated = Arrays.stream(sizes).map(size -> -size).toArray();
    var ks = new int[] {k};

    // Best of k by length, of the length itself.
    assertThat(new FirstToEnd(n, k, k).latency(sizes))
        .isCloseTo(BestOfK.curve(sizes, sizes, ks)[0], within(1e-6));
    assertThat(new FirstToEnd(n, k, 1).latency(sizes))
        .isCloseTo(BestOfK.curve(negated, sizes, ks)[0], within(1e-6));
  }

  @Test
  void mathAtEightIsTheFileItself() throws IOException {
    for (var problem : SharedData.records("math100_x8_orm.jsonl.gz")) {
      var sizes = Arrays.stream(SharedData.numbers(problem.get("resp_chars"))).sorted().toArray();

      assertThat(new FirstToEnd(8, 8, 3).latency(sizes)).isEqualTo(sizes[2]);
      assertThat(new FirstToEnd(8, 8, 3).work(sizes)).isEqualTo(sizes[0] + sizes[1] + 6 * sizes[2]);
    }
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FirstToEnd(4, 5, 1))
        .withMessageContaining("n=4, k=5");
    assertThatIllegalArgumentException().isThrownBy(() -> new FirstToEnd(4, 2, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FirstToEnd(4, 2, 1).latency(new double[3]))
        .withMessageContaining("4 samples, not 3");
  }
}
