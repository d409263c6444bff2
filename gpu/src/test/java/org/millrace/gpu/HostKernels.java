package org.millrace.gpu;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernels as g++ compiled them, on addresses of host memory; see kernels.h. */
final class HostKernels {

  private static final Path LIBRARY = Path.of("target/native/libmillracehost.so").toAbsolutePath();

  static {
    if (built()) {
      System.load(LIBRARY.toString());
    }
  }

  private HostKernels() {}

  /** Whether the build had a compiler for them. */
  static boolean built() {
    return Files.exists(LIBRARY);
  }

  static native long address(ByteBuffer direct);

  static native void minHashSizes(
      long offsets,
      long bytes,
      long valid,
      int rows,
      int unit,
      int size,
      int permutations,
      long sizes,
      long stream);

  static native void minHash(
      long offsets,
      long bytes,
      long valid,
      int rows,
      long length,
      int unit,
      int size,
      long factors,
      long summands,
      int permutations,
      long lists,
      long signatures,
      long values,
      long stream);

  static native long ngramScratch(long bytes);

  static native void ngramStats(
      long offsets,
      long bytes,
      long valid,
      int rows,
      long classes,
      long longest,
      long scratch,
      long scratchBytes,
      long ratios,
      long stream);

  static native void answerKeySizes(
      long offsets, long bytes, long valid, int rows, long sizes, long stream);

  static native void answerKey(
      long offsets, long bytes, long valid, int rows, long starts, long keys, long stream);
}
