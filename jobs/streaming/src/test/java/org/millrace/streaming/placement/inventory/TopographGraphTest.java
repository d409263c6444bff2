package org.millrace.streaming.placement.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Inventory;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Remark;

class TopographGraphTest {

  private static Inventory read(String text) {
    return TopographGraph.parse("g.json", text, HostDefaults.DEFAULT);
  }

  @Test
  void layersAreTurnedOuterToInner() {
    var inventory =
        read(
            """
            {"instances": [
              {"id": "I21", "network_layers": ["leaf-a", "spine-a"],
               "labels": {"accelerator.topograph.run/domain": "nvl-1"}},
              {"id": "I22", "network_layers": []}
            ]}
            """);

    var node = inventory.estate().node("I21").orElseThrow();
    assertThat(node.tierPath()).containsExactly("spine-a", "leaf-a");
    assertThat(node.labels()).containsExactly(entry("accelerator.topograph.run/domain", "nvl-1"));
    assertThat(node.nics()).containsExactly(Nic.of("eth0", NicKind.ETH, "ethernet", 25));
    assertThat(inventory.estate().node("I22").orElseThrow().tierPath()).isEmpty();
    assertThat(inventory.estate().tiers()).containsExactly("spine", "leaf");
    assertThat(inventory.remarks())
        .extracting(Remark::text)
        .containsExactly(
            "the kind of NIC is unknown: all 2 nodes count as ETH at 25.0 Gb/s; tell it by labels,"
                + " an estate.yaml or NCCL's log");
  }

  @Test
  void olderFormTellsGpus() {
    var node =
        read("""
                {"instances": [{"id": "I21", "type": "H100", "network_layers": ["leaf-a"],
                  "attributes": {"nvlink": "nvl-1", "gpu": {"status": "known", "gpus": [
                    {"index": 0, "model": "NVIDIA H100 SXM5 80GB", "memory_mib": 81920},
                    {"index": 1, "model": "NVIDIA H100 SXM5 80GB", "memory_mib": 81920}]}}}]}
                """)
            .estate()
            .node("I21")
            .orElseThrow();

    assertThat(node.gpus()).isEqualTo(2);
    assertThat(node.gpuModel()).isEqualTo("NVIDIA H100 SXM5 80GB");
    assertThat(node.labels()).containsEntry("accelerator.topograph.run/domain", "nvl-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|g.json line 1: not JSON",
        "[]|g.json: no JSON object in it",
        "{}|g.json: no list 'instances' in it",
        "{\"instances\": []}|g.json: no instances in it",
        "{\"instances\": [{}]}|g.json: instances[0].id is no text; give one",
        "{\"instances\": [{\"id\": \"a\", \"network_layers\": [\"\"]}]}|g.json:"
            + " instances[0].network_layers[0] is no text; give one",
        "{\"instances\": [{\"id\": \"a\"}, {\"id\": \"a\"}]}|g.json: instances[1]: the host a is"
            + " there twice; remove one",
      })
  void otherFormsAreRefused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
  }
}
