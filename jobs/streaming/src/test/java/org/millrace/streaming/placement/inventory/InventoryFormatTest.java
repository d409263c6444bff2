package org.millrace.streaming.placement.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.inventory.InventoryFormat.Settings;

class InventoryFormatTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fabrics: []|ESTATE",
        "{\"fabrics\": [], \"nodes\": []}|ESTATE",
        "# mine\\ntiers: [a]\\nnodes: []|ESTATE",
        "# model\\nswitches:\\n  a: {}|TOPOGRAPH_MODEL",
        "blocks: []|TOPOGRAPH_MODEL",
        "{\"instances\": []}|TOPOGRAPH_GRAPH",
        "{\"apiVersion\": \"v1\",\\n\"items\" : []}|KUBERNETES",
        "#\\n# Topology file: generated on|IBNETDISCOVER",
        "vendid=0x2c9|IBNETDISCOVER",
        "ibwarn: x\\nCa\\t1 \"H-1\"|IBNETDISCOVER",
      })
  void formIsFoundOut(String text, InventoryFormat format) {
    assertThat(InventoryFormat.of("x", text.replace("\\n", "\n").replace("\\t", "\t")))
        .isEqualTo(format);
  }

  @Test
  void otherTextIsRefused() {
    assertThatThrownBy(() -> InventoryFormat.of("x.txt", "hello"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "x.txt: no inventory that is known; give estate, topograph model, topograph graph,"
                + " ibnetdiscover, kubernetes");
  }

  @Test
  void formsAreRead() {
    var own = "fabrics: [{id: ib-a, kind: IB, gbps: 200}]\nnodes: [{name: n1, gpus: 8}]";
    var model = "switches: {a: {}}\nblocks: [{switch: a, nodes: [n1]}]";

    assertThat(InventoryFormat.ESTATE.parse("x", own, Settings.DEFAULT).estate().nodes())
        .hasSize(1);
    assertThat(InventoryFormat.TOPOGRAPH_MODEL.parse("x", model, Settings.DEFAULT).remarks())
        .hasSize(1);
  }

  @Test
  void gzipIsReadAsText() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write("blocks: []".getBytes(StandardCharsets.UTF_8));
    }
    var plain = Files.writeString(folder.resolve("a.yaml"), "blocks: []");
    var gzip = Files.write(folder.resolve("a.gz"), packed.toByteArray());
    var cut =
        Files.write(folder.resolve("b.gz"), java.util.Arrays.copyOf(packed.toByteArray(), 12));

    assertThat(InventoryFile.read(plain)).isEqualTo("blocks: []");
    assertThat(InventoryFile.read(gzip)).isEqualTo("blocks: []");
    assertThat(InventoryFile.read(Files.writeString(folder.resolve("c"), ""))).isEmpty();
    assertThatThrownBy(() -> InventoryFile.read(cut))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("b.gz: can't be read (Unexpected end of ZLIB input stream)");
    assertThatThrownBy(() -> InventoryFile.read(folder.resolve("absent")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("absent: can't be read");
  }
}
