package org.millrace.gpu;

/**
 * The kernels on addresses; see kernels.h. {@link DeviceKernels} loads the build for the GPU, whose
 * addresses are of device memory: a call queues work on a stream and comes back. Tests load the
 * build for the host in its stead. A call throws {@link IllegalStateException} with CUDA's own
 * words where it cannot.
 */
final class Kernels {

  private Kernels() {}

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

  static native void nearest(
      long offsets,
      long numbers,
      long valid,
      int rows,
      int width,
      long matrix,
      int matrixRows,
      int length,
      long places,
      long stream);

  static native void cosineTop(
      long offsets,
      long numbers,
      long valid,
      int rows,
      int width,
      long matrix,
      int matrixRows,
      int length,
      long norms,
      int k,
      long places,
      long similarities,
      long counts,
      long stream);

  static native void packTops(
      long places,
      long similarities,
      int rows,
      int k,
      long lists,
      long packedPlaces,
      long packedSimilarities,
      long stream);
}
