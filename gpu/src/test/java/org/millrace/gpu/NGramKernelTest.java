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
import org.millrace.kernel.clean.CharacterClasses;
import org.millrace.kernel.clean.DocumentStatistics;
import org.millrace.kernel.clean.Ratio;
import org.millrace.kernel.clean.Words;

/** The kernel's body, compiled for the host, measures what the Java kernel measures. */
@AddLifecycleHook(NeedsHostKernels.class)
class NGramKernelTest {

  private static final byte[] CLASSES = CharacterClasses.table();

  private static final List<String> SNIPPETS =
      List.of(
          " ",
          "\n",
          "\n\n",
          "\r\n",
          "a ",
          "b ",
          "盘古 ",
          "\uD83D\uDE00",
          "#",
          "…",
          ".",
          "...",
          "é",
          "\u3000",
          "12",
          "the same line\n",
          "end.\n\n",
          "\u2028",
          "e\u0301");

  @Property(tries = 300)
  void ratiosOfAnyUnicode(
      @ForAll @Size(max = 20) List<@WithNull(0.1) @StringLength(max = 90) String> texts) {
    assertSameAsJava(texts);
  }

  @Property(tries = 500)
  void ratiosOfRepetitiveText(
      @ForAll @Size(max = 20)
          List<@WithNull(0.1) @Size(max = 150) List<@IntRange(max = 18) Integer>> rows) {
    var texts = new ArrayList<String>();
    for (var row : rows) {
      texts.add(row == null ? null : String.join("", row.stream().map(SNIPPETS::get).toList()));
    }

    assertSameAsJava(texts);
  }

  @Property(tries = 300)
  void ratiosOfFewWordsInManyOrders(
      @ForAll @Size(min = 1, max = 300) List<@IntRange(max = 2) Integer> words) {
    assertSameAsJava(
        List.of(String.join(" ", words.stream().map(i -> "x" + "y".repeat(i)).toList())));
  }

  @Example
  void rowsAtTheEdges() {
    assertSameAsJava(
        Arrays.asList(
            "", " ", "\n", "\n\n", null, "\n\n\n\n", "a", "\na\n", " \n\n a \n\n\n b ", "x\n\nx"));
    assertSameAsJava(List.of());
    assertSameAsJava(Arrays.asList(null, null));
  }

  @Example
  void aRowOfTenMegabytesBetweenShortOnes() {
    var random = new SplittableRandom(5);
    var longest = new StringBuilder();
    while (longest.length() < 6_000_000) {
      longest
          .append((char) (0x4E00 + random.nextInt(20)))
          .append((char) ('a' + random.nextInt(20)))
          .append(random.nextInt(30) == 0 ? "\n\n" : " ");
    }
    assertThat(longest.toString().getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(9_900_000);

    assertSameAsJava(List.of("one two", longest.toString(), "two one"));
  }

  private static void assertSameAsJava(List<String> given) {
    var texts = new ArrayList<byte[]>();
    given.forEach(text -> texts.add(text == null ? null : text.getBytes(StandardCharsets.UTF_8)));
    var document = new DocumentStatistics(Words.WHITESPACE);

    var found = ratios(texts);

    for (int row = 0; row < texts.size(); row++) {
      var text = texts.get(row);
      if (text != null) {
        document.measure(new String(text, StandardCharsets.UTF_8));
      }
      for (var ratio : Ratio.values()) {
        assertThat(found[ratio.ordinal() * texts.size() + row])
            .as("%s of row %d", ratio, row)
            .isEqualTo(text == null ? 0 : ratio.of(document));
      }
    }
  }

  private static double[] ratios(List<byte[]> rows) {
    try (var memory = new HostMemory()) {
      var column = StringColumn.of(rows, memory);
      long longest = 0;
      for (var row : rows) {
        longest = Math.max(longest, row == null ? 0 : row.length);
      }
      var classes = memory.allocate(CLASSES.length).put(CLASSES);
      var scratch = memory.allocate(Kernels.ngramScratch(longest));
      var ratios = memory.allocate(8L * Ratio.values().length * rows.size());
      Kernels.ngramStats(
          column.offsets(),
          column.bytes(),
          column.valid(),
          column.rows(),
          HostMemory.address(classes),
          longest,
          HostMemory.address(scratch),
          scratch.capacity(),
          HostMemory.address(ratios),
          0);
      var values = new double[ratios.capacity() / 8];
      ratios.asDoubleBuffer().get(values);
      return values;
    }
  }
}
