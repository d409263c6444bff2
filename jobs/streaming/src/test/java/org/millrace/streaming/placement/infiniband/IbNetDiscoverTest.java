package org.millrace.streaming.placement.infiniband;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Inventory;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Remark;

class IbNetDiscoverTest {

  private static final InfiniBandEstate READER =
      new InfiniBandEstate("ib-a", 8, "H100", AdapterNames.DEFAULT);

  private static Inventory read(String text) {
    return READER.read("fabric.out", text);
  }

  @Test
  void hostsGetTheirPortsAndTheirPlace() {
    var estate = read(FabricText.railOptimised().text()).estate();

    assertThat(estate.nodes()).hasSize(8);
    var node = estate.node("n12").orElseThrow();
    assertThat(node.nics())
        .containsExactly(
            Nic.of("mlx5_0", NicKind.IB, "ib-a", 400), Nic.of("mlx5_1", NicKind.IB, "ib-a", 400));
    assertThat(node.tierPath()).containsExactly("SPINE", "LEAF-1");
    assertThat(estate.tiers()).containsExactly("spine", "leaf");
  }

  @Test
  void orderOfBlocksDoesNotMatter() {
    var fabric = FabricText.railOptimised();

    for (int seed = 0; seed < 10; seed++) {
      assertThat(read(fabric.shuffled(new Random(seed))).estate())
          .isEqualTo(read(fabric.text()).estate());
    }
  }

  @Test
  void fullAndGroupedFormsAreReadToo() {
    var text =
        """

        Chassis 1 (guid 0x8f1040)

        # Spine Nodes
        vendid=0x2c9
        devid=0xd2f2
        sysimgguid=0x8f1040\t\t# Chassis 1
        switchguid=0x8f1041(8f1041)\t# Spine ISR9288 Slot 1
        Switch\t24 "S-0008f10400411a08"\t\t# "ISR9288" base port 0 lid 6 lmc 0
        [2][ext 14]\t"H-0002c90200219b44"[1](2c90200219b45) \t\t# "n1 HCA-1" lid 4 4xEDR s=4 w=2 v=4

        caguid=0x2c90200219b44
        Ca\t2 "H-0002c90200219b44"\t\t# "n1 HCA-1"
        [1](2c90200219b45) \t"S-0008f10400411a08"[2][ext 14]\t\t# lid 4 lmc 0 "ISR9288" lid 6 4xEDR s=4 w=2 v=4
        """;

    var node = read(text).estate().node("n1").orElseThrow();

    assertThat(node.nics()).containsExactly(Nic.of("mlx5_0", NicKind.IB, "ib-a", 100));
    assertThat(node.tierPath()).containsExactly("ISR9288");
  }

  @ParameterizedTest
  @CsvSource({
    "1xSDR,2.5", "4xSDR,10", "4xDDR,20", "4xQDR,40", "4xFDR10,40", "4xFDR,56", "4xEDR,100",
    "2xHDR,100", "4xHDR,200", "4xNDR,400", "8xNDR,800", "4xXDR,800", "??,0", "4x???,0"
  })
  void ratesAreWidthTimesLane(String rate, double gbps) {
    assertThat(LinkRate.gbps(" lid 7 " + rate)).isEqualTo(gbps);
  }

  @Test
  void portOfUnknownRateTakesTheUsualOne() {
    var fabric = FabricText.railOptimised().withAdapter("9", "n19 mlx5_0", "LEAF-1-1", 9, "??");

    assertThat(read(fabric.text()).estate().node("n19").orElseThrow().nics())
        .containsExactly(Nic.of("mlx5_0", NicKind.IB, "ib-a", 400));
  }

  @Test
  void anonymousPortCompletesTheHostOfItsSlot() {
    var whole = FabricText.railOptimised().text();
    var text = whole.replace("\"n12 mlx5_1\"", "\"MT4129 ConnectX7   Mellanox Technologies\"");

    var inventory = read(text);

    assertThat(inventory.estate()).isEqualTo(read(whole).estate());
    assertThat(inventory.remarks())
        .extracting(Remark::text)
        .containsExactly(
            "1 of 1 anonymous adapters were given to a host by their slot; 0 slots have no named"
                + " host and are left out; name those hosts");
  }

  @Test
  void cableIntoAnotherGroupJoinsNoGroups() {
    var text = FabricText.railOptimised().withAdapter("9", "n11 mlx5_2", "LEAF-1-2", 9).text();

    var inventory = read(text);

    assertThat(inventory.estate().domains(1)).hasSize(2);
    assertThat(inventory.remarks())
        .extracting(Remark::text)
        .containsExactly(
            "n11 mlx5_2 is at LEAF-1-2 port 9 and belongs at LEAF-1-2 port 1; move the cable");
  }

  @Test
  void cableIntoAnotherGroupOwnsNoSlotThere() {
    var text =
        FabricText.railOptimised()
            .withAdapter("8", "n11 mlx5_2", "LEAF-1-2", 9)
            .withAdapter("9", "MT4129 ConnectX7   Mellanox Technologies", "LEAF-2-2", 9)
            .text();

    var cabling = Cabling.of(IbNetDiscover.parse("fabric.out", text), AdapterNames.DEFAULT);

    assertThat(cabling.slots())
        .filteredOn(slot -> slot.port() == 9)
        .extracting(Slot::host)
        .containsExactly("");
  }

  @Test
  void leafAloneInfersNothing() {
    var text =
        new FabricText()
            .withSwitch("LEAF-1")
            .withAdapter("1", "n1 mlx5_0", "LEAF-1", 1)
            .withAdapter("2", "n1 mlx5_1", "LEAF-1", 2)
            .withAdapter("3", "MT4129 ConnectX7   Mellanox Technologies", "LEAF-1", 3)
            .text();

    var inventory = read(text);

    assertThat(inventory.estate().node("n1").orElseThrow().nics()).hasSize(2);
    assertThat(inventory.estate().nodes()).hasSize(1);
    assertThat(inventory.estate().tiers()).containsExactly("leaf");
  }

  @Test
  void threeTiersMakePods() {
    var text = new FabricText();
    text.withSwitch("CORE-1");
    for (int pod = 1; pod <= 2; pod++) {
      text.withSwitch("SPINE-" + pod);
      text.withCable("SPINE-" + pod, 60, "CORE-1", pod);
      for (int leaf = 1; leaf <= 2; leaf++) {
        var name = "LEAF-%d-%d".formatted(pod, leaf);
        text.withSwitch(name).withCable(name, 60, "SPINE-" + pod, leaf);
        text.withAdapter(pod + "" + leaf, "n%d%d mlx5_0".formatted(pod, leaf), name, 1);
      }
    }

    var estate = read(text.text()).estate();

    assertThat(estate.tiers()).containsExactly("core", "spine", "leaf");
    assertThat(estate.node("n21").orElseThrow().tierPath())
        .containsExactly("CORE-1", "SPINE-2", "LEAF-2-1");
  }

  @Test
  void warningsOfTheToolArePassedOver() {
    var text = "ibwarn: [123] _do_madrpc: recv failed\n" + FabricText.railOptimised().text();

    assertThat(read(text).remarks())
        .extracting(Remark::toString)
        .containsExactly("fabric.out line 1: passed over: ibwarn: [123] _do_madrpc: recv failed");
  }

  @Test
  void cableThatOneEndTellsIsRefused() {
    var text = FabricText.railOptimised().text();
    var line = "[31]\t\"S-SPINE-1\"[3]\t\t# \"MF0;SPINE-1:MQM9701/U1\" lid 7 4xNDR\n";
    assertThat(text).contains(line);

    assertThatThrownBy(() -> read(text.replace(line, line.replace("[3]", "[4]"))))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "fabric.out line \\d+: port 31 of S-LEAF-1-1 leads to port 4 of S-SPINE-1, which does"
                + " not lead back; run ibnetdiscover again");
  }

  @Test
  void absentSwitchIsRefused() {
    var blocks = FabricText.railOptimised().blocks();
    var text = String.join("", blocks.subList(1, blocks.size()));

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "fabric.out line \\d+: port \\d of .* leads to S-LEAF-1-1, of which the file has no"
                + " block; is it cut off\\? Run ibnetdiscover again");
  }

  @Test
  void secondMachineOfANameIsRefused() {
    var text = FabricText.railOptimised().withAdapter("9", "n11 mlx5_0", "LEAF-1-1", 9).text();

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "fabric.out line \\d+: the host n11 has a second mlx5_0, the first is in line \\d+;"
                + " give each machine a name of its own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing to see|fabric.out: no switch in it; give the output of ibnetdiscover without",
        "[1] \"S-1\"[2]|fabric.out line 1: a port outside the block of a device; run",
        "Switch\t : 0x1 ports 65 devid 0x1 vendid 0x2 \"x\"|fabric.out line 1: a list of devices",
      })
  void otherTextsAreRefused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void deviceThatIsThereTwiceIsRefused() {
    var text = FabricText.railOptimised();

    assertThatThrownBy(() -> read(text.text() + text.blocks().get(0)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the device S-LEAF-1-1 is there since line");
  }

  @Property(tries = 300)
  void damagedFileIsReadOrRefusedInOneLine(
      @ForAll @IntRange(min = 0, max = 1_000_000) int seed,
      @ForAll @IntRange(min = 1, max = 5) int damages) {
    var random = new Random(seed);
    var text = new StringBuilder(FabricText.railOptimised().text());
    for (int i = 0; i < damages; i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.setLength(at);
        case 1 -> text.setCharAt(at, (char) random.nextInt(0x2000));
        case 2 -> text.delete(at, Math.min(text.length(), at + random.nextInt(200)));
        default -> text.insert(at, "[9]\t\"S-LEAF-1-1\"[9] \" # ( \n");
      }
      if (text.isEmpty()) {
        text.append('\n');
      }
    }

    try {
      assertThat(read(text.toString()).estate().nodes()).hasSizeLessThanOrEqualTo(20);
    } catch (UserError e) {
      assertThat(e.getMessage()).startsWith("fabric.out").doesNotContain("\n");
    }
  }
}
