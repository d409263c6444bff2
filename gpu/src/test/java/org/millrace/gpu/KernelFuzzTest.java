package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels read no byte that isn't theirs, under the sanitizers of the compiler. */
class KernelFuzzTest {

  private static final Path FUZZ = Path.of("target/native/fuzz").toAbsolutePath();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void hostileColumnsDoNoHarm(int seed) throws Exception {
    assumeTrue(Files.isExecutable(FUZZ), "no g++ with sanitizers, so no fuzz program");

    var run =
        new ProcessBuilder(FUZZ.toString(), Integer.toString(seed), "300")
            .redirectErrorStream(true)
            .start();
    var said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(run.waitFor()).as(said).isZero();
    assertThat(said).contains("300 columns, seed " + seed + ": nothing amiss");
  }
}
