package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MegatronTest {

  @TempDir static Path folder;

  private Path scratch;

  @BeforeProperty
  void makeFolder() throws IOException {
    scratch = Files.createTempDirectory("megatron");
  }

  @AfterProperty
  void removeFolder() throws IOException {
    for (var file : Files.list(scratch).toList()) {
      Files.delete(file);
    }
    Files.delete(scratch);
  }

  @Test
  void filesAreAsTheFormatSays() throws IOException {
    var prefix = folder.resolve("by-hand");

    write(prefix, MegatronType.INT32, List.of(new int[] {1, 258}, new int[0], new int[] {70_000}));

    assertThat(hex(prefix + ".bin")).isEqualTo("01000000" + "02010000" + "70110100");
    assertThat(hex(prefix + ".idx"))
        .isEqualTo(
            "4d4d494449445800"
                + "00" // MMIDIDX and two zeros
                + "0100000000000000" // version
                + "04" // int32
                + "0300000000000000" // sequences
                + "0400000000000000" // documents and 1
                + "02000000"
                + "00000000"
                + "01000000" // lengths
                + "0000000000000000"
                + "0800000000000000"
                + "0800000000000000" // offsets
                + "0000000000000000"
                + "0100000000000000"
                + "0200000000000000"
                + "0300000000000000"); // documents
    assertThat(Files.size(Path.of(prefix + ".idx"))).isEqualTo(42 + 20 * 3);
  }

  @Test
  void smallVocabulariesTakeTwoBytesAToken() throws IOException {
    var prefix = folder.resolve("short");

    write(prefix, MegatronType.ofVocabulary(65_536), List.of(new int[] {1, 65_535}));

    assertThat(hex(prefix + ".bin")).isEqualTo("0100" + "ffff");
    assertThat(hex(prefix + ".idx")).contains("0100000000000000" + "08" + "0100000000000000");
    assertThat(MegatronReader.open(prefix).sequence(0)).containsExactly(1, 65_535);
    assertThat(MegatronType.ofVocabulary(65_537)).isEqualTo(MegatronType.INT32);
  }

  @Test
  void noSequencesAreADataSetToo() throws IOException {
    var prefix = folder.resolve("none");

    write(prefix, MegatronType.INT32, List.of());

    assertThat(MegatronReader.open(prefix).sequences()).isZero();
    assertThat(MegatronReader.open(prefix).documents()).isZero();
    assertThat(Files.size(Path.of(prefix + ".idx"))).isEqualTo(42);
  }

  @ParameterizedTest
  @CsvSource({"UINT16, 65536", "UINT16, -1", "INT32, -1"})
  void aTokenThatDoesntFitIsRefusedAndNothingIsLeft(MegatronType type, int token)
      throws IOException {
    var prefix = folder.resolve("unfit");

    assertThatThrownBy(() -> write(prefix, type, List.of(new int[] {1}, new int[] {1, token})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token " + token + " of sequence 1 of " + prefix + ".bin");

    assertThat(Path.of(prefix + ".bin")).doesNotExist();
    assertThat(Path.of(prefix + ".idx")).doesNotExist();
  }

  @Property(tries = 100)
  void readsWhatWasWritten(
      @ForAll @Size(max = 20) List<@Size(max = 50) List<@IntRange(max = 65_535) Integer>> sequences,
      @ForAll MegatronType type)
      throws IOException {
    var arrays = arrays(sequences);
    write(scratch.resolve("set"), type, arrays);

    var reader = MegatronReader.open(scratch.resolve("set"));

    assertThat(reader.type()).isEqualTo(type);
    assertThat(read(reader)).usingElementComparator(Arrays::compare).isEqualTo(arrays);
    assertThat(reader.documents()).isEqualTo(sequences.size());
    assertThat(reader.tokens()).isEqualTo(sequences.stream().mapToLong(List::size).sum());
    assertThat(LongStream.rangeClosed(0, sequences.size()).map(reader::firstSequence))
        .containsExactlyElementsOf(LongStream.rangeClosed(0, sequences.size()).boxed().toList());
  }

  @Property(tries = 100)
  void mergedPartsAreWhatOneWriterWrites(
      @ForAll @Size(min = 1, max = 5)
          List<@Size(max = 6) List<@Size(max = 9) List<@IntRange(max = 65_535) Integer>>> parts,
      @ForAll MegatronType type)
      throws IOException {
    var prefixes = new ArrayList<Path>();
    for (int i = 0; i < parts.size(); i++) {
      prefixes.add(scratch.resolve("part-" + i));
      write(prefixes.get(i), type, arrays(parts.get(i)));
    }
    write(scratch.resolve("one"), type, arrays(parts.stream().flatMap(List::stream).toList()));

    MegatronMerge.merge(prefixes, scratch.resolve("merged"));

    assertThat(hex(scratch.resolve("merged.bin").toString()))
        .isEqualTo(hex(scratch.resolve("one.bin").toString()));
    assertThat(hex(scratch.resolve("merged.idx").toString()))
        .isEqualTo(hex(scratch.resolve("one.idx").toString()));
  }

  @Test
  void onlyPartsOfOneTypeAreMerged() throws IOException {
    var wide = folder.resolve("wide");
    var narrow = folder.resolve("narrow");
    write(wide, MegatronType.INT32, List.of(new int[] {1}));
    write(narrow, MegatronType.UINT16, List.of(new int[] {1}));
    var into = folder.resolve("mixed");

    assertThatThrownBy(() -> MegatronMerge.merge(List.of(wide, narrow), into))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            narrow + " has tokens of type UINT16, " + wide + " of INT32; write them with one type");
    assertThatThrownBy(() -> MegatronMerge.merge(List.of(wide), wide))
        .hasMessageContaining("into itself");
    assertThatThrownBy(() -> MegatronMerge.merge(List.of(), into))
        .hasMessageContaining("no Megatron data sets");
    assertThat(Path.of(into + ".bin")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 58, doesn't begin with MMIDIDX",
    "9, 2, its version is 2",
    "17, 6, its tokens are of type 6",
    "18, 3, which aren't those of 3 sequences and 3 document entries",
    "25, -128, which aren't those of -",
    "26, 9, which aren't those of 2 sequences and 9 document entries",
    "34, 3, sequence 1 has 1 tokens from byte 4 where byte 6 is due",
    "37, -1, sequence 0 has -16777214 tokens",
    "38, 2, its sequences have 8 bytes",
    "50, 2, sequence 1 has 1 tokens from byte 2",
    "58, 1, document 0 begins at sequence 1",
    "66, 3, document 2 begins at sequence 2 after 3",
    "74, 1, its documents end at sequence 1 of 2"
  })
  void abyteThatIsWrongIsNamed(int at, byte value, String message) throws IOException {
    var prefix = folder.resolve("wrong");
    write(prefix, MegatronType.UINT16, List.of(new int[] {1, 2}, new int[] {3}));
    var idx = Path.of(prefix + ".idx");
    var bytes = Files.readAllBytes(idx);
    bytes[at] = value;
    Files.write(idx, bytes);

    assertThatThrownBy(() -> MegatronReader.open(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(idx + " is no index of a Megatron data set")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @EnumSource
  void randomAndShortFilesAreRefused(MegatronType type) throws IOException {
    var prefix = folder.resolve("fuzz" + type);
    write(prefix, type, List.of(new int[] {1, 2}, new int[] {3}, new int[0]));
    var idx = Path.of(prefix + ".idx");
    var whole = Files.readAllBytes(idx);
    var random = new Random(1);
    for (int i = 0; i < 500; i++) {
      var bytes = i < whole.length ? Arrays.copyOf(whole, i) : whole.clone();
      for (int k = 0; i >= whole.length && k < 1 + random.nextInt(4); k++) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      if (Arrays.equals(bytes, whole)) {
        continue;
      }
      Files.write(idx, bytes);

      assertThatThrownBy(() -> MegatronReader.open(prefix))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aMissingFileAndASequenceBeyondAreNamed() throws IOException {
    var prefix = folder.resolve("half");
    write(prefix, MegatronType.INT32, List.of(new int[] {1}));

    assertThatThrownBy(() -> MegatronReader.open(prefix).sequence(1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("sequence 1 of 1 of " + prefix + ".idx");
    assertThatThrownBy(() -> MegatronReader.open(prefix).firstSequence(2))
        .hasMessageContaining("document 2 of 1");
    Files.delete(Path.of(prefix + ".bin"));
    assertThatThrownBy(() -> MegatronReader.open(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no Megatron file " + prefix + ".bin");
  }

  private static void write(Path prefix, MegatronType type, List<int[]> sequences)
      throws IOException {
    try (var writer = MegatronWriter.open(prefix, type)) {
      for (var sequence : sequences) {
        writer.add(sequence);
      }
      writer.finish();
    }
  }

  private static List<int[]> read(MegatronReader reader) {
    return LongStream.range(0, reader.sequences()).mapToObj(reader::sequence).toList();
  }

  private static List<int[]> arrays(List<List<Integer>> lists) {
    return lists.stream().map(list -> list.stream().mapToInt(Integer::intValue).toArray()).toList();
  }

  private static String hex(String file) throws IOException {
    return HexFormat.of().formatHex(Files.readAllBytes(Path.of(file)));
  }
}
