// The 64-bit xxHash by the algorithm's public specification, as org.millrace.kernel.dedup.XxHash64.
#pragma once

#include "portable.cuh"

namespace millrace {

constexpr uint64_t XX_SEED = 42;
constexpr uint64_t XX_1 = 0x9E3779B185EBCA87ULL;
constexpr uint64_t XX_2 = 0xC2B2AE3D27D4EB4FULL;
constexpr uint64_t XX_3 = 0x165667B19E3779F9ULL;
constexpr uint64_t XX_4 = 0x85EBCA77C2B2AE63ULL;
constexpr uint64_t XX_5 = 0x27D4EB2F165667C5ULL;

MILLRACE_FN uint64_t rotate_left(uint64_t value, int bits) {
  return value << bits | value >> (64 - bits);
}

/** Byte by byte: a shingle begins anywhere, and a GPU loads words from their own places only. */
template <int BYTES>
MILLRACE_FN uint64_t little_endian(const uint8_t* bytes) {
  uint64_t value = 0;
  for (int i = 0; i < BYTES; ++i) {
    value |= static_cast<uint64_t>(bytes[i]) << (8 * i);
  }
  return value;
}

MILLRACE_FN uint64_t xx_round(uint64_t lane, uint64_t input) {
  return rotate_left(lane + input * XX_2, 31) * XX_1;
}

MILLRACE_FN uint64_t xx_merge(uint64_t hash, uint64_t lane) {
  return (hash ^ xx_round(0, lane)) * XX_1 + XX_4;
}

MILLRACE_FN uint64_t xxhash64(const uint8_t* bytes, uint32_t length, uint64_t seed) {
  const uint8_t* at = bytes;
  uint32_t left = length;
  uint64_t hash = seed + XX_5;
  if (left >= 32) {
    uint64_t a = seed + XX_1 + XX_2;
    uint64_t b = seed + XX_2;
    uint64_t c = seed;
    uint64_t d = seed - XX_1;
    for (; left >= 32; left -= 32, at += 32) {
      a = xx_round(a, little_endian<8>(at));
      b = xx_round(b, little_endian<8>(at + 8));
      c = xx_round(c, little_endian<8>(at + 16));
      d = xx_round(d, little_endian<8>(at + 24));
    }
    hash = rotate_left(a, 1) + rotate_left(b, 7) + rotate_left(c, 12) + rotate_left(d, 18);
    hash = xx_merge(xx_merge(xx_merge(xx_merge(hash, a), b), c), d);
  }
  hash += length;
  for (; left >= 8; left -= 8, at += 8) {
    hash = rotate_left(hash ^ xx_round(0, little_endian<8>(at)), 27) * XX_1 + XX_4;
  }
  if (left >= 4) {
    hash = rotate_left(hash ^ little_endian<4>(at) * XX_1, 23) * XX_2 + XX_3;
    at += 4;
    left -= 4;
  }
  for (; left > 0; --left, ++at) {
    hash = rotate_left(hash ^ *at * XX_5, 11) * XX_1;
  }
  hash ^= hash >> 33;
  hash *= XX_2;
  hash ^= hash >> 29;
  hash *= XX_3;
  return hash ^ hash >> 32;
}

}  // namespace millrace
