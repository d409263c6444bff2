package org.millrace.gpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;

/** The CUDA kernels that {@code mvn -Pcuda} packs into the jar, for the machine that this is. */
final class NativeLibrary {

  private static final String RESOURCE =
      "/%s/%s/libmillracekernels.so"
          .formatted(System.getProperty("os.arch"), System.getProperty("os.name"));

  private NativeLibrary() {}

  /** Whether the jar has the kernels; a build without nvcc leaves them out. */
  static boolean packed() {
    return NativeLibrary.class.getResource(RESOURCE) != null;
  }

  /** Unpacks and loads the kernels. Needs no GPU and no driver; a kernel's first launch does. */
  static void load() {
    try (var library = NativeLibrary.class.getResourceAsStream(RESOURCE)) {
      if (library == null) {
        throw new IllegalStateException(
            "millrace-gpu has no CUDA kernels; build it with -Pcuda where nvcc is");
      }
      var file = Files.createTempFile("libmillracekernels", ".so");
      Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
      try {
        System.load(file.toString());
      } finally {
        // Linux keeps what is loaded.
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + RESOURCE, e);
    }
  }
}
