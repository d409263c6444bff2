package org.millrace.gpu;

import java.nio.file.Files;
import java.nio.file.Path;

/** Brings the {@link Kernels} as g++ compiled them, on addresses of host memory. */
final class HostKernels {

  private static final Path LIBRARY = Path.of("target/native/libmillracehost.so").toAbsolutePath();

  private HostKernels() {}

  /** Whether the build had a compiler for them. */
  static boolean built() {
    return Files.exists(LIBRARY);
  }

  /** Loads them; to be called where they are {@link #built}. */
  static void load() {
    System.load(LIBRARY.toString());
  }
}
