package org.millrace.streaming.placement.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.SharedPlacement;
import org.millrace.streaming.placement.estate.Inventory;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.estate.Remark;

class TopographModelTest {

  private static final String MODEL =
      """
      switches:
        core:
          labels: {region: west, zone: z0}
          switches: [spine-1, leaf-3]
        spine-1:
          labels: {zone: z1}
          switches: [leaf-1, leaf-2]
      blocks:
      - switch: leaf-1
        nodes: ["a[1-2]"]
        annotations: {accelerator.topology.test/domain: nvl-1}
      - switch: leaf-2
        nodes:
        - "[1101-1102]"
        - b7
        labels: {rack: r2}
      - nodes: ["cpu-1"]
      """;

  private static Inventory read(String text) {
    return TopographModel.parse("m.yaml", text, HostDefaults.DEFAULT);
  }

  @Test
  void nodesGetPathLabelsAndDefaults() {
    var estate = read(MODEL).estate();

    assertThat(estate.nodes())
        .extracting(Node::name)
        .containsExactly("1101", "1102", "a1", "a2", "b7", "cpu-1");
    var a1 = estate.node("a1").orElseThrow();
    assertThat(a1.tierPath()).containsExactly("core", "spine-1", "leaf-1");
    assertThat(a1.labels())
        .containsExactly(
            entry("accelerator.topology.test/domain", "nvl-1"),
            entry("region", "west"),
            entry("zone", "z1"));
    assertThat(a1.gpus()).isEqualTo(8);
    assertThat(a1.nics()).containsExactly(Nic.of("eth0", NicKind.ETH, "ethernet", 25));
    assertThat(estate.node("1102").orElseThrow().labels()).containsEntry("rack", "r2");
    assertThat(estate.tiers()).containsExactly("core", "spine", "leaf");
  }

  @Test
  void doubtsAreRemarked() {
    assertThat(read(MODEL + "- {nodes: [x], color: red}\n").remarks())
        .extracting(Remark::toString)
        .containsExactly(
            "m.yaml line 17: a block below no switch; name its switch",
            "m.yaml line 18: 'color' of a block is not known; ignored",
            "m.yaml line 18: a block below no switch; name its switch",
            "m.yaml: the kind of NIC is unknown: all 7 nodes count as ETH at 25.0 Gb/s; tell it by"
                + " labels, an estate.yaml or NCCL's log");
  }

  @ParameterizedTest
  @CsvSource({
    "topology_small-tree.yaml,3,6,2", "topology_medium.yaml,7,8,3",
    "topology_nvl72.yaml,7,72,3", "topology_large.yaml,19,96,3"
  })
  void sharedModelsHaveTheirSwitchesAndNodes(String name, int switches, int nodes, int tiers) {
    var text = InventoryFile.read(SharedPlacement.file(name));

    var estate = TopographModel.parse(name, text, HostDefaults.DEFAULT).estate();

    assertThat(estate.nodes()).hasSize(nodes);
    assertThat(estate.nodes()).allMatch(node -> node.tierPath().size() == tiers);
    assertThat(estate.nodes().stream().flatMap(node -> node.tierPath().stream()).distinct())
        .hasSize(switches);
    assertThat(estate.nodes())
        .allMatch(node -> node.labels().containsKey("accelerator.topology.test/domain"));
  }

  @Test
  void sharedLargeModelIsATree() {
    var text = InventoryFile.read(SharedPlacement.file("topology_large.yaml"));

    var estate = TopographModel.parse("large", text, HostDefaults.DEFAULT).estate();

    assertThat(estate.domains(0)).hasSize(1);
    assertThat(estate.domains(1)).hasSize(6);
    assertThat(estate.domains(2)).hasSize(12).allSatisfy((leaf, n) -> assertThat(n).hasSize(8));
    var node = estate.node("srv3208").orElseThrow();
    assertThat(node.tierPath()).containsExactly("core", "spine-3", "leaf-3-2");
    assertThat(node.labels())
        .containsEntry("topology.kubernetes.io/zone", "zone2")
        .containsEntry("topology.kubernetes.io/region", "us-east")
        .containsEntry("accelerator.topology.test/domain", "nvl-3-2");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(UserError.class).hasMessage(message);
  }

  @Test
  void absentSwitchIsRefused() {
    refused(
        MODEL.replace("- switch: leaf-2", "- switch: leaf-9"),
        "m.yaml line 12: the switch leaf-9 is absent; add it to 'switches' or to the children of"
            + " one there");
  }

  @Test
  void duplicateHostIsRefused() {
    refused(
        MODEL.replace("- b7", "- a2"),
        "m.yaml line 15: the host a2 is there since line 10; remove one");
  }

  @Test
  void switchBelowTwoIsRefused() {
    refused(
        MODEL.replace("[spine-1, leaf-3]", "[spine-1, leaf-2]"),
        "m.yaml line 7: the switch leaf-2 is below core and below spine-1; keep one");
  }

  @Test
  void circleIsRefused() {
    refused(
        "switches: {a: {switches: [b]}, b: {switches: [a]}}\nblocks: [{switch: a, nodes: [n]}]",
        "m.yaml line 1: the switch a is below itself; break the circle");
  }

  @Test
  void listsOfSwitchesAndCapacityBlocksAreReadAsOlderModelsHaveThem() {
    var text =
        """
        switches:
        - name: core
          metadata: {zone: z1}
          switches: [leaf-1, leaf-2]
        - {name: leaf-1, capacity_blocks: [cb1]}
        - {name: leaf-2, capacity_blocks: [cb2]}
        capacity_blocks:
        - {name: cb1, type: H100, nvlink: nvl-1, nodes: [a, b]}
        - {name: cb2, nodes: ["c[1-2]"]}
        - {name: cb3, nodes: [d]}
        """;

    var read = TopographModel.parse("m.yaml", text, HostDefaults.DEFAULT);

    var a = read.estate().node("a").orElseThrow();
    assertThat(a.tierPath()).containsExactly("core", "leaf-1");
    assertThat(a.gpuModel()).isEqualTo("H100");
    assertThat(a.labels())
        .containsOnly(
            entry("zone", "z1"),
            entry("capacity_block", "cb1"),
            entry("accelerator.topograph.run/domain", "nvl-1"));
    assertThat(read.estate().node("c2").orElseThrow().tierPath()).containsExactly("core", "leaf-2");
    assertThat(read.estate().node("d").orElseThrow().tierPath()).isEmpty();
    assertThat(read.remarks())
        .extracting(Remark::toString)
        .anyMatch(remark -> remark.contains("the host d is below no switch"));
  }

  @Test
  void nodesByNameWithTheirBlocksAreReadAsOlderModelsHaveThem() {
    var text =
        """
        switches:
          core: {switches: [leaf-1]}
          leaf-1: {nodes: [a, b]}
        nodes:
          a: {capacity_block_id: cb1, attributes: {nvlink: nvl-1}}
          b: {}
        capacity_blocks:
          cb1: {nodes: [b], attributes: {nvlink: nvl-2}}
        """;

    var read = TopographModel.parse("m.yaml", text, HostDefaults.DEFAULT).estate();

    assertThat(read.nodes()).hasSize(2);
    assertThat(read.node("a").orElseThrow().tierPath()).containsExactly("core", "leaf-1");
    assertThat(read.node("a").orElseThrow().labels())
        .contains(
            entry("capacity_block", "cb1"), entry("accelerator.topograph.run/domain", "nvl-1"));
    assertThat(read.node("b").orElseThrow().labels())
        .contains(
            entry("capacity_block", "cb1"), entry("accelerator.topograph.run/domain", "nvl-2"));
  }

  @Test
  void otherFormsAreRefused() {
    refused(
        "switches:\n- switches: [S2]\n",
        "m.yaml line 2: an entry of 'switches' without a name; give it one");
    refused(
        "switches:\n- {name: s}\n- {name: s}\n", "m.yaml line 3: 's' is there twice; remove one");
    refused(
        "switches:\n- {name: s, capacity_blocks: [b]}\n- {name: t, capacity_blocks: [b]}\n",
        "m.yaml line 3: the block b is below s and below t; keep one");
    refused(
        "capacity_blocks:\n- {name: b, nodes: [a]}\n- {name: c, nodes: [a]}\n",
        "m.yaml line 3: the host a is there since line 2; remove one");
    refused(
        "capacity_blocks:\n- {name: b, nodes: [a]}\nnodes:\n  a: {capacity_block_id: c}\n",
        "m.yaml line 4: the host a is in the block b by line 2; keep one");
    refused(
        "a: 1\n",
        "m.yaml line 1: neither 'switches' nor 'blocks' in it; is it a model of" + " Topograph?");
    refused("- 1\n", "m.yaml line 1: the file is no mapping; see the form of Topograph's models");
    refused("", "m.yaml: empty; give a model");
    refused("switches: {a: {}}\n", "m.yaml line 1: no nodes in it; list them under 'blocks'");
    refused("a: b: c\n", "m.yaml line 1: not YAML: mapping values are not allowed here");
    refused(
        "switches: {s: {}}\nblocks:\n- switch: s\n",
        "m.yaml line 3: a block without 'nodes';" + " list its hosts");
    refused("switches: {s: {}, s: {}}\n", "m.yaml line 1: 's' is there twice; remove one");
    refused(
        "switches: {s: {}}\nblocks:\n- switch: s\n  nodes:\n  - 'n[2-1]'\n",
        "m.yaml line 5: 'n[2-1]' has the range 2-1 that ends before it begins; write hosts like"
            + " srv[01-08]");
  }

  @Test
  void aliasesWithoutEndAreRefused() {
    assertThatThrownBy(() -> read("switches: &a {s: *a}\n"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("m.yaml line 1: ");
  }

  @Property(tries = 300)
  void damagedModelIsReadOrRefusedInOneLine(@ForAll @IntRange(min = 0) int seed) {
    var random = new Random(seed);
    var text = new StringBuilder(MODEL);
    for (int i = 0; i < 3; i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, "[]{}:-&* \n\t\u0000,\"".charAt(random.nextInt(14)));
        case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
        default ->
            text.insert(at, List.of("*x", "&x ", "? ", "!!int ", "|").get(random.nextInt(5)));
      }
      text.append(' ');
    }

    try {
      assertThat(read(text.toString()).estate().nodes()).isNotEmpty();
    } catch (UserError e) {
      assertThat(e.getMessage()).startsWith("m.yaml").doesNotContain("\n");
    }
  }
}
