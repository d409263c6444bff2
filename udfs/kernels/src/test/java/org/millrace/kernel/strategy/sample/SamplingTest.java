package org.millrace.kernel.strategy.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SamplingTest {

  @Property
  void aBalancedBudgetIsSpentAndAsEvenAsSizesAllow(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 30) Integer> list,
      @ForAll @IntRange(max = 200) int total) {
    var sizes = list.stream().mapToLong(Integer::longValue).toArray();

    var given = Budget.balanced(sizes, total);

    assertThat(Arrays.stream(given).sum()).isEqualTo(Math.min(total, Arrays.stream(sizes).sum()));
    long most = Arrays.stream(given).max().orElseThrow();
    for (int i = 0; i < sizes.length; i++) {
      assertThat(given[i]).isBetween(0L, sizes[i]);
      assertThat(given[i] == sizes[i] || given[i] >= most - 1)
          .as("cluster %d gives %d of %d, another %d", i, given[i], sizes[i], most)
          .isTrue();
    }
  }

  @Property
  void aProportionalBudgetIsSpentAndWithinOneOfItsShare(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 30) Integer> list,
      @ForAll @IntRange(max = 200) int total) {
    var sizes = list.stream().mapToLong(Integer::longValue).toArray();
    long all = Arrays.stream(sizes).sum();

    var given = Budget.proportional(sizes, total);

    assertThat(Arrays.stream(given).sum()).isEqualTo(Math.min(total, all));
    for (int i = 0; i < sizes.length; i++) {
      double share = (double) sizes[i] / all * Math.min(total, all);
      assertThat((double) given[i]).isBetween(share - 1.0001, share + 1.0001);
    }
  }

  @Test
  void soManyFromEach() {
    assertThat(Budget.perCluster(new long[] {5, 1, 0}, 2)).containsExactly(2, 1, 0);
  }

  @Test
  void theNearestComesFirstAndTheOthersAreDrawn() {
    var ids = LongStream.range(100, 200).toArray();
    var distances = IntStream.range(0, 100).mapToDouble(i -> i == 40 || i == 70 ? .5 : 1).toArray();

    var sample = Sampling.of(ids, distances, 10, 3);

    assertThat(sample).hasSize(10).doesNotHaveDuplicates().startsWith(40);
    assertThat(Sampling.of(ids, distances, 20, 3)).startsWith(sample);
    assertThat(Sampling.of(ids, distances, 10, 4)).isNotEqualTo(sample).startsWith(40);
    assertThat(Sampling.of(ids, null, 1000, 3)).hasSize(100);
    assertThat(Sampling.of(new long[0], new double[0], 5, 3)).isEmpty();
  }

  @Test
  void theOrderOfInstancesDoesNotMatter() {
    long[] ids = {3, 1, 2};

    var sample = Sampling.of(ids, new double[] {1, 1, 1}, 3, 5);

    assertThat(Arrays.stream(sample).mapToLong(i -> ids[i]).toArray())
        .startsWith(1)
        .isEqualTo(
            Arrays.stream(Sampling.of(new long[] {1, 2, 3}, new double[] {1, 1, 1}, 3, 5))
                .mapToLong(i -> i + 1)
                .toArray());
  }

  @Test
  void coverageCountsDifferentStrategies() {
    var all = List.of(List.of("a"), List.of("a"), List.of("b"), List.of("a", "b"));

    assertThat(Sampling.coverage(all, List.of(List.of("a"), List.of("a")))).isEqualTo(1 / 3.0);
    assertThat(Sampling.coverage(List.of(), List.of())).isEqualTo(1);
  }

  @Test
  void aRepresentativeIsLikeTheOthersOrTheMostFrequent() {
    var strategies =
        List.of(List.of("x", "y"), List.of("a", "b"), List.of("a", "b", "c"), List.of("a", "c"));

    assertThat(Representative.medoid(strategies)).containsExactly("a", "b", "c");
    assertThat(Representative.majority(List.of(List.of("b"), List.of("a"), List.of("b"))))
        .containsExactly("b");
    assertThat(Representative.majority(List.of(List.of("b"), List.of("a")))).containsExactly("a");
  }
}
