// A string column in memory: 32-bit offsets, UTF-8 bytes, a bit for each row that is not null.
#pragma once

#include "portable.cuh"

namespace millrace {

struct Strings {
  /** One more than rows, never falling; the first need not be 0. */
  const int32_t* offsets;
  const uint8_t* bytes;
  /** Least significant bit first; null where no row is. */
  const uint32_t* valid;
  int32_t rows;
};

MILLRACE_FN bool is_null(const uint32_t* valid, int32_t row) {
  return valid != nullptr && (valid[row / 32] >> (row % 32) & 1) == 0;
}

/** The first row that ends after a byte; the number of rows where none does. */
MILLRACE_FN int32_t row_at(const Strings& in, uint32_t byte) {
  int32_t low = 0;
  int32_t high = in.rows;
  while (low < high) {
    int32_t middle = low + (high - low) / 2;
    if (static_cast<uint32_t>(in.offsets[middle + 1]) > byte) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace millrace
