// The kernels on the host, one warp after the other: for tests and for machines without a GPU.
#include "kernels.h"

#include <cstring>

#include "answer_key.cuh"
#include "minhash.cuh"
#include "ngram_stats.cuh"
#include "vectors.cuh"

using namespace millrace;

const char* millrace_error(int32_t) { return "no error"; }

int32_t millrace_minhash_sizes(const int32_t* offsets, const uint8_t* bytes, const uint32_t* valid,
                               int32_t rows, int32_t unit, int32_t size, int32_t permutations,
                               int32_t* sizes, void*) {
  Strings in{offsets, bytes, valid, rows};
  for (int32_t row = 0; row < rows; ++row) {
    sizes[row] = minhash_size(Warp(), in, {static_cast<Unit>(unit), size}, permutations, row);
  }
  return 0;
}

int32_t millrace_minhash(const int32_t* offsets, const uint8_t* bytes, const uint32_t* valid,
                         int32_t rows, int64_t, int32_t unit, int32_t size,
                         const uint64_t* factors, const uint64_t* summands, int32_t permutations,
                         const int32_t* lists, uint32_t* signatures, int64_t values, void*) {
  if (values == 0) {
    return 0;
  }
  std::memset(signatures, 0xFF, values * sizeof(uint32_t));
  Strings in{offsets, bytes, valid, rows};
  MinHashScratch scratch;
  int64_t end = static_cast<uint32_t>(offsets[rows]);
  int64_t segment = segment_of(size);
  for (int64_t from = static_cast<uint32_t>(offsets[0]); from < end; from += segment) {
    int64_t to = from + segment < end ? from + segment : end;
    for (int32_t first = 0; first < permutations; first += PERMUTATIONS_PER_WARP) {
      minhash_segment(Warp(), scratch, in, {static_cast<Unit>(unit), size},
                      {factors, summands, permutations}, lists, signatures,
                      static_cast<uint32_t>(from), static_cast<uint32_t>(to), first);
    }
  }
  return 0;
}

int64_t millrace_ngram_scratch(int64_t bytes) { return ngram_scratch(bytes); }

int32_t millrace_ngram_stats(const int32_t* offsets, const uint8_t* bytes, const uint32_t* valid,
                             int32_t rows, const uint8_t* classes, int64_t, uint8_t* scratch,
                             int64_t, double* ratios, void*) {
  TextCounts counts;
  for (int32_t row = 0; row < rows; ++row) {
    ngram_stats(Warp(), scratch, counts, {offsets, bytes, valid, rows}, classes, row, ratios);
  }
  return 0;
}

int32_t millrace_answer_key_sizes(const int32_t* offsets, const uint8_t* bytes,
                                  const uint32_t* valid, int32_t rows, int32_t* sizes, void*) {
  for (int32_t row = 0; row < rows; ++row) {
    sizes[row] = answer_key({offsets, bytes, valid, rows}, row, nullptr);
  }
  return 0;
}

int32_t millrace_answer_key(const int32_t* offsets, const uint8_t* bytes, const uint32_t* valid,
                            int32_t rows, const int32_t* starts, uint8_t* keys, void*) {
  for (int32_t row = 0; row < rows; ++row) {
    answer_key({offsets, bytes, valid, rows}, row, keys + starts[row]);
  }
  return 0;
}

namespace {

template <class Number>
void nearest(const VectorRows<Number>& in, const Matrix& matrix, int32_t* places) {
  NearestScratch scratch;
  for (int64_t row = 0; row < in.rows; row += TILE) {
    nearest_tile(VectorBlock(), scratch, in, row, matrix, places);
  }
}

template <class Number>
void cosine_top(const VectorRows<Number>& in, const Matrix& matrix, const double* norms,
                const Tops& tops) {
  CosineScratch scratch;
  for (int64_t row = 0; row < in.rows; row += TILE) {
    cosine_tile(VectorBlock(), scratch, in, row, matrix, norms, tops);
  }
}

}  // namespace

int32_t millrace_nearest(const int32_t* offsets, const void* numbers, const uint32_t* valid,
                         int32_t rows, int32_t width, const double* matrix, int32_t matrix_rows,
                         int32_t length, int32_t* places, void*) {
  Matrix all{matrix, matrix_rows, length};
  if (width == sizeof(float)) {
    nearest<float>({offsets, static_cast<const float*>(numbers), valid, rows}, all, places);
  } else {
    nearest<double>({offsets, static_cast<const double*>(numbers), valid, rows}, all, places);
  }
  return 0;
}

int32_t millrace_cosine_top(const int32_t* offsets, const void* numbers, const uint32_t* valid,
                            int32_t rows, int32_t width, const double* matrix, int32_t matrix_rows,
                            int32_t length, const double* norms, int32_t k, int32_t* places,
                            double* similarities, int32_t* counts, void*) {
  Matrix all{matrix, matrix_rows, length};
  Tops tops{places, similarities, counts, k};
  if (width == sizeof(float)) {
    cosine_top<float>({offsets, static_cast<const float*>(numbers), valid, rows}, all, norms, tops);
  } else {
    cosine_top<double>({offsets, static_cast<const double*>(numbers), valid, rows}, all, norms,
                       tops);
  }
  return 0;
}

int32_t millrace_pack_tops(const int32_t* places, const double* similarities, int32_t rows,
                           int32_t k, const int32_t* lists, int32_t* packed_places,
                           double* packed_similarities, void*) {
  for (int64_t row = 0; row < rows; ++row) {
    for (int32_t i = 0; i < k; ++i) {
      pack_top(places, similarities, k, lists, row, i, packed_places, packed_similarities);
    }
  }
  return 0;
}
