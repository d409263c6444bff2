package org.millrace.streaming.placement.estate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EstateTest {

  private static final Nic IB = Nic.of("mlx5_0", NicKind.IB, "ib-a", 200);

  @Test
  void aChangedNodeTakesThePlaceOfTheOldOne() {
    var estate = Estate.of(List.of(Node.of("b", 8, IB), Node.of("a", 8, IB)));

    var changed = estate.with(Node.of("b", 8, IB.withHealthy(false)));

    assertThat(changed.onFabric("ib-a")).extracting(Node::name).containsExactly("a");
    assertThat(estate.onFabric("ib-a")).extracting(Node::name).containsExactly("a", "b");
    assertThat(changed.without("a").nodes()).extracting(Node::name).containsExactly("b");
    assertThat(changed.with(Node.of("aa", 1)).nodes())
        .extracting(Node::name)
        .containsExactly("a", "aa", "b");
  }

  @Test
  void aHostThatIsThereTwiceIsRefused() {
    assertThatThrownBy(() -> Estate.of(List.of(Node.of("a", 8), Node.of("a", 4))))
        .hasMessage("the host a is there twice; remove one");
  }

  @Test
  void aFabricOfTwoKindsIsRefused() {
    var roce = Nic.of("mlx5_0", NicKind.ROCE, "ib-a", 200);

    assertThatThrownBy(() -> Estate.of(List.of(Node.of("a", 8, IB), Node.of("b", 8, roce))))
        .hasMessage(
            "the fabric ib-a is IB elsewhere and ROCE at NIC mlx5_0 of b; give it one kind");
  }

  @Test
  void aDomainIsThePathDownToItsTier() {
    var estate =
        Estate.of(
            List.of(
                Node.of("a", 8).withTierPath(List.of("s1", "l1")),
                Node.of("b", 8).withTierPath(List.of("s2", "l1")),
                Node.of("c", 8).withTierPath(List.of("s2"))));

    assertThat(estate.domains(0).keySet()).containsExactly("s1", "s2");
    assertThat(estate.domains(1).keySet()).containsExactly("s1/l1", "s2/c", "s2/l1");
    assertThat(estate.tiers()).containsExactly("tier-0", "tier-1");
  }

  @Test
  void aNodeThatIsNotHealthyHasNoUsableGpus() {
    var estate = Estate.of(List.of(Node.of("a", 8), Node.of("b", 4).withHealthy(false)));

    assertThat(estate.usableGpus()).isEqualTo(8);
  }
}
