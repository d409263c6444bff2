package org.millrace.streaming.placement.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Inventory;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.estate.Remark;

class KubernetesNodesTest {

  private static Inventory read(String... items) {
    return KubernetesNodes.parse(
        "nodes.json",
        "{\"kind\": \"NodeList\", \"items\": [" + String.join(",", items) + "]}",
        LabelKeys.DEFAULT,
        HostDefaults.DEFAULT);
  }

  private static String item(String name, int gpus, String labels) {
    return """
        {"metadata": {"name": "%s", "labels": {%s}},
         "spec": {}, "status": {"capacity": {"cpu": "96", "nvidia.com/gpu": "8"},
           "allocatable": {"cpu": "95", "nvidia.com/gpu": "%d"},
           "conditions": [{"type": "DiskPressure", "status": "False"},
                          {"type": "Ready", "status": "True"}]}}
        """
        .formatted(name, labels, gpus);
  }

  @Test
  void labelsTellGpusNicsAndPlace() {
    var node =
        read(item(
                "n1",
                7,
                """
                    "nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3", "nvidia.com/gpu.memory": "81559",
                    "millrace.org/nic-kind": "RoCE", "millrace.org/fabric": "roce-a",
                    "millrace.org/nic-gbps": "200", "millrace.org/nics": "mlx5_0.mlx5_bond_1",
                    "fabric.topograph.run/tier-0": "leaf-3", "fabric.topograph.run/tier-1": "spine-1",
                    "fabric.topograph.run/tier-2": "core-1"
                    """))
            .estate()
            .node("n1")
            .orElseThrow();

    assertThat(node.gpus()).isEqualTo(7);
    assertThat(node.gpuModel()).isEqualTo("NVIDIA-H100-80GB-HBM3");
    assertThat(node.gpuMemoryGb()).isEqualTo(81559 * 1.048576e6 / 1e9);
    assertThat(node.healthy()).isTrue();
    assertThat(node.nics())
        .containsExactly(
            Nic.of("mlx5_0", NicKind.ROCE, "roce-a", 200),
            Nic.of("mlx5_bond_1", NicKind.ROCE, "roce-a", 200));
    assertThat(node.tierPath()).containsExactly("core-1", "spine-1", "leaf-3");
  }

  @ParameterizedTest
  @CsvSource({
    "network.topology.nvidia.com/datacenter,network.topology.nvidia.com/spine,"
        + "network.topology.nvidia.com/block",
    "network.topology.nvidia.com/core,network.topology.nvidia.com/spine,"
        + "network.topology.nvidia.com/leaf",
    "fabric.topograph.run/tier-2,fabric.topograph.run/tier-1,fabric.topograph.run/tier-0",
  })
  void allFormsOfTopographAreKnown(String outer, String middle, String inner) {
    var labels = "\"%s\": \"i\", \"%s\": \"m\", \"%s\": \"o\"".formatted(inner, middle, outer);

    assertThat(read(item("n1", 8, labels)).estate().node("n1").orElseThrow().tierPath())
        .containsExactly("o", "m", "i");
  }

  @Test
  void keysOfTiersCanBeGiven() {
    var json = "{\"items\": [" + item("n1", 8, "\"zone\": \"z\", \"rack\": \"r\"") + "]}";

    var keys = LabelKeys.DEFAULT.withTiers(List.of("region", "zone", "rack"));

    assertThat(
            KubernetesNodes.parse("n", json, keys, HostDefaults.DEFAULT)
                .estate()
                .node("n1")
                .orElseThrow()
                .tierPath())
        .containsExactly("z", "r");
  }

  @Test
  void unknownKindCountsAsEthernetWithAWarning() {
    var inventory = read(item("n1", 8, ""), item("n2", 8, "\"millrace.org/nic-kind\": \"opa\""));

    assertThat(inventory.estate().nodes())
        .allSatisfy(
            node ->
                assertThat(node.nics())
                    .containsExactly(Nic.of("eth0", NicKind.ETH, "ethernet", 25)));
    assertThat(inventory.remarks())
        .extracting(Remark::text)
        .containsExactly(
            "node n2: the label millrace.org/nic-kind: 'opa' is not IB, ROCE or ETH; it counts as"
                + " ETH",
            "the kind of NIC is unknown: 1 nodes without the label millrace.org/nic-kind count as"
                + " ETH at 25.0 Gb/s; tell it by labels, an estate.yaml or NCCL's log");
  }

  @Test
  void cordonedAndNotReadyNodesAreNotHealthy() {
    var estate =
        read(
                item("n1", 8, "").replace("\"spec\": {}", "\"spec\": {\"unschedulable\": true}"),
                item("n2", 8, "")
                    .replace(
                        "\"Ready\", \"status\": \"True\"", "\"Ready\", \"status\": \"Unknown\""),
                item("n3", 8, ""))
            .estate();

    assertThat(estate.nodes()).extracting(Node::healthy).containsExactly(false, false, true);
  }

  @Test
  void nodesWithoutGpusAreLeftOut() {
    var inventory = read(item("n1", 8, ""), item("cpu-1", 0, ""));

    assertThat(inventory.estate().nodes()).extracting(Node::name).containsExactly("n1");
    assertThat(inventory.remarks())
        .extracting(Remark::text)
        .contains("1 nodes without GPUs left out");
  }

  @Test
  void whatCantBeUnderstoodIsRefused() {
    refused(
        "nodes.json: items[1]: the node n1 is there twice; remove one",
        item("n1", 8, ""),
        item("n1", 8, ""));
    refused(
        "nodes.json: none of 1 nodes has GPUs; is the device plugin running there?",
        item("n1", 0, ""));
    refused(
        "nodes.json: node n1: the label millrace.org/nic-kind is there and millrace.org/fabric is"
            + " not; give the fabric too",
        item("n1", 8, "\"millrace.org/nic-kind\": \"IB\""));
    refused(
        "nodes.json: node n1: millrace.org/nic-gbps is 'fast'; give a number",
        item(
            "n1",
            8,
            "\"millrace.org/nic-kind\": \"IB\", \"millrace.org/fabric\": \"f\","
                + " \"millrace.org/nic-gbps\": \"fast\""));
    refused(
        "nodes.json: the fabric f is IB elsewhere and ROCE at NIC mlx5_0 of n2; give it one kind",
        item("n1", 8, "\"millrace.org/nic-kind\": \"IB\", \"millrace.org/fabric\": \"f\""),
        item("n2", 8, "\"millrace.org/nic-kind\": \"RoCE\", \"millrace.org/fabric\": \"f\""));
    refused("nodes.json: items[0].metadata.name is no text; give one", "{}");
  }

  private static void refused(String message, String... items) {
    assertThatThrownBy(() -> read(items)).isInstanceOf(UserError.class).hasMessage(message);
  }
}
