// minhash_signature: shingling, hashing and minimum in one pass over a string column's bytes.
//
// Work is divided by bytes, not by rows, so that one row of 10 MB keeps as many warps busy as many
// short rows: a warp takes the shingles that begin in its segment of the buffer. It finds 32 of
// them at a time, hashes one a lane, and then each lane carries all 32 hashes through four
// permutations whose coefficients and minima stay in its registers.
#pragma once

#include "strings.cuh"
#include "xxhash64.cuh"

namespace millrace {

constexpr int PERMUTATIONS_PER_LANE = 4;
constexpr int PERMUTATIONS_PER_WARP = LANES * PERMUTATIONS_PER_LANE;
constexpr int32_t SEGMENT = 4096;
constexpr uint32_t RING = 64;

enum Unit : int32_t { CHARACTERS = 0, WORDS = 1 };

struct Shingles {
  Unit unit;
  /** Units of a shingle, from 1. */
  int32_t size;
};

struct Permutations {
  const uint64_t* factors;
  const uint64_t* summands;
  int32_t count;
};

/** Bytes that a warp takes: many times what it must read beyond them. */
MILLRACE_FN uint32_t segment_of(int32_t size) {
  constexpr int32_t MOST = 1 << 30;
  return size < SEGMENT / 16 ? SEGMENT : size < MOST / 16 ? 16 * size : MOST;
}

/** What a warp shares. */
struct MinHashScratch {
  uint32_t begins[RING];
  uint32_t ends[RING];
  uint64_t hashes[LANES];
};

/**
 * Where units begin in a part of a row, found 32 bytes at a time. A character begins at every byte
 * that does not continue one, whatever it should continue, so that invalid UTF-8 has characters
 * too; a word at the row's beginning and after every space. The row's end counts as the beginning
 * of a last, absent unit if the part is closed.
 */
class UnitStarts {
 public:
  /** Of the bytes from..to of the row that begins at `row`; the first `skip` starts are left out. */
  MILLRACE_FN UnitStarts(const uint8_t* bytes, Unit unit, uint32_t row, uint32_t from, uint32_t to,
                         bool closed, uint32_t skip, uint32_t* ring)
      : bytes_(bytes), words_(unit == WORDS), row_(row), at_(from), to_(to), closed_(closed),
        skip_(skip), ring_(ring), word_first_(words_ && from == row && from < to) {}

  /** Looks on until 32 are at hand or there are no more. */
  MILLRACE_FN void fill(const Warp& warp) {
    if (word_first_) {
      word_first_ = false;
      add(warp, row_);
    }
    while (count_ < LANES && at_ < to_) {
      uint32_t mask = warp.ballot([&](int lane) {
        return static_cast<uint32_t>(lane) < to_ - at_ && begins(at_ + lane);
      });
      uint32_t found = bits_set(mask);
      uint32_t skipped = found < skip_ ? found : skip_;
      warp.each([&](int lane) {
        uint32_t rank = bits_set(mask & ((1U << lane) - 1));
        if ((mask >> lane & 1) != 0 && rank >= skipped) {
          ring_[(head_ + count_ + rank - skipped) % RING] = at_ + lane + (words_ ? 1 : 0);
        }
      });
      skip_ -= skipped;
      count_ += found - skipped;
      at_ = to_ - at_ > LANES ? at_ + LANES : to_;
    }
    if (closed_ && at_ == to_) {
      closed_ = false;
      add(warp, to_ + (words_ ? 1 : 0));
    }
  }

  MILLRACE_FN uint32_t count() const { return count_; }

  MILLRACE_FN uint32_t operator[](uint32_t i) const { return ring_[(head_ + i) % RING]; }

  MILLRACE_FN void drop(uint32_t n) {
    head_ = (head_ + n) % RING;
    count_ -= n;
  }

 private:
  MILLRACE_FN bool begins(uint32_t byte) const {
    return words_ ? bytes_[byte] == ' ' : byte == row_ || (bytes_[byte] & 0xC0) != 0x80;
  }

  MILLRACE_FN void add(const Warp& warp, uint32_t start) {
    if (skip_ > 0) {
      --skip_;
      return;
    }
    warp.each([&](int lane) {
      if (lane == 0) {
        ring_[(head_ + count_) % RING] = start;
      }
    });
    ++count_;
  }

  const uint8_t* bytes_;
  bool words_;
  uint32_t row_;
  uint32_t at_;
  uint32_t to_;
  bool closed_;
  uint32_t skip_;
  uint32_t* ring_;
  bool word_first_;
  uint32_t head_ = 0;
  uint32_t count_ = 0;
};

/** How many values a row's signature has: `permutations`, or none if it is null or too short. */
MILLRACE_FN int32_t minhash_size(const Warp& warp, const Strings& in, Shingles shingles,
                                 int32_t permutations, int32_t row) {
  uint32_t begin = in.offsets[row];
  uint32_t end = in.offsets[row + 1];
  if (begin == end || is_null(in.valid, row)) {
    return 0;
  }
  bool words = shingles.unit == WORDS;
  int64_t units = words ? 1 : 0;
  for (uint32_t at = begin; at < end && units < shingles.size;) {
    uint32_t left = end - at;
    units += bits_set(warp.ballot([&](int lane) {
      if (static_cast<uint32_t>(lane) >= left) {
        return false;
      }
      uint8_t byte = in.bytes[at + lane];
      return words ? byte == ' ' : at + lane == begin || (byte & 0xC0) != 0x80;
    }));
    at = left > LANES ? at + LANES : end;
  }
  return units < shingles.size ? 0 : permutations;
}

/**
 * Lowers the signatures of the rows in a segment of bytes by the shingles that begin there.
 *
 * @param lists where each row's signature begins in `signatures`, one more than rows
 * @param signatures all bits set before the first segment
 * @param first the first of the up to 128 permutations that this warp does
 */
MILLRACE_FN void minhash_segment(const Warp& warp, MinHashScratch& scratch, const Strings& in,
                                 Shingles shingles, Permutations permutations,
                                 const int32_t* lists, uint32_t* signatures, uint32_t from,
                                 uint32_t to, int32_t first) {
  struct Lane {
    uint64_t factors[PERMUTATIONS_PER_LANE];
    uint64_t summands[PERMUTATIONS_PER_LANE];
    uint32_t minima[PERMUTATIONS_PER_LANE];
  };
  PerLane<Lane> lanes;
  warp.each([&](int lane) {
    for (int k = 0; k < PERMUTATIONS_PER_LANE; ++k) {
      int32_t p = first + k * LANES + lane;
      bool exists = p < permutations.count;
      lanes[lane].factors[k] = exists ? permutations.factors[p] : 0;
      lanes[lane].summands[k] = exists ? permutations.summands[p] : 0;
    }
  });
  for (int32_t row = row_at(in, from);
       row < in.rows && static_cast<uint32_t>(in.offsets[row]) < to; ++row) {
    if (lists[row] == lists[row + 1]) {
      continue;
    }
    uint32_t row_begin = in.offsets[row];
    uint32_t row_end = in.offsets[row + 1];
    uint32_t begin = row_begin > from ? row_begin : from;
    UnitStarts begins(in.bytes, shingles.unit, row_begin, begin, row_end < to ? row_end : to, false,
                      0, scratch.begins);
    UnitStarts ends(in.bytes, shingles.unit, row_begin, begin, row_end, true, shingles.size,
                    scratch.ends);
    warp.each([&](int lane) {
      for (int k = 0; k < PERMUTATIONS_PER_LANE; ++k) {
        lanes[lane].minima[k] = 0xFFFFFFFFU;
      }
    });
    while (true) {
      begins.fill(warp);
      ends.fill(warp);
      uint32_t count = begins.count() < ends.count() ? begins.count() : ends.count();
      count = count < LANES ? count : LANES;
      if (count == 0) {
        break;
      }
      warp.each([&](int lane) {
        if (static_cast<uint32_t>(lane) < count) {
          uint32_t shingle = begins[lane];
          uint32_t end = ends[lane] - (shingles.unit == WORDS ? 1 : 0);
          scratch.hashes[lane] = xxhash64(in.bytes + shingle, end - shingle, XX_SEED);
        }
      });
      warp.each([&](int lane) {
        Lane& own = lanes[lane];
        for (uint32_t i = 0; i < count; ++i) {
          uint64_t hash = scratch.hashes[i];
          for (int k = 0; k < PERMUTATIONS_PER_LANE; ++k) {
            uint32_t value = static_cast<uint32_t>((own.factors[k] * hash + own.summands[k]) >> 32);
            own.minima[k] = value < own.minima[k] ? value : own.minima[k];
          }
        }
      });
      begins.drop(count);
      ends.drop(count);
    }
    warp.each([&](int lane) {
      for (int k = 0; k < PERMUTATIONS_PER_LANE; ++k) {
        int32_t p = first + k * LANES + lane;
        if (p < permutations.count && lanes[lane].minima[k] != 0xFFFFFFFFU) {
          lower(signatures + lists[row] + p, lanes[lane].minima[k]);
        }
      }
    });
  }
}

}  // namespace millrace
