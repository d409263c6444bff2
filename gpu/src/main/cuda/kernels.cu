// The kernels on the device: launches only, the work is in the headers.
#include "kernels.h"

#include <cuda_runtime.h>

#include "minhash.cuh"

namespace millrace {
namespace {

constexpr int WARPS = 8;
constexpr int THREADS = WARPS * LANES;

__global__ void __launch_bounds__(THREADS)
    minhash_sizes(Strings in, Shingles shingles, int32_t permutations, int32_t* sizes) {
  int32_t row = static_cast<int32_t>((blockIdx.x * static_cast<int64_t>(THREADS) + threadIdx.x) / LANES);
  if (row >= in.rows) {
    return;
  }
  Warp warp;
  int32_t size = minhash_size(warp, in, shingles, permutations, row);
  if (threadIdx.x % LANES == 0) {
    sizes[row] = size;
  }
}

__global__ void __launch_bounds__(THREADS)
    minhash(Strings in, Shingles shingles, Permutations permutations, const int32_t* lists,
            uint32_t* signatures, uint32_t segment) {
  __shared__ MinHashScratch scratch[WARPS];
  int32_t warp_of_block = threadIdx.x / LANES;
  int64_t index = blockIdx.x * static_cast<int64_t>(WARPS) + warp_of_block;
  int64_t from = static_cast<uint32_t>(in.offsets[0]) + index * segment;
  int64_t end = static_cast<uint32_t>(in.offsets[in.rows]);
  if (from >= end) {
    return;
  }
  int64_t to = from + segment < end ? from + segment : end;
  minhash_segment(Warp(), scratch[warp_of_block], in, shingles, permutations, lists, signatures,
                  static_cast<uint32_t>(from), static_cast<uint32_t>(to),
                  static_cast<int32_t>(blockIdx.y) * PERMUTATIONS_PER_WARP);
}

unsigned blocks(int64_t warps) { return static_cast<unsigned>((warps + WARPS - 1) / WARPS); }

}  // namespace
}  // namespace millrace

using namespace millrace;

const char* millrace_error(int32_t code) {
  return cudaGetErrorString(static_cast<cudaError_t>(code));
}

int32_t millrace_minhash_sizes(const int32_t* offsets, const uint8_t* bytes, const uint32_t* valid,
                               int32_t rows, int32_t unit, int32_t size, int32_t permutations,
                               int32_t* sizes, void* stream) {
  if (rows == 0) {
    return cudaSuccess;
  }
  minhash_sizes<<<blocks(rows), THREADS, 0, static_cast<cudaStream_t>(stream)>>>(
      Strings{offsets, bytes, valid, rows}, Shingles{static_cast<Unit>(unit), size}, permutations,
      sizes);
  return cudaGetLastError();
}

int32_t millrace_minhash(const int32_t* offsets, const uint8_t* bytes, const uint32_t* valid,
                         int32_t rows, int64_t length, int32_t unit, int32_t size,
                         const uint64_t* factors, const uint64_t* summands, int32_t permutations,
                         const int32_t* lists, uint32_t* signatures, int64_t values, void* stream) {
  if (values == 0) {
    return cudaSuccess;
  }
  auto queue = static_cast<cudaStream_t>(stream);
  cudaError_t error = cudaMemsetAsync(signatures, 0xFF, values * sizeof(uint32_t), queue);
  if (error != cudaSuccess) {
    return error;
  }
  uint32_t segment = segment_of(size);
  dim3 grid(blocks((length + segment - 1) / segment),
            (permutations + PERMUTATIONS_PER_WARP - 1) / PERMUTATIONS_PER_WARP);
  minhash<<<grid, THREADS, 0, queue>>>(Strings{offsets, bytes, valid, rows},
                                       Shingles{static_cast<Unit>(unit), size},
                                       Permutations{factors, summands, permutations}, lists,
                                       signatures, segment);
  return cudaGetLastError();
}
