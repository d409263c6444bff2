package org.millrace.gpu;

import ai.rapids.cudf.Cuda;

/**
 * The kernels on addresses of device memory; see kernels.h. A call queues work on cuDF's stream and
 * comes back; it throws {@link IllegalStateException} with CUDA's own words where it cannot. Loaded
 * with the first call.
 */
final class DeviceKernels {

  // cudaStreamPerThread and cudaStreamLegacy of the CUDA runtime.
  private static final long PER_THREAD = 2;
  private static final long LEGACY = 1;

  static {
    NativeLibrary.load();
  }

  private DeviceKernels() {}

  /** The stream that cuDF's own work of this thread is on. */
  static long stream() {
    return Cuda.isPtdsEnabled() ? PER_THREAD : LEGACY;
  }

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
