package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.WithNull;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.millrace.kernel.verify.AnswerKey;

/** The kernel's body, compiled for the host, gives the keys of the Java kernel. */
@AddLifecycleHook(NeedsHostKernels.class)
class AnswerKeyKernelTest {

  private static final List<String> SNIPPETS =
      List.of(
          "\\boxed{",
          "{",
          "}",
          "$",
          ".",
          " ",
          "\t\n",
          "0",
          "00",
          "1",
          "12",
          "123",
          ",",
          "-",
          "+",
          "x",
          "盘",
          "\uD83D\uDE00",
          "\u00A0",
          "\\frac");

  @Property
  void keysOfAnyUnicode(@ForAll @Size(max = 20) List<@WithNull(0.1) String> answers) {
    assertSameAsJava(answers);
  }

  @Property(tries = 3000)
  void keysOfWhatAnswersAreMadeOf(
      @ForAll @Size(max = 10)
          List<@WithNull(0.05) @Size(max = 9) List<@IntRange(max = 19) Integer>> rows) {
    var answers = new ArrayList<String>();
    for (var row : rows) {
      answers.add(row == null ? null : String.join("", row.stream().map(SNIPPETS::get).toList()));
    }

    assertSameAsJava(answers);
  }

  @Example
  void rowsAtTheEdges() {
    assertSameAsJava(List.of());
    assertSameAsJava(Arrays.asList(null, null));
    assertSameAsJava(
        Arrays.asList(
            "",
            " ",
            ".",
            "$",
            "$$",
            "\\boxed{",
            "\\boxed{}",
            "1,250.50",
            "-0.0",
            "-.50",
            "1,2345"));
  }

  @Example
  void aRowOfTenMegabytes() {
    assertSameAsJava(List.of("7", "$ long  answer $ ".repeat(600_000), "0".repeat(10_000_000)));
    assertSameAsJava(List.of("\\boxed{".repeat(1_200_000) + "}".repeat(1_200_000)));
  }

  private static void assertSameAsJava(List<String> given) {
    var answers = new ArrayList<byte[]>();
    given.forEach(text -> answers.add(text == null ? null : text.getBytes(StandardCharsets.UTF_8)));

    var found = keys(answers);

    assertThat(found).hasSameSizeAs(answers);
    for (int row = 0; row < answers.size(); row++) {
      var answer = answers.get(row);
      assertThat(found.get(row))
          .as("row %d", row)
          .isEqualTo(
              answer == null ? "" : AnswerKey.of(new String(answer, StandardCharsets.UTF_8)));
    }
  }

  private static List<String> keys(List<byte[]> rows) {
    try (var memory = new HostMemory()) {
      var column = StringColumn.of(rows, memory);
      var sizes = memory.allocate(4L * rows.size());
      Kernels.answerKeySizes(
          column.offsets(),
          column.bytes(),
          column.valid(),
          column.rows(),
          HostMemory.address(sizes),
          0);
      var starts = StringColumn.listOffsets(HostMemory.ints(sizes));
      var keys = memory.allocate(starts[rows.size()]);
      Kernels.answerKey(
          column.offsets(),
          column.bytes(),
          column.valid(),
          column.rows(),
          memory.ints(starts),
          HostMemory.address(keys),
          0);
      var all = new byte[keys.capacity()];
      keys.get(all);
      var out = new ArrayList<String>();
      for (int row = 0; row < rows.size(); row++) {
        int length = starts[row + 1] - starts[row];
        out.add(new String(all, starts[row], length, StandardCharsets.UTF_8));
      }
      return out;
    }
  }
}
