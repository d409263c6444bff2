package org.millrace.streaming.placement.estate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.command.UserError;

class EstateYamlTest {

  private static final String TWO =
      """
      tiers: [spine, leaf]
      fabrics:
      - {id: ib-a, kind: InfiniBand, gbps: 200}
      - {id: eth, kind: ETH}
      nodes:
      - name: b
        gpus: 8
        nics: [{name: eth0, fabric: eth, gbps: 25, healthy: false}]
      - name: a
        gpus: 4
        model: A100
        speed: 197
        gpuMemoryGb: 80
        tierPath: [s1, l1]
        nics: [{name: mlx5_0, fabric: ib-a}, {name: mlx5_1, fabric: ib-a, gbps: 400}]
        labels: {zone: z1}
      """;

  @Test
  void nodesComeInOrderOfNameWithTheirNics() {
    var estate = EstateYaml.parse("estate.yaml", TWO);

    assertThat(estate.nodes())
        .containsExactly(
            Node.of(
                    "a",
                    4,
                    Nic.of("mlx5_0", NicKind.IB, "ib-a", 200),
                    Nic.of("mlx5_1", NicKind.IB, "ib-a", 400))
                .withGpus(4, "A100")
                .withSpeed(197)
                .withGpuMemoryGb(80)
                .withTierPath(List.of("s1", "l1"))
                .withLabels(Map.of("zone", "z1")),
            Node.of("b", 8, new Nic("eth0", NicKind.ETH, "eth", 25, false)));
    assertThat(estate.tiers()).containsExactly("spine", "leaf");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    var estate = EstateYaml.parse("estate.yaml", TWO);

    var text = EstateYaml.write(estate);

    assertThat(EstateYaml.parse("again", text)).isEqualTo(estate);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          name: b                       | name: a                     | e: node 2: the host a is there twice; remove one
          fabric: ib-a, gbps: 400       | fabric: ib-z                | e: node a: NIC 2 is in the fabric ib-z, which is not listed; add it under 'fabrics' or use one of [ib-a, eth]
          gbps: 400                     | gbps: -1                    | e: node a: NIC 2 has the rate -1.0 Gb/s; give a positive one
          gbps: 400                     | gbps: fast                  | e: node a: NIC 2 has the gbps 'fast'; give a number
          gbps: 400                     | gbps: .inf                  | e: node a: NIC 2 has the gbps 'Infinity'; give a number
          "gbps: 25, "                  | ""                          | e: node b: NIC 1 has no gbps, nor has its fabric eth; give one of them
          mlx5_1                        | mlx5_0                      | e: node a has two NICs mlx5_0
          gpus: 4                       | gpus: 4.5                   | e: node a has the gpus 4.5; give a whole number
          gpus: 4                       | gpus: -1                    | e: node a has -1 GPUs; give 0 to 1024
          "gpus: 4"                     | "speed: 4"                  | e: line 12: not valid YAML: found duplicate key speed
          kind: ETH                     | kind: token-ring            | e: fabric 2 has a kind that is unknown: 'token-ring' is not IB, ROCE or ETH
          id: eth                       | id: ib-a                    | e: fabric 2 has the id ib-a a second time; remove one
          model:                        | modell:                     | e: node 2 has the unknown key 'modell'; there are gpuMemoryGb, gpus, healthy, labels, model, name, nics, speed, tierPath
          healthy: false                | healthy: maybe              | e: node b: NIC 1 has the healthy 'maybe'; give true or false
          """)
  void aMistakeIsNamedInOneLine(String right, String wrong, String message) {
    var text = TWO.replace(right, wrong);

    assertThat(text).isNotEqualTo(TWO);
    assertThatThrownBy(() -> EstateYaml.parse("e", text))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  @Property
  void anyCutOfTheFileIsReadOrRefusedInOneLine(@ForAll int cut) {
    var text = TWO.substring(0, Math.floorMod(cut, TWO.length()));

    try {
      assertThat(EstateYaml.parse("e", text).nodes()).isNotEmpty();
    } catch (UserError e) {
      assertThat(e.getMessage()).startsWith("e: ").doesNotContain("\n");
    }
  }

  @Property
  void anyTextIsReadOrRefusedInOneLine(@ForAll String text) {
    try {
      assertThat(EstateYaml.parse("e", text).nodes()).isNotEmpty();
    } catch (UserError e) {
      assertThat(e.getMessage()).startsWith("e: ").doesNotContain("\n");
    }
  }
}
