// nearest_centroid and cosine_top: each row's vector beside the same matrix, as
// org.millrace.kernel.vectors.Vectors has it. A block takes 64 rows at a time to 64 rows of the
// matrix: a slice of both goes into shared memory, from where each number is used 64 times, and a
// thread keeps 4 x 4 sums in registers. A sum runs from the first number to the last, so that
// results and ties are those of the CPU.
#pragma once

#include <cmath>

#include "portable.cuh"
#include "strings.cuh"

namespace millrace {

constexpr int TILE = 64;
/** Threads along each side of a tile. */
constexpr int SIDE = 16;
/** Rows and columns of a tile that a thread has. */
constexpr int OWN = TILE / SIDE;
/** Numbers of a vector that are in shared memory at a time. */
constexpr int SLICE = 16;
/** One more than the tile, so that threads that write a column write to different banks. */
constexpr int PITCH = TILE + 1;

using VectorBlock = Block<SIDE * SIDE>;

/** A column of lists of numbers; a list of another length than the matrix' rows counts as null. */
template <class Number>
struct VectorRows {
  const int32_t* offsets;
  const Number* numbers;
  const uint32_t* valid;
  int32_t rows;
};

/** Vectors that are the same for all rows, one after the other. */
struct Matrix {
  const double* numbers;
  int32_t rows;
  int32_t length;
};

template <class Number>
MILLRACE_FN bool is_vector(const VectorRows<Number>& in, int64_t row, int32_t length) {
  return row < in.rows && !is_null(in.valid, static_cast<int32_t>(row)) &&
         in.offsets[row + 1] - in.offsets[row] == length;
}

/** A slice of 64 rows and of 64 rows of the matrix, by place in the vector first. */
struct Slices {
  double rows[SLICE * PITCH];
  double others[SLICE * PITCH];

  /** What is beyond the rows, the matrix or the vectors is 0, and never looked at. */
  template <class Number>
  MILLRACE_FN void load(VectorBlock block, const VectorRows<Number>& in, int64_t first_row,
                        const Matrix& matrix, int32_t first_other, int32_t from) {
    block.each([&](int thread) {
      int place = thread % SLICE;
      int32_t at = from + place;
      for (int own = thread / SLICE; own < TILE; own += SIDE * SIDE / SLICE) {
        int64_t row = first_row + own;
        bool has = at < matrix.length && is_vector(in, row, matrix.length);
        rows[place * PITCH + own] =
            has ? static_cast<double>(in.numbers[in.offsets[row] + static_cast<int64_t>(at)]) : 0;
        int32_t other = first_other + own;
        has = at < matrix.length && other < matrix.rows;
        others[place * PITCH + own] =
            has ? matrix.numbers[static_cast<int64_t>(other) * matrix.length + at] : 0;
      }
    });
  }
};

/** A thread's sums: rows y + 16 i of a tile beside others x + 16 j. */
struct Sums {
  double of[OWN][OWN];
};

/**
 * The sums over all numbers of 64 rows beside 64 others.
 *
 * @param term what two numbers add
 * @param each called with a thread and how many numbers are in the slices, after each load
 */
template <class Number, class Term, class EachSlice>
MILLRACE_FN void sum_tile(VectorBlock block, Slices& slices, PerThread<Sums, SIDE * SIDE>& sums,
                          const VectorRows<Number>& in, int64_t first_row, const Matrix& matrix,
                          int32_t first_other, Term term, EachSlice each) {
  block.each([&](int thread) {
    sums[thread] = {};
  });
  for (int32_t from = 0; from < matrix.length; from += SLICE) {
    slices.load(block, in, first_row, matrix, first_other, from);
    int32_t left = matrix.length - from < SLICE ? matrix.length - from : SLICE;
    block.each([&](int thread) {
      auto& own = sums[thread];
      for (int32_t place = 0; place < left; ++place) {
        const double* row = slices.rows + place * PITCH + thread / SIDE;
        const double* other = slices.others + place * PITCH + thread % SIDE;
        double b[OWN];
        MILLRACE_UNROLL
        for (int j = 0; j < OWN; ++j) {
          b[j] = other[j * SIDE];
        }
        MILLRACE_UNROLL
        for (int i = 0; i < OWN; ++i) {
          double a = row[i * SIDE];
          MILLRACE_UNROLL
          for (int j = 0; j < OWN; ++j) {
            own.of[i][j] = own.of[i][j] + term(a, b[j]);
          }
        }
      }
      each(thread, left);
    });
  }
}

// ---- nearest_centroid

constexpr int32_t NOTHING_NEAR = -1;

/** The nearest so far; of equals the one of the lowest place, and none that is NaN. */
struct Nearest {
  double distance;
  int32_t place;

  MILLRACE_FN void take(double other_distance, int32_t other) {
    bool nearer = place == NOTHING_NEAR
                      ? other_distance == other_distance
                      : other_distance < distance || (other_distance == distance && other < place);
    if (nearer) {
      distance = other_distance;
      place = other;
    }
  }
};

struct NearestScratch {
  Slices slices;
  Nearest best[TILE];
  /** Of each row, by the thread along the row. */
  Nearest found[TILE][SIDE];
};

/** The places of the nearest of the matrix' rows for 64 rows from `first_row`, -1 where none is. */
template <class Number>
MILLRACE_FN void nearest_tile(VectorBlock block, NearestScratch& scratch,
                              const VectorRows<Number>& in, int64_t first_row, const Matrix& matrix,
                              int32_t* places) {
  PerThread<Sums, SIDE * SIDE> sums;
  block.each([&](int thread) {
    if (thread < TILE) {
      scratch.best[thread] = {0, NOTHING_NEAR};
    }
  });
  for (int32_t first = 0; first < matrix.rows; first += TILE) {
    sum_tile(
        block, scratch.slices, sums, in, first_row, matrix, first,
        [](double a, double b) { return (a - b) * (a - b); }, [](int, int32_t) {});
    block.each([&](int thread) {
      MILLRACE_UNROLL
      for (int i = 0; i < OWN; ++i) {
        Nearest found{0, NOTHING_NEAR};
        MILLRACE_UNROLL
        for (int j = 0; j < OWN; ++j) {
          int32_t other = first + thread % SIDE + j * SIDE;
          if (other < matrix.rows) {
            found.take(sums[thread].of[i][j], other);
          }
        }
        scratch.found[thread / SIDE + i * SIDE][thread % SIDE] = found;
      }
    });
    block.each([&](int thread) {
      if (thread < TILE) {
        for (const auto& found : scratch.found[thread]) {
          if (found.place != NOTHING_NEAR) {
            scratch.best[thread].take(found.distance, found.place);
          }
        }
      }
    });
  }
  block.each([&](int thread) {
    int64_t row = first_row + thread;
    if (thread < TILE && row < in.rows) {
      places[row] =
          is_vector(in, row, matrix.length) ? scratch.best[thread].place : NOTHING_NEAR;
    }
  });
}

// ---- cosine_top

/** Java's order of numbers that are not NaN: -0.0 is less than 0.0. */
MILLRACE_FN bool less(double a, double b) {
  return a < b || (a == b && std::signbit(a) && !std::signbit(b));
}

/** What each row has found so far, the most similar first: `k` places a row, `counts` in use. */
struct Tops {
  int32_t* places;
  double* similarities;
  int32_t* counts;
  int32_t k;

  /** Takes another up if it is among the k; others come by rising place. */
  MILLRACE_FN void take(int64_t row, int32_t other, double similarity) const {
    int32_t* place = places + row * k;
    double* known = similarities + row * k;
    int32_t at = counts[row];
    if (at == k) {
      if (k == 0 || !less(known[k - 1], similarity)) {
        return;
      }
      --at;
    } else {
      ++counts[row];
    }
    for (; at > 0 && less(known[at - 1], similarity); --at) {
      known[at] = known[at - 1];
      place[at] = place[at - 1];
    }
    known[at] = similarity;
    place[at] = other;
  }
};

struct CosineScratch {
  /** Squares of the rows' lengths. */
  double squares[TILE];
  union {
    Slices slices;
    /** When the slices are done with. */
    double dots[TILE][PITCH];
  };
};

/**
 * The most similar of the matrix' rows for 64 rows from `first_row`.
 *
 * @param norms length of each of the matrix' rows
 */
template <class Number>
MILLRACE_FN void cosine_tile(VectorBlock block, CosineScratch& scratch,
                             const VectorRows<Number>& in, int64_t first_row, const Matrix& matrix,
                             const double* norms, const Tops& tops) {
  PerThread<Sums, SIDE * SIDE> sums;
  block.each([&](int thread) {
    if (thread < TILE) {
      scratch.squares[thread] = 0;
      if (first_row + thread < in.rows) {
        tops.counts[first_row + thread] = 0;
      }
    }
  });
  for (int32_t first = 0; first < matrix.rows; first += TILE) {
    sum_tile(
        block, scratch.slices, sums, in, first_row, matrix, first,
        [](double a, double b) { return a * b; },
        [&](int thread, int32_t left) {
          if (first == 0 && thread < TILE) {
            for (int32_t place = 0; place < left; ++place) {
              double number = scratch.slices.rows[place * PITCH + thread];
              scratch.squares[thread] = scratch.squares[thread] + number * number;
            }
          }
        });
    block.each([&](int thread) {
      MILLRACE_UNROLL
      for (int i = 0; i < OWN; ++i) {
        MILLRACE_UNROLL
        for (int j = 0; j < OWN; ++j) {
          scratch.dots[thread / SIDE + i * SIDE][thread % SIDE + j * SIDE] = sums[thread].of[i][j];
        }
      }
    });
    block.each([&](int thread) {
      int64_t row = first_row + thread;
      if (thread < TILE && is_vector(in, row, matrix.length)) {
        double norm = std::sqrt(scratch.squares[thread]);
        for (int32_t i = 0; i < TILE && first + i < matrix.rows; ++i) {
          double both = norm * norms[first + i];
          double cosine = both == 0 ? 0 : scratch.dots[thread][i] / both;
          if (cosine == cosine) {
            tops.take(row, first + i, cosine);
          }
        }
      }
    });
  }
}

/** Moves the i-th of what a row has found to its place among all rows' lists. */
MILLRACE_FN void pack_top(const int32_t* places, const double* similarities, int32_t k,
                          const int32_t* lists, int64_t row, int32_t i, int32_t* packed_places,
                          double* packed_similarities) {
  if (i < lists[row + 1] - lists[row]) {
    packed_places[lists[row] + i] = places[row * k + i];
    packed_similarities[lists[row] + i] = similarities[row * k + i];
  }
}

}  // namespace millrace
