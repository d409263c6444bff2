package org.millrace.batch.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LengthBatchesTest {

  @Test
  void likeLengthsGoTogetherTheLongestFirst() {
    var batches = LengthBatches.of(new int[] {3, 9, 0, 2, 8, 20}, 2, 18);

    assertThat(batches).containsExactly(new int[] {5}, new int[] {1, 4}, new int[] {0, 3});
  }

  @Property
  void eachInputWithTokensIsInOneBatchAndNoBatchIsTooLarge(
      @ForAll @Size(max = 60) List<@IntRange(max = 50) Integer> given,
      @ForAll @IntRange(min = 1, max = 8) int rows,
      @ForAll @IntRange(min = 1, max = 200) int tokens) {
    var lengths = given.stream().mapToInt(length -> length).toArray();

    var batches = LengthBatches.of(lengths, rows, tokens);

    assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, lengths.length).filter(i -> lengths[i] > 0).toArray());
    for (var batch : batches) {
      int longest = Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
      assertThat(batch.length).isLessThanOrEqualTo(rows);
      assertThat(batch.length == 1 || batch.length * longest <= tokens).isTrue();
    }
  }
}
