package org.millrace.streaming.placement.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Inventory;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.estate.Remark;
import org.millrace.streaming.placement.inventory.NcclLog.Port;

class NcclLogTest {

  @Test
  void linesWithoutHostAreOfTheHostThatIsGiven() {
    var found =
        NcclLog.parse(
            "n1.log",
            "NET/IB : Using [0]mlx5_bond_0:1/RoCE\nNET/Socket : Using [0]eth0:10.0.0.1<0>",
            "n1");

    assertThat(found)
        .containsOnlyKeys("n1")
        .containsEntry(
            "n1",
            List.of(
                new Port(1, "mlx5_bond_0", NicKind.ROCE, 0), new Port(2, "eth0", NicKind.ETH, 0)));
  }

  @Test
  void severalHostsDevicesAndSpeedsAreTold() {
    var log =
        """
        2026-01-02T03:04:05Z node-1:812:903 [0] NCCL INFO NET/IB: [0] mlx5_0:uverbs0:1/IB provider=Mlx5 speed=400000 context=0x1 pciPath=/sys ar=1
        node-1:812:903 [0] NCCL INFO NET/IB : Using [0]mlx5_0:1/IB/SHARP [1]mlx5_1:2/IB [RO]; OOB eth0:10.0.0.1<0>
        node-1:813:904 [1] NCCL INFO NET/IB : Using [0]mlx5_0:1/IB/SHARP [1]mlx5_1:2/IB [RO]; OOB eth0:10.0.0.1<0>
        node-2.dom:1:2 [0] NCCL INFO NET/IB : Using [0]={[0] mlx5_0:1/RoCE, [1] mlx5_1:1/RoCE} [RO]; OOB eth0:10.0.0.2<0>
        node-3:1:2 [0] NCCL INFO NET/IB : No device found.
        node-3:1:2 [0] NCCL INFO NET/Socket : Using [0]eth0:10.0.0.3<0> [1]ib0:fe80::1%ib0<0>
        """;

    var found = NcclLog.parse("x.log", log, "");

    assertThat(found.get("node-1"))
        .containsExactly(
            new Port(2, "mlx5_0", NicKind.IB, 400), new Port(2, "mlx5_1:2", NicKind.IB, 0));
    assertThat(found.get("node-2.dom"))
        .containsExactly(
            new Port(4, "mlx5_0", NicKind.ROCE, 0), new Port(4, "mlx5_1", NicKind.ROCE, 0));
    assertThat(found.get("node-3"))
        .containsExactly(new Port(6, "eth0", NicKind.ETH, 0), new Port(6, "ib0", NicKind.ETH, 0));
  }

  @Test
  void logCompletesAnInventoryThatTellsNoKinds() {
    var model =
        TopographModel.parse(
            "m.yaml",
            "switches: {core-1: {switches: [l1]}}\nblocks: [{switch: l1, nodes: [n1, n2]}]",
            HostDefaults.DEFAULT);
    var log =
        NcclLog.parse("n1.log", "NET/IB : Using [0]mlx5_0:1/RoCE; OOB eth0:10.0.0.1<0>", "n1");

    var estate = NcclLog.complete(model, "n1.log", log, 200).estate();

    assertThat(estate.node("n1").orElseThrow().nics())
        .containsExactly(
            Nic.of("eth0", NicKind.ETH, "ethernet", 25),
            Nic.of("mlx5_0", NicKind.ROCE, "roce-core-1", 200));
    assertThat(estate.node("n2")).isEqualTo(model.estate().node("n2"));
  }

  @Test
  void knownKindStaysWithARemark() {
    var estate = Estate.of(List.of(Node.of("n1", 8, Nic.of("mlx5_0", NicKind.IB, "ib-a", 400))));
    var log = NcclLog.parse("n1.log", "NET/IB : Using [0]mlx5_0:1/RoCE", "n1");
    var other = NcclLog.parse("n9.log", "NET/IB : Using [0]mlx5_0:1/RoCE", "n9");

    var inventory = NcclLog.complete(new Inventory(estate, List.of()), "n1.log", log, 200);

    assertThat(inventory.estate()).isEqualTo(estate);
    assertThat(inventory.remarks())
        .extracting(Remark::toString)
        .containsExactly(
            "n1.log line 1: NCCL says that mlx5_0 of n1 is ROCE, the inventory IB; kept as it is"
                + " there");
    assertThat(NcclLog.complete(new Inventory(estate, List.of()), "n9.log", other, 200).remarks())
        .extracting(Remark::toString)
        .containsExactly("n9.log line 1: the host n9 is not in the inventory; add it there");
  }

  @Test
  void logWithoutNicsIsRefused() {
    assertThatThrownBy(() -> NcclLog.parse("x.log", "NET/IB : Using [0]mlx5_0:1/IB", ""))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "x.log line 1: names no host; keep NCCL's 'host:pid:tid' or give one host a file");
    assertThatThrownBy(() -> NcclLog.parse("x.log", "hello", ""))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "x.log: no line 'NET/IB : Using' or 'NET/Socket : Using' in it; run the job with"
                + " NCCL_DEBUG=INFO");
  }
}
