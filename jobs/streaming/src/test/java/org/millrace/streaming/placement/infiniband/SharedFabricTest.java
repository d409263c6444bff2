package org.millrace.streaming.placement.infiniband;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.HashSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.millrace.streaming.placement.SharedPlacement;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.estate.Remark;
import org.millrace.streaming.placement.inventory.InventoryFile;

/** What is known of the shared dump of a fabric of 8 groups of 4 rails. */
class SharedFabricTest {

  private static Cabling cabling;

  @BeforeAll
  static void read() {
    var file = SharedPlacement.file("ibnetdiscover_example.out.gz");
    cabling =
        Cabling.of(
            IbNetDiscover.parse("fabric.out", InventoryFile.read(file)), AdapterNames.DEFAULT);
  }

  @Test
  void blocksAndLinesAreCounted() {
    var fabric = cabling.fabric();

    assertThat(fabric.switches()).hasSize(40).allMatch(device -> device.ports() == 65);
    assertThat(fabric.adapters()).hasSize(582);
    assertThat(fabric.linkLines()).isEqualTo(2228);
    assertThat(fabric.remarks()).isEmpty();
    assertThat(fabric.devices().values())
        .allSatisfy(device -> assertThat(device.links()).allMatch(link -> link.gbps() == 400));
  }

  @Test
  void leavesAndSpinesAreToldApartByWhatHangsOnThem() {
    var leaves = cabling.groups().stream().flatMap(group -> group.leaves().stream()).toList();

    assertThat(leaves).hasSize(31).allMatch(leaf -> leaf.name().contains("IBLEAF"));
    assertThat(cabling.fabric().switches())
        .filteredOn(device -> cabling.groupOf(device).isEmpty())
        .hasSize(9)
        .allMatch(device -> device.name().contains("IBSPINE"));
  }

  @Test
  void cablesBetweenSwitchesAreDoubleButForSix() {
    var fabric = cabling.fabric();
    var pairs = new TreeMap<String, Integer>();
    for (var leaf : fabric.switches()) {
      for (var link : leaf.links()) {
        if (fabric.remote(link).kind() == Device.Kind.SWITCH
            && leaf.id().compareTo(link.remote()) < 0) {
          pairs.merge(leaf.id() + " " + link.remote(), 1, Integer::sum);
        }
      }
    }

    assertThat(pairs).hasSize(269);
    assertThat(pairs.values()).filteredOn(cables -> cables == 2).hasSize(263);
    assertThat(pairs.values()).filteredOn(cables -> cables == 1).hasSize(6);
    assertThat(fabric.adapters().stream().mapToInt(adapter -> adapter.links().size()).sum())
        .isEqualTo(582);
  }

  @Test
  void adaptersThatAreNoHostsAreNotCountedAsHosts() {
    assertThat(cabling.adapters(AdapterRole.HOST)).isEqualTo(466);
    assertThat(cabling.adapters(AdapterRole.ANONYMOUS)).isEqualTo(69);
    assertThat(cabling.adapters(AdapterRole.AGGREGATION)).isEqualTo(40);
    assertThat(cabling.adapters(AdapterRole.UNNAMED_HOST)).isEqualTo(3 + 2);
    assertThat(cabling.adapters(AdapterRole.MANAGEMENT)).isEqualTo(2);
    assertThat(cabling.hosts()).hasSize(119);
    assertThat(cabling.hosts().values()).filteredOn(ports -> ports.size() == 4).hasSize(109);
    assertThat(cabling.hosts().values()).filteredOn(ports -> ports.size() == 3).hasSize(10);
    assertThat(cabling.hosts().keySet())
        .allMatch(host -> host.matches("[ab]\\d\\d-p1-dgx-0[1-8]-c\\d\\d"));
  }

  @Test
  void groupsAreFoundWithoutTheNamesOfTheLeaves() {
    var groups = cabling.groups();

    assertThat(groups)
        .extracting(LeafGroup::name)
        .containsExactly(
            "A09-P1-IBLEAF-01",
            "A09-P1-IBLEAF-02",
            "A09-P1-IBLEAF-03",
            "A09-P1-IBLEAF-04",
            "B09-P1-IBLEAF-05",
            "B09-P1-IBLEAF-06",
            "B09-P1-IBLEAF-07",
            "B09-P1-IBLEAF-08");
    assertThat(groups).allMatch(LeafGroup::railOptimised);
    assertThat(groups.get(0).leaves()).hasSize(3);
    assertThat(groups.subList(1, 8)).allMatch(group -> group.leaves().size() == 4);
  }

  @Test
  void railsCarryTheDevicesOfTheFactsPage() {
    for (var group : cabling.groups()) {
      for (var leaf : group.leaves()) {
        var rail = leaf.name().split("-")[3];
        var device =
            switch (rail) {
              case "01" -> "mlx5_0";
              case "02" -> "mlx5_1";
              case "03" -> "mlx5_4";
              default -> "mlx5_5";
            };
        assertThat(group.rails()).contains(entry(leaf.id(), device));
      }
    }
  }

  @Test
  void slotsTakeInTheAnonymousPorts() {
    var slots = cabling.slots();

    assertThat(slots).hasSize(138);
    assertThat(slots).filteredOn(slot -> slot.ports().size() == 4).hasSize(121);
    assertThat(slots)
        .filteredOn(slot -> slot.ports().size() == 3)
        .hasSize(17)
        .allMatch(slot -> slot.group().name().endsWith("-01"));
    assertThat(
            slots.stream()
                .flatMap(slot -> slot.ports().stream())
                .filter(port -> port.role() == AdapterRole.ANONYMOUS))
        .hasSize(69);
    assertThat(slots).filteredOn(slot -> !slot.host().isEmpty()).hasSize(119);
  }

  @Test
  void slotOfAHostIsTheNumberInItsName() {
    var usual =
        cabling.ports().stream()
            .filter(HostPort::named)
            .filter(port -> port.leafPort() == Integer.parseInt(port.host().split("-c")[1]));

    assertThat(usual).hasSize(461);
    assertThat(cabling.slots())
        .filteredOn(slot -> !slot.host().isEmpty())
        .allMatch(slot -> slot.port() == Integer.parseInt(slot.host().split("-c")[1]));
  }

  @Test
  void machinesWithTheirSystemsNameAreAtOnePort() {
    var places =
        cabling.ports().stream()
            .filter(port -> port.host().equals("localhost"))
            .map(port -> cabling.groupOf(port.leaf()).orElseThrow().name() + " " + port.leafPort())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(places).containsExactly("A09-P1-IBLEAF-01 10");
  }

  @Test
  void miscablingsAreReported() {
    var remarks = cabling.miscablings();

    assertThat(remarks)
        .extracting(Remark::text)
        .containsExactly(
            "a05-p1-dgx-01-c12 mlx5_1 is at A09-P1-IBLEAF-02-01 port 11 and belongs at"
                + " A09-P1-IBLEAF-02-01 port 12; move the cable",
            "a05-p1-dgx-01-c14 mlx5_5 is at A09-P1-IBLEAF-04-01 port 11 and belongs at"
                + " A09-P1-IBLEAF-04-01 port 14; move the cable",
            "b06-p1-dgx-06-c02 mlx5_0 is at B09-P1-IBLEAF-01-06 port 4 and belongs at"
                + " B09-P1-IBLEAF-01-06 port 2; move the cable",
            "b06-p1-dgx-06-c07 mlx5_1 and b06-p1-dgx-06-c08 mlx5_1 are swapped: they are at"
                + " B09-P1-IBLEAF-02-06 port 8 and B09-P1-IBLEAF-02-06 port 7; swap the cables",
            "b08-p1-dgx-08-c01 mlx5_4 and b08-p1-dgx-08-c01 mlx5_5 are swapped: they are at"
                + " B09-P1-IBLEAF-04-08 port 1 and B09-P1-IBLEAF-03-08 port 1; swap the cables");
    assertThat(remarks).allMatch(remark -> remark.line() > 0);
  }

  @Test
  void estateHasTheNamedHosts() {
    var inventory = new InfiniBandEstate("ib-a", 8, "H100", AdapterNames.DEFAULT).of(cabling);
    var estate = inventory.estate();

    assertThat(estate.nodes()).hasSize(119).allMatch(node -> node.gpus() == 8);
    assertThat(estate.fabrics()).containsExactly(entry("ib-a", NicKind.IB));
    assertThat(estate.tiers()).containsExactly("spine", "leaf");
    assertThat(estate.domains(0)).hasSize(1);
    assertThat(estate.domains(1)).hasSize(8);
    assertThat(estate.nodes().stream().mapToInt(node -> node.nics().size()).sum()).isEqualTo(466);
    assertThat(estate.node("a05-p1-dgx-01-c12").map(Node::tierPath).orElseThrow())
        .containsExactly("P1-IBSPINE", "A09-P1-IBLEAF-01");
    assertThat(inventory.remarks())
        .extracting(Remark::text)
        .contains(
            "0 of 69 anonymous adapters were given to a host by their slot; 19 slots have no named"
                + " host and are left out; name those hosts",
            "40 adapters of aggregation nodes and 2 of fabric managers are no hosts");
    assertThat(new HashSet<>(inventory.remarks())).hasSameSizeAs(inventory.remarks());
  }
}
