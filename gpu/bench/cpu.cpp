#include "cpu.h"

#include <algorithm>
#include <vector>

#include "xxhash64.cuh"

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
