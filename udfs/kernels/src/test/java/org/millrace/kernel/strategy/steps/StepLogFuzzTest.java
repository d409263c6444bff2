package org.millrace.kernel.strategy.steps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a line or a header holds: a step, a rejected line or one clear error. */
class StepLogFuzzTest {

  private static final String HEADER =
      "Row\tAnon Student Id\tProblem Hierarchy\tProblem Name\tStep Name\tFirst Attempt\tKC(X)";
  private static final String LINE = "7\ts\th\t\"p\"\tt\tcorrect\ta~~b";
  private static final StepLines LINES = StepLines.of(StepColumns.of(HEADER, null), UTF_8);

  @Property(tries = 2000)
  void brokenLinesAreStepsOrRejected(@ForAll long seed) {
    var random = new Random(seed);
    var bytes = LINE.getBytes(UTF_8);
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] =
          random.nextBoolean()
              ? (byte) random.nextInt(256)
              : (byte) "\t\"~.\r\n".charAt(random.nextInt(6));
    }

    var row = LINES.parse(java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)), 9);

    assertThat(row.line()).isEqualTo(9);
    if (row instanceof Rejected rejected) {
      assertThat(rejected.reason()).isNotBlank().doesNotContain("\n", "\r");
    }
  }

  @Property(tries = 1000)
  void anyHeaderIsReadOrRefusedInOneLine(@ForAll String header) {
    assertThatCode(
            () -> {
              try {
                StepColumns.of(header, null);
              } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).startsWith("no column");
              }
            })
        .doesNotThrowAnyException();
  }
}
