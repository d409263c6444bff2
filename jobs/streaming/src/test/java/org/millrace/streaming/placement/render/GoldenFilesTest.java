package org.millrace.streaming.placement.render;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each rendering of the hybrid example, as it was checked by eye against the formats' documents.
 */
class GoldenFilesTest {

  private static String golden(String name) {
    try (var in = GoldenFilesTest.class.getResourceAsStream(name)) {
      return new String(
          requireNonNull(in, () -> "no golden file " + name).readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void renderingIsTheGoldenFile(Rendering rendering) {
    var files = rendering.render(Examples.hybrid(), Examples.estate(), RenderSettings.DEFAULT);

    assertThat(files)
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file.text()).isEqualTo(golden(file.name())));
  }

  @Test
  void namesOfFilesAreDistinct() {
    var names =
        Arrays.stream(Rendering.values())
            .flatMap(
                rendering ->
                    rendering
                        .render(Examples.hybrid(), Examples.estate(), RenderSettings.DEFAULT)
                        .stream())
            .map(RenderedFile::name);

    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z.-]+"));
  }
}
