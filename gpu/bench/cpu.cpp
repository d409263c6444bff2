#include "cpu.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "vectors.cuh"
#include "xxhash64.cuh"

namespace {

/** A matrix by its columns, in strips of 64 vectors; what lacks to a strip is 0. */
std::vector<double> strips(const double* matrix, int32_t count, int32_t length) {
  int32_t all = (count + millrace::TILE - 1) / millrace::TILE;
  std::vector<double> out(static_cast<size_t>(all) * length * millrace::TILE);
  for (int32_t i = 0; i < count; ++i) {
    for (int32_t d = 0; d < length; ++d) {
      out[(static_cast<size_t>(i / millrace::TILE) * length + d) * millrace::TILE +
          i % millrace::TILE] = matrix[static_cast<size_t>(i) * length + d];
    }
  }
  return out;
}

/** The sums of a vector beside each of a strip. */
template <class Term>
void sums(const float* vector, const double* strip, int32_t length, double* out, Term term) {
  std::fill(out, out + millrace::TILE, 0.0);
  for (int32_t d = 0; d < length; ++d) {
    double a = vector[d];
    const double* column = strip + static_cast<size_t>(d) * millrace::TILE;
    for (int i = 0; i < millrace::TILE; ++i) {
      out[i] += term(a, column[i]);
    }
  }
}

}  // namespace

void cpu_minhash(const int32_t* offsets, const uint8_t* bytes, int32_t first, int32_t last,
                 int32_t size, const uint64_t* factors, const uint64_t* summands,
                 int32_t permutations, uint32_t* signatures) {
  std::vector<int32_t> starts;
  std::vector<uint64_t> minima(permutations);
  for (int32_t row = first; row < last; ++row) {
    starts.clear();
    for (int32_t at = offsets[row]; at < offsets[row + 1]; ++at) {
      if (at == offsets[row] || (bytes[at] & 0xC0) != 0x80) {
        starts.push_back(at);
      }
    }
    starts.push_back(offsets[row + 1]);
    std::fill(minima.begin(), minima.end(), 0xFFFFFFFFULL);
    for (size_t i = 0; i + size < starts.size(); ++i) {
      uint64_t hash =
          millrace::xxhash64(bytes + starts[i], starts[i + size] - starts[i], millrace::XX_SEED);
      uint64_t* least = minima.data();
      for (int32_t p = 0; p < permutations; ++p) {
        uint64_t value = (factors[p] * hash + summands[p]) >> 32;
        least[p] = value < least[p] ? value : least[p];
      }
    }
    std::copy(minima.begin(), minima.end(), signatures + static_cast<int64_t>(row) * permutations);
  }
}

void cpu_nearest(const float* numbers, int32_t first, int32_t last, const double* matrix,
                 int32_t count, int32_t length, int32_t* places) {
  auto strip = strips(matrix, count, length);
  double distances[millrace::TILE];
  for (int32_t row = first; row < last; ++row) {
    millrace::Nearest best{0, millrace::NOTHING_NEAR};
    for (int32_t from = 0; from < count; from += millrace::TILE) {
      sums(numbers + static_cast<size_t>(row) * length,
           strip.data() + static_cast<size_t>(from) * length, length, distances,
           [](double a, double b) { return (a - b) * (a - b); });
      for (int32_t i = 0; i < millrace::TILE && from + i < count; ++i) {
        best.take(distances[i], from + i);
      }
    }
    places[row] = best.place;
  }
}

void cpu_cosine_top(const float* numbers, int32_t first, int32_t last, const double* matrix,
                    int32_t count, int32_t length, const double* norms, int32_t k,
                    int32_t* places, double* similarities) {
  auto strip = strips(matrix, count, length);
  double dots[millrace::TILE];
  for (int32_t row = first; row < last; ++row) {
    const float* vector = numbers + static_cast<size_t>(row) * length;
    double square = 0;
    for (int32_t d = 0; d < length; ++d) {
      square += static_cast<double>(vector[d]) * vector[d];
    }
    int32_t found = 0;
    size_t at = static_cast<size_t>(row) * k;
    millrace::Tops top{places + at, similarities + at, &found, k};
    for (int32_t from = 0; from < count; from += millrace::TILE) {
      sums(vector, strip.data() + static_cast<size_t>(from) * length, length, dots,
           [](double a, double b) { return a * b; });
      for (int32_t i = 0; i < millrace::TILE && from + i < count; ++i) {
        double both = std::sqrt(square) * norms[from + i];
        top.take(0, from + i, both == 0 ? 0 : dots[i] / both);
      }
    }
  }
}
