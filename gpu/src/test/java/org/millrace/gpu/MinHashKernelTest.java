package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.WithNull;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.millrace.kernel.dedup.MinHash;
import org.millrace.kernel.dedup.Shingles;
import org.millrace.kernel.dedup.Shingles.Unit;
import org.millrace.kernel.dedup.XxHash64;

/**
 * The kernel's body, compiled for the host, gives the signatures of the Java kernel bit for bit.
 */
@AddLifecycleHook(NeedsHostKernels.class)
class MinHashKernelTest {

  private static final Shingles CHARACTERS = Shingles.of(Unit.CHARACTERS, 5);
  private static final int[] NONE = {};

  @Property(tries = 300)
  void signaturesOfAnyUnicode(
      @ForAll @Size(max = 40) List<@WithNull(0.1) @StringLength(max = 90) String> texts,
      @ForAll Unit unit,
      @ForAll @IntRange(min = 1, max = 9) int size,
      @ForAll @IntRange(min = 1, max = 300) int permutations) {
    assertSameAsJava(texts, Shingles.of(unit, size), permutations);
  }

  @Property(tries = 300)
  void signaturesOfSpacedText(
      @ForAll @Size(max = 40) List<@WithNull(0.1) List<@IntRange(max = 5) Integer>> words,
      @ForAll Unit unit,
      @ForAll @IntRange(min = 1, max = 40) int size) {
    var snippets = List.of(" ", "a", "盘", "古 ", "\uD83D\uDE00", " word ");
    var texts = new ArrayList<String>();
    for (var row : words) {
      texts.add(row == null ? null : String.join("", row.stream().map(snippets::get).toList()));
    }

    assertSameAsJava(texts, Shingles.of(unit, size), 7);
  }

  @Example
  void rowsAtTheEdges() {
    var texts =
        Arrays.asList(
            "",
            "一二三四",
            "一二三四五",
            null,
            "\uD83D\uDE00\uD842\uDFB7aé盘",
            "lone \uD800 and \uDC00 surrogates",
            " ",
            "      ",
            "");

    assertSameAsJava(texts, CHARACTERS, 120);
    assertSameAsJava(texts, Shingles.of(Unit.WORDS, 2), 120);
  }

  @Example
  void columnsOfNothing() {
    assertThat(signatures(bytes(List.of()), CHARACTERS, MinHash.of(3))).isEmpty();
    assertSameAsJava(Arrays.asList(null, null), CHARACTERS, 3);
    assertSameAsJava(List.of("", ""), CHARACTERS, 3);
  }

  @Example
  void aShingleLongerThanTheSegmentsOfBytes() {
    var text = "数据 and words ".repeat(900);

    assertSameAsJava(List.of("x", text, "y"), Shingles.of(Unit.CHARACTERS, 5000), 5);
    assertSameAsJava(List.of("x", text, "y"), Shingles.of(Unit.WORDS, 2000), 5);
  }

  @Example
  void aRowOfTenMegabytesBetweenShortOnes() {
    var random = new SplittableRandom(3);
    var longest = new StringBuilder();
    while (longest.length() < 4_000_000) {
      longest.appendCodePoint(
          switch (random.nextInt(8)) {
            case 0 -> ' ';
            case 1 -> 0x1F600 + random.nextInt(60);
            case 2 -> 'a' + random.nextInt(26);
            default -> 0x4E00 + random.nextInt(6000);
          });
    }
    assertThat(longest.toString().getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(9_000_000);
    var texts = List.of("一二三四五六", longest.toString(), "六五四三二一");

    assertSameAsJava(texts, CHARACTERS, 12);
    assertSameAsJava(texts, Shingles.of(Unit.WORDS, 3), 12);
  }

  /**
   * Bytes that are no UTF-8 have characters too: one at each byte that doesn't continue another.
   */
  @Property(tries = 300)
  void signaturesOfBytesThatAreNoUtf8(
      @ForAll @Size(max = 10) List<@Size(max = 80) byte[]> rows,
      @ForAll @IntRange(min = 1, max = 6) int size) {
    var minHash = MinHash.of(4);

    var found = signatures(rows, Shingles.of(Unit.CHARACTERS, size), minHash);

    assertThat(found).hasSameSizeAs(rows);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(found.get(row)).isEqualTo(minHash.signature(hashes(rows.get(row), size)));
    }
  }

  private static long[] hashes(byte[] bytes, int size) {
    var starts = new ArrayList<Integer>();
    for (int i = 0; i < bytes.length; i++) {
      boolean continues = bytes[i] >= (byte) 0x80 && bytes[i] < (byte) 0xC0;
      if (i == 0 || !continues) {
        starts.add(i);
      }
    }
    starts.add(bytes.length);
    var hashes = new long[Math.max(0, starts.size() - size)];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = XxHash64.hash(bytes, starts.get(i), starts.get(i + size), XxHash64.SEED);
    }
    return hashes;
  }

  private static void assertSameAsJava(List<String> texts, Shingles shingles, int permutations) {
    var minHash = MinHash.of(permutations);

    var found = signatures(bytes(texts), shingles, minHash);

    assertThat(found).hasSameSizeAs(texts);
    for (int row = 0; row < texts.size(); row++) {
      var text = texts.get(row);
      assertThat(found.get(row))
          .as("row %d", row)
          .isEqualTo(text == null ? NONE : minHash.signatureOfForm(shingles, text));
    }
  }

  private static List<byte[]> bytes(List<String> texts) {
    var bytes = new ArrayList<byte[]>();
    texts.forEach(text -> bytes.add(text == null ? null : text.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }

  private static List<int[]> signatures(List<byte[]> rows, Shingles shingles, MinHash minHash) {
    try (var memory = new HostMemory()) {
      var column = StringColumn.of(rows, memory);
      var sizes = memory.allocate(4L * rows.size());
      Kernels.minHashSizes(
          column.offsets(),
          column.bytes(),
          column.valid(),
          column.rows(),
          shingles.unit().ordinal(),
          shingles.size(),
          minHash.permutations(),
          HostMemory.address(sizes),
          0);
      var lists = StringColumn.listOffsets(HostMemory.ints(sizes));
      int values = lists[rows.size()];
      var signatures = memory.allocate(4L * values);
      Kernels.minHash(
          column.offsets(),
          column.bytes(),
          column.valid(),
          column.rows(),
          column.length(),
          shingles.unit().ordinal(),
          shingles.size(),
          memory.longs(minHash.factors()),
          memory.longs(minHash.summands()),
          minHash.permutations(),
          memory.ints(lists),
          HostMemory.address(signatures),
          values,
          0);
      var all = HostMemory.ints(signatures);
      var out = new ArrayList<int[]>();
      for (int row = 0; row < rows.size(); row++) {
        out.add(Arrays.copyOfRange(all, lists[row], lists[row + 1]));
      }
      return out;
    }
  }
}
