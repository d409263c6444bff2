package org.millrace.gpu;

import ai.rapids.cudf.Cuda;

/** Brings the {@link Kernels} for the GPU with the first look at it, and says where they work. */
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
}
