package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GlobalShuffleTest {

  @Test
  void keysDifferByDocumentCopyAndSeed() {
    var keys =
        IntStream.range(0, 50_000)
            .boxed()
            .flatMap(
                i ->
                    LongStream.of(
                            GlobalShuffle.key(1, 0, "d" + i),
                            GlobalShuffle.key(1, 1, "d" + i),
                            GlobalShuffle.key(2, 0, "d" + i))
                        .boxed());

    assertThat(keys).doesNotHaveDuplicates();
    assertThat(GlobalShuffle.key(1, 0, "d7")).isEqualTo(GlobalShuffle.key(1, 0, "d7"));
  }

  @Test
  void keysAreSpreadEvenly() {
    var counts = new int[16];
    IntStream.range(0, 16_000)
        .forEach(i -> counts[(int) (GlobalShuffle.key(3, 0, "source:" + i) >>> 60)]++);

    // A bin has 1000 expected with a deviation of 31.
    assertThat(Arrays.stream(counts)).allMatch(count -> count > 850 && count < 1150);
  }

  @Test
  void twoCopiesAreInUnrelatedOrders() {
    long same =
        IntStream.range(0, 9_999)
            .filter(
                i ->
                    GlobalShuffle.key(1, 0, "d" + i) < GlobalShuffle.key(1, 0, "d" + (i + 1))
                        == GlobalShuffle.key(1, 1, "d" + i)
                            < GlobalShuffle.key(1, 1, "d" + (i + 1)))
            .count();

    assertThat(same).isBetween(4700L, 5300L);
  }
}
