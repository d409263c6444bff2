package org.millrace.streaming.placement.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.health.HealthEvent.Change;

class AdvisorTest {

  private static final Nic ETH = Nic.of("eth0", NicKind.ETH, "eth", 25);
  private static final Nic IB = Nic.of("mlx5_0", NicKind.IB, "ib-a", 200);
  private static final Estate ESTATE =
      Estate.of(
          List.of(Node.of("n1", 8, ETH, IB), Node.of("n2", 8, ETH, IB), Node.of("n3", 8, IB)));

  /** A placement is a list of hosts; it is slow if one of them has no RDMA left. */
  private static final Advisor.Planner<List<String>> PLANNER =
      new Advisor.Planner<>() {
        @Override
        public boolean uses(List<String> placement, String host) {
          return placement.contains(host);
        }

        @Override
        public double iterationSeconds(List<String> placement, Estate estate) {
          return placement.stream().allMatch(host -> fast(estate, host)) ? 2 : 5;
        }

        @Override
        public Optional<List<String>> replan(List<String> placement, Estate estate) {
          var fast = estate.byName().keySet().stream().filter(host -> fast(estate, host)).toList();
          return fast.size() < placement.size()
              ? Optional.empty()
              : Optional.of(fast.subList(0, placement.size()));
        }

        private boolean fast(Estate estate, String host) {
          return estate.node(host).orElseThrow().nics().stream()
              .anyMatch(nic -> nic.healthy() && nic.kind().rdma());
        }
      };

  private static final Advisor<List<String>> ADVISOR = new Advisor<>(PLANNER, Advisor.LEAST_GAIN);

  private static HealthEvent event(String host, String nic, Change change) {
    return new HealthEvent(host, nic, change, 1, 0, 30_000, Set.of(Cause.RATE, Cause.STATE));
  }

  @Test
  void jobOnTheHostIsMovedWhereItIsFaster() {
    var event = event("n2", "mlx5_0", Change.DEGRADED);

    var advice = ADVISOR.advise("j", List.of("n1", "n2"), event, degraded(event)).orElseThrow();

    assertThat(advice.kind()).isEqualTo(Advice.Kind.MOVE);
    assertThat(advice.placement()).contains(List.of("n1", "n3"));
    assertThat(advice.beforeSeconds()).isEqualTo(5);
    assertThat(advice.afterSeconds()).isEqualTo(2);
    assertThat(advice.reason())
        .isEqualTo(
            "mlx5_0 of n2: its port is not active, its link runs below its rate; 5.000 s an"
                + " iteration where the job is, 2.000 s elsewhere");
  }

  @Test
  void jobElsewhereIsNotTouched() {
    var event = event("n2", "mlx5_0", Change.DEGRADED);

    assertThat(ADVISOR.advise("j", List.of("n1", "n3"), event, ESTATE)).isEmpty();
  }

  @Test
  void jobStaysWhereNothingIsBetter() {
    var event = event("n2", "mlx5_0", Change.DEGRADED);
    var hosts = List.of("n1", "n2", "n3");

    var advice = ADVISOR.advise("j", hosts, event, degraded(event)).orElseThrow();

    assertThat(advice.kind()).isEqualTo(Advice.Kind.STAY);
    assertThat(advice.placement()).isEmpty();
    assertThat(advice.reason()).endsWith("; the job fits nowhere else");
    assertThat(ADVISOR.advise("j", List.of("n2"), event, ESTATE).orElseThrow().reason())
        .endsWith("; no other place is enough better");
  }

  @Test
  void recoveryWithdraws() {
    var event = event("n2", "mlx5_0", Change.RECOVERED);

    var advice = ADVISOR.advise("j", List.of("n1", "n2"), event, ESTATE).orElseThrow();

    assertThat(advice.kind()).isEqualTo(Advice.Kind.WITHDRAWN);
    assertThat(advice.beforeSeconds()).isEqualTo(2);
  }

  private static Estate degraded(HealthEvent... open) {
    return DegradedEstate.of(ESTATE, List.of(open), 200);
  }

  private static HealthEvent gpu(String name, Cause cause) {
    return new HealthEvent("n1", name, Change.DEGRADED, 1, 0, 30_000, Set.of(cause));
  }

  @Test
  void eventsAreTakenIntoTheEstate() {
    var down = degraded(event("n1", "mlx5_0", Change.DEGRADED));

    assertThat(down.node("n1").orElseThrow().nics()).containsExactly(ETH, IB.withHealthy(false));
    assertThat(degraded(event("n1", "", Change.DEGRADED))).isEqualTo(down);
    assertThat(DegradedEstate.again(down, ESTATE, "n1", List.of(), 200)).isEqualTo(ESTATE);
    assertThat(degraded(event("n9", "mlx5_0", Change.DEGRADED))).isEqualTo(ESTATE);
  }

  @Test
  void failedGpusAreLostAndSlowOnesHalveTheirNode() {
    var node =
        degraded(
                gpu("gpu0", Cause.GPU_ERROR),
                gpu("gpu3", Cause.GPU_ERROR),
                gpu("gpu4 clock", Cause.GPU_SLOWDOWN),
                gpu("gpu5 clock", Cause.GPU_SLOWDOWN))
            .node("n1")
            .orElseThrow();

    assertThat(node.gpus()).isEqualTo(6);
    assertThat(node.speed()).isEqualTo(100);
    assertThat(node.nics()).containsExactly(ETH, IB);
  }

  @Test
  void jobThatLostItsGpuMovesHoweverSlowItIsElsewhere() {
    var event = gpu("gpu0", Cause.GPU_ERROR);
    var planner =
        new Advisor.Planner<List<String>>() {
          @Override
          public boolean uses(List<String> placement, String host) {
            return placement.contains(host);
          }

          @Override
          public double iterationSeconds(List<String> placement, Estate estate) {
            return placement.contains("n1") ? Advice.NEVER : 99;
          }

          @Override
          public Optional<List<String>> replan(List<String> placement, Estate estate) {
            return Optional.of(List.of("n3"));
          }
        };

    var advice =
        new Advisor<>(planner, Advisor.LEAST_GAIN)
            .advise("j", List.of("n1"), event, degraded(event))
            .orElseThrow();

    assertThat(advice.kind()).isEqualTo(Advice.Kind.MOVE);
    assertThat(advice.reason())
        .isEqualTo("gpu0 of n1: it failed; no iteration where the job is, 99.000 s elsewhere");
  }
}
