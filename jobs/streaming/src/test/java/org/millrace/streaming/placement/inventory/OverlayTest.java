package org.millrace.streaming.placement.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.SharedPlacement;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Node;

class OverlayTest {

  private static final String YAML =
      """
      seed: 42
      leafSize: 16
      fabrics:
      - {id: ib-a, kind: IB, gbps: 200, weight: .4}
      - {id: ib-b, kind: IB, gbps: 200, weight: .2}
      - {id: roce-a, kind: ROCE, gbps: 200, weight: .3}
      - {id: eth-a, kind: ETH, gbps: 25, weight: .1}
      """;

  @Test
  void firstLeavesOfSeed42AreThoseOfTheFactsPage() {
    assertThat(IntStream.range(0, 8).mapToObj(Overlay.DEFAULT::fabricOf))
        .containsExactly("ib-a", "ib-a", "ib-a", "eth-a", "ib-a", "ib-a", "ib-b", "roce-a");
  }

  @Test
  void sharedNodeListIsTheOneOfTheFactsPage() {
    var text = InventoryFile.read(SharedPlacement.file("openb_node_list_gpu_node.csv"));
    var nodes = NodeListCsv.parse("nodes.csv", text);

    var estate = Overlay.parse("overlay.yaml", YAML).apply(nodes);

    assertThat(nodes).hasSize(1213);
    assertThat(nodes.stream().mapToInt(Node::gpus).sum()).isEqualTo(6212);
    assertThat(count(estate, "G2", 8)).isEqualTo(549);
    assertThat(count(estate, "T4", 2)).isEqualTo(387);
    assertThat(count(estate, "P100", 2)).isEqualTo(131);
    assertThat(count(estate, "G3", 8)).isEqualTo(39);
    assertThat(count(estate, "V100M32", 4)).isEqualTo(9);
    var whole = estate.nodes().stream().filter(node -> node.gpus() == 8).toList();
    assertThat(whole).hasSize(617);
    assertThat(whole.stream().map(Node::tierPath).distinct()).hasSize(39);
    assertThat(whole).filteredOn(n -> n.tierPath().get(1).equals("leaf-38")).hasSize(9);
    assertThat(in(estate, "ib-a")).isEqualTo(304);
    assertThat(in(estate, "roce-a")).isEqualTo(217);
    assertThat(in(estate, "eth-a")).isEqualTo(64);
    assertThat(in(estate, "ib-b")).isEqualTo(32);
    assertThat(estate.nodes())
        .filteredOn(node -> node.gpus() != 8)
        .allMatch(node -> node.nics().get(0).fabricId().equals("eth-a"));
  }

  private static long count(Estate estate, String model, int gpus) {
    return estate.nodes().stream()
        .filter(node -> node.gpuModel().equals(model) && node.gpus() == gpus)
        .count();
  }

  private static long in(Estate estate, String fabric) {
    return estate.onFabric(fabric).stream().filter(node -> node.gpus() == 8).count();
  }

  @Test
  void fileSaysTheDefault() {
    assertThat(Overlay.parse("overlay.yaml", YAML).fabrics())
        .extracting(Overlay.Draw::id)
        .containsExactly("ib-a", "ib-b", "roce-a", "eth-a");
    assertThat(Overlay.parse("o", Overlay.DEFAULT.yaml())).isEqualTo(Overlay.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "weight: .4|weight: .5|o.yaml line 1: the weights do not add up to 1; mend them",
        "weight: .4|weight: x|o.yaml line 4: 'weight' is 'x'; give a number",
        "leafSize: 16|leafSize: 0|o.yaml line 1: leafSize is 0; give a positive number",
        "leafSize: 16|leafSize: 1.5|o.yaml line 1: 'seed' and 'leafSize' are whole numbers; mend"
            + " them",
        "leafSize: 16|leaves: 16|o.yaml line 2: 'leaves' is not one of [fabrics, leafSize, others,"
            + " seed]",
        "id: ib-b|id: ib-a|o.yaml line 1: a fabric is there twice; remove one",
        "kind: ETH|kind: WIFI|o.yaml line 7: 'WIFI' is not IB, ROCE or ETH",
        "seed: 42|others: x|o.yaml line 1: no 'seed' in it; give one",
      })
  void wrongOverlayIsRefused(String from, String to, String message) {
    assertThatThrownBy(() -> Overlay.parse("o.yaml", YAML.replace(from, to)))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b|n.csv line 1: the columns are not sn,cpu_milli,memory_mib,gpu,model",
        "sn,cpu_milli,memory_mib,gpu,model|n.csv: no nodes in it; give a list with a line each",
        "sn,cpu_milli,memory_mib,gpu,model\\nn1,1,2,x,T4|n.csv line 2: gpu is 'x'; give a whole"
            + " number",
        "sn,cpu_milli,memory_mib,gpu,model\\nn1,1,2,2|n.csv line 2: 4 fields, not the 5 of"
            + " sn,cpu_milli,memory_mib,gpu,model",
        "sn,cpu_milli,memory_mib,gpu,model\\nn1,1,2,2,T4\\nn1,1,2,2,T4|n.csv line 3: the host n1 is"
            + " there since line 2; remove one",
      })
  void wrongNodeListIsRefused(String text, String message) {
    assertThatThrownBy(() -> NodeListCsv.parse("n.csv", text.replace("\\n", "\n")))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }
}
