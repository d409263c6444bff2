// The kernels on the device: launches only, the work is in the headers.
#include "kernels.h"

#include <cuda_runtime.h>

#include "answer_key.cuh"
#include "minhash.cuh"
#include "ngram_stats.cuh"
#include "vectors.cuh"

namespace millrace {
namespace {

constexpr int WARPS = 8;
constexpr int THREADS = WARPS * LANES;
constexpr int64_t MOST_ROWS_AT_ONCE = 1 << 14;

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

/** The rows that need more than `from` and at most `slice` bytes of scratch, a slice a warp. */
__global__ void __launch_bounds__(THREADS)
    ngram_stats_of(Strings in, const uint8_t* classes, uint8_t* scratch, int64_t from,
                   int64_t slice, int32_t warps, double* ratios) {
  __shared__ TextCounts counts[WARPS];
  int32_t warp = static_cast<int32_t>((blockIdx.x * static_cast<int64_t>(THREADS) + threadIdx.x) / LANES);
  if (warp >= warps) {
    return;
  }
  for (int64_t row = warp; row < in.rows; row += warps) {
    int64_t need = ngram_scratch(in.offsets[row + 1] - in.offsets[row]);
    if (need > from && need <= slice) {
      ngram_stats(Warp(), scratch + warp * slice, counts[threadIdx.x / LANES], in, classes,
                  static_cast<int32_t>(row), ratios);
    }
  }
}

/** Where a key has no place yet, `starts` is null and its size is written. */
__global__ void __launch_bounds__(THREADS)
    answer_keys(Strings in, int32_t* sizes, const int32_t* starts, uint8_t* keys) {
  int64_t row = blockIdx.x * static_cast<int64_t>(THREADS) + threadIdx.x;
  if (row >= in.rows) {
    return;
  }
  auto at = static_cast<int32_t>(row);
  if (starts == nullptr) {
    sizes[row] = answer_key(in, at, nullptr);
  } else if (starts[row] < starts[row + 1]) {
    answer_key(in, at, keys + starts[row]);
  }
}

template <class Number>
__global__ void __launch_bounds__(SIDE * SIDE)
    nearest(VectorRows<Number> in, Matrix matrix, int32_t* places) {
  __shared__ NearestScratch scratch;
  nearest_tile(VectorBlock(), scratch, in, static_cast<int64_t>(blockIdx.x) * TILE, matrix, places);
}

template <class Number>
__global__ void __launch_bounds__(SIDE * SIDE)
    cosine_top(VectorRows<Number> in, Matrix matrix, const double* norms, Tops tops) {
  __shared__ CosineScratch scratch;
  cosine_tile(VectorBlock(), scratch, in, static_cast<int64_t>(blockIdx.x) * TILE, matrix, norms,
              tops);
}

__global__ void __launch_bounds__(THREADS)
    pack_tops(const int32_t* places, const double* similarities, int32_t rows, int32_t k,
              const int32_t* lists, int32_t* packed_places, double* packed_similarities) {
  int64_t at = blockIdx.x * static_cast<int64_t>(THREADS) + threadIdx.x;
  if (at < static_cast<int64_t>(rows) * k) {
    pack_top(places, similarities, k, lists, at / k, static_cast<int32_t>(at % k), packed_places,
             packed_similarities);
  }
}

unsigned tiles(int32_t rows) { return (static_cast<unsigned>(rows) + TILE - 1) / TILE; }

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

int64_t millrace_ngram_scratch(int64_t bytes) { return ngram_scratch(bytes); }

int32_t millrace_ngram_stats(const int32_t* offsets, const uint8_t* bytes, const uint32_t* valid,
                             int32_t rows, const uint8_t* classes, int64_t longest,
                             uint8_t* scratch, int64_t scratch_bytes, double* ratios,
                             void* stream) {
  int64_t most = ngram_scratch(longest);
  if (scratch_bytes < most) {
    return cudaErrorInvalidValue;
  }
  // Short rows many at a time, then those that need four times as much, and so on.
  int64_t from = 0;
  for (int64_t slice = ngram_scratch(1024); rows > 0 && from < most; slice *= 4) {
    slice = slice < most ? slice : most;
    int64_t fit = scratch_bytes / slice;
    int32_t warps = static_cast<int32_t>(fit < MOST_ROWS_AT_ONCE ? fit : MOST_ROWS_AT_ONCE);
    ngram_stats_of<<<blocks(warps), THREADS, 0, static_cast<cudaStream_t>(stream)>>>(
        Strings{offsets, bytes, valid, rows}, classes, scratch, from, slice, warps, ratios);
    cudaError_t error = cudaGetLastError();
    if (error != cudaSuccess) {
      return error;
    }
    from = slice;
  }
  return cudaSuccess;
}

int32_t millrace_answer_key_sizes(const int32_t* offsets, const uint8_t* bytes,
                                  const uint32_t* valid, int32_t rows, int32_t* sizes,
                                  void* stream) {
  if (rows > 0) {
    answer_keys<<<blocks((rows + INT64_C(31)) / LANES), THREADS, 0,
                  static_cast<cudaStream_t>(stream)>>>(Strings{offsets, bytes, valid, rows}, sizes,
                                                       nullptr, nullptr);
  }
  return cudaGetLastError();
}

int32_t millrace_answer_key(const int32_t* offsets, const uint8_t* bytes, const uint32_t* valid,
                            int32_t rows, const int32_t* starts, uint8_t* keys, void* stream) {
  if (rows > 0) {
    answer_keys<<<blocks((rows + INT64_C(31)) / LANES), THREADS, 0,
                  static_cast<cudaStream_t>(stream)>>>(Strings{offsets, bytes, valid, rows},
                                                       nullptr, starts, keys);
  }
  return cudaGetLastError();
}

int32_t millrace_nearest(const int32_t* offsets, const void* numbers, const uint32_t* valid,
                         int32_t rows, int32_t width, const double* matrix, int32_t matrix_rows,
                         int32_t length, int32_t* places, void* stream) {
  if (rows == 0) {
    return cudaSuccess;
  }
  auto queue = static_cast<cudaStream_t>(stream);
  Matrix all{matrix, matrix_rows, length};
  if (width == sizeof(float)) {
    VectorRows<float> in{offsets, static_cast<const float*>(numbers), valid, rows};
    nearest<<<tiles(rows), SIDE * SIDE, 0, queue>>>(in, all, places);
  } else {
    VectorRows<double> in{offsets, static_cast<const double*>(numbers), valid, rows};
    nearest<<<tiles(rows), SIDE * SIDE, 0, queue>>>(in, all, places);
  }
  return cudaGetLastError();
}

int32_t millrace_cosine_top(const int32_t* offsets, const void* numbers, const uint32_t* valid,
                            int32_t rows, int32_t width, const double* matrix, int32_t matrix_rows,
                            int32_t length, const double* norms, int32_t k, int32_t* places,
                            double* similarities, int32_t* counts, void* stream) {
  if (rows == 0) {
    return cudaSuccess;
  }
  auto queue = static_cast<cudaStream_t>(stream);
  Matrix all{matrix, matrix_rows, length};
  Tops tops{places, similarities, counts, k};
  if (width == sizeof(float)) {
    VectorRows<float> in{offsets, static_cast<const float*>(numbers), valid, rows};
    cosine_top<<<tiles(rows), SIDE * SIDE, 0, queue>>>(in, all, norms, tops);
  } else {
    VectorRows<double> in{offsets, static_cast<const double*>(numbers), valid, rows};
    cosine_top<<<tiles(rows), SIDE * SIDE, 0, queue>>>(in, all, norms, tops);
  }
  return cudaGetLastError();
}

int32_t millrace_pack_tops(const int32_t* places, const double* similarities, int32_t rows,
                           int32_t k, const int32_t* lists, int32_t* packed_places,
                           double* packed_similarities, void* stream) {
  int64_t most = static_cast<int64_t>(rows) * k;
  if (most > 0) {
    pack_tops<<<static_cast<unsigned>((most + THREADS - 1) / THREADS), THREADS, 0,
                static_cast<cudaStream_t>(stream)>>>(places, similarities, rows, k, lists,
                                                     packed_places, packed_similarities);
  }
  return cudaGetLastError();
}
