package org.millrace.kernel.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ComponentsTest {

  @Test
  void aComponentIsKnownByItsSmallestNode() {
    var components = new Components(6);
    components.join(5, 3);
    components.join(3, 1);
    components.join(4, 0);

    assertThat(IntStream.range(0, 6).map(components::smallest)).containsExactly(0, 1, 2, 1, 0, 1);
    assertThat(components.count()).isEqualTo(3);
    assertThat(components.largest()).isEqualTo(3);
  }

  @Test
  void noNodesNoComponents() {
    assertThat(new Components(0).count()).isZero();
    assertThat(new Components(0).largest()).isZero();
  }

  @Test
  void aLongChainIsOneComponent() {
    var components = new Components(200_000);
    IntStream.range(1, 200_000).map(i -> 200_000 - i).forEach(i -> components.join(i, i - 1));

    assertThat(components.smallest(199_999)).isZero();
    assertThat(components.largest()).isEqualTo(200_000);
  }

  @Property
  void orderOfEdgesDoesntMatter(
      @ForAll @Size(max = 40) List<@IntRange(max = 899) Integer> edges, @ForAll long seed) {
    var shuffled = new java.util.ArrayList<>(edges);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(labels(shuffled)).isEqualTo(labels(edges));
  }

  private static int[] labels(List<Integer> edges) {
    var components = new Components(30);
    edges.forEach(edge -> components.join(edge / 30, edge % 30));
    return IntStream.range(0, 30).map(components::smallest).toArray();
  }
}
