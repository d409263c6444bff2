package org.millrace.kernel.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.dedup.Shingles.Unit;

class JaccardTest {

  @Property
  void asBySets(@ForAll Set<Byte> first, @ForAll Set<Byte> second) {
    var shared = new HashSet<>(first);
    shared.retainAll(second);
    var all = new HashSet<>(first);
    all.addAll(second);

    double similarity = Jaccard.of(sorted(first), sorted(second));

    assertThat(similarity)
        .isEqualTo(all.isEmpty() ? 0 : (double) shared.size() / all.size())
        .isEqualTo(Jaccard.of(sorted(second), sorted(first)));
  }

  private static long[] sorted(Set<Byte> values) {
    return values.stream().mapToLong(x -> x).sorted().toArray();
  }

  @Test
  void aSetHasEachHashOnce() {
    assertThat(Jaccard.set(new long[] {3, -1, 3, 2, -1})).containsExactly(-1, 2, 3);
    assertThat(Jaccard.set(new long[0])).isEmpty();
  }

  @Test
  void sevenOfTenIsNotBelowSevenTenths() {
    var sets = Sets.ofSimilarity(.7, 10, new SplittableRandom(1));

    assertThat(Jaccard.of(Jaccard.set(sets[0]), Jaccard.set(sets[1]))).isEqualTo(0.7);
  }

  @Test
  void textsAreComparedInNormalForm() {
    var shingles = Shingles.of(Unit.CHARACTERS, 2);

    assertThat(Jaccard.of(shingles, "ＡＢＣ", "abcd")).isEqualTo(2 / 3.0);
    assertThat(Jaccard.of(shingles, "", "")).isZero();
  }
}
