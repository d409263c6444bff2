package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.millrace.udf.Functions;
import org.millrace.udf.SqlFunction;

class RapidsFunctionsTest {

  private static final List<String> WITH_KERNEL =
      List.of("answer_key", "cosine_top", "minhash_signature", "nearest_centroid", "ngram_stats");

  @Test
  void theRegistryFindsTheColumnarVersions() {
    assertThat(Functions.all())
        .filteredOn(function -> function.udf() instanceof RapidsStepScore)
        .extracting(SqlFunction::name)
        .containsExactly("step_score");
  }

  @Test
  @EnabledIf("kernelsPacked")
  void theRegistryFindsTheKernelsOfABuildWithNvcc() {
    assertThat(Functions.all())
        .filteredOn(function -> WITH_KERNEL.contains(function.name()))
        .hasSameSizeAs(WITH_KERNEL)
        .allSatisfy(
            function ->
                assertThat(function.udf().getClass())
                    .hasPackage(RapidsFunctions.class.getPackageName()));
  }

  /** The library asks the driver for nothing until a kernel is launched. */
  @Test
  @EnabledIf("kernelsPacked")
  void theKernelsLoadWithoutAGpu() throws Exception {
    // A loader of its own, as in this one other tests want the host's build of the same methods.
    try (var loader = new URLClassLoader(classPath(""), ClassLoader.getPlatformClassLoader())) {
      var kernels = Class.forName("org.millrace.gpu.DeviceKernels", true, loader);

      assertThat(kernels.getClassLoader()).isSameAs(loader);
    }
  }

  @Test
  void aBuildWithoutNvccOffersNoKernels() {
    var offered =
        WITH_KERNEL.stream()
            .filter(name -> new RapidsFunctions().columnar(name).isPresent())
            .toList();

    assertThat(offered).isEqualTo(kernelsPacked() ? WITH_KERNEL : List.of());
  }

  @Test
  void aFunctionWithoutOneStaysAsItIs() {
    assertThat(new RapidsFunctions().columnar("pass_at_k")).isEmpty();
  }

  @Test
  void aColumnarVersionComputesRowsToo() {
    assertThat(new RapidsMinHashSignature().call("盘古开天辟地", "characters", 5, 4))
        .containsExactly(220723770, 783362682, 1715892886, 2006784769);
  }

  @Test
  void withoutRapidsOnTheClassPathAllFunctionsAreTheCpus() throws Exception {
    var path = classPath("rapids-4-spark");
    int known = Functions.all().size();
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    try (var loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);

      var functions =
          (List<?>) loader.loadClass(Functions.class.getName()).getMethod("all").invoke(null);

      assertThat(functions).hasSize(known);
      for (var function : functions) {
        var udf = function.getClass().getMethod("udf").invoke(function);
        assertThat(udf.getClass().getName())
            .startsWith("org.millrace.")
            .doesNotStartWith("org.millrace.gpu.");
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  static boolean kernelsPacked() {
    return NativeLibrary.packed();
  }

  /** The tests' class path without the jars that have a word in their name. */
  private static URL[] classPath(String without) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> without.isEmpty() || !entry.contains(without))
        .map(RapidsFunctionsTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return new File(entry).toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }
}
