// Runs the kernels' host build over hostile columns; built with the address and undefined-behaviour
// sanitizers, which end it with an error at the first stray read. Buffers are exactly as long as
// the data, so that one byte too far is one too many.
//
// Usage: fuzz SEED COLUMNS
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <vector>

#include "kernels.h"
#include "minhash.cuh"
#include "ngram_stats.cuh"

namespace {

using Random = std::mt19937_64;

struct Column {
  std::unique_ptr<int32_t[]> offsets;
  std::unique_ptr<uint8_t[]> bytes;
  std::unique_ptr<uint32_t[]> valid;
  int32_t rows;
  int32_t length;
};

std::vector<uint8_t> text(Random& random) {
  static const char* const SNIPPETS[] = {"盘", "古", "a", " ", "  ", "é", "😀", "\n", ".", "\xED\xA0\x80",
                                         "\xF4\x90\x80\x80", "\xC3", "\xE4\xB8", "\xF0\x9F", "\x80", "\xFF",
                                         "\\boxed{", "}", "$", "0", "1,000", "-", "."};
  std::vector<uint8_t> out;
  int kind = random() % 4;
  size_t length = random() % 16 == 0 ? random() % 20000 : random() % 60;
  while (out.size() < length) {
    if (kind == 0) {
      out.push_back(static_cast<uint8_t>(random()));
    } else {
      const char* snippet = SNIPPETS[random() % (kind == 1 ? 23 : kind == 2 ? 9 : 4)];
      out.insert(out.end(), snippet, snippet + std::char_traits<char>::length(snippet));
    }
  }
  out.resize(length);  // cut in the middle of a character as often as not
  return out;
}

Column column(Random& random) {
  Column in;
  in.rows = random() % 40;
  bool nulls = random() % 2;
  std::vector<uint8_t> bytes(random() % 3 == 0 ? random() % 50 : 0, ' ');
  in.offsets.reset(new int32_t[in.rows + 1]);
  in.offsets[0] = static_cast<int32_t>(bytes.size());
  if (nulls) {
    in.valid.reset(new uint32_t[(in.rows + 31) / 32]);
    for (int i = 0; i < (in.rows + 31) / 32; ++i) {
      in.valid[i] = static_cast<uint32_t>(random());
    }
  }
  for (int32_t row = 0; row < in.rows; ++row) {
    auto own = text(random);
    bytes.insert(bytes.end(), own.begin(), own.end());
    in.offsets[row + 1] = static_cast<int32_t>(bytes.size());
  }
  in.length = static_cast<int32_t>(bytes.size());
  in.bytes.reset(new uint8_t[bytes.size()]);
  std::copy(bytes.begin(), bytes.end(), in.bytes.get());
  return in;
}

void require(bool holds, const char* what) {
  if (!holds) {
    std::fprintf(stderr, "fuzz: %s\n", what);
    std::exit(1);
  }
}

/** The same signatures, however the bytes are divided among warps. */
void minhash(Random& random, const Column& in) {
  int32_t unit = random() % 2;
  int32_t size = random() % 8 == 0 ? 1 + random() % 2000 : 1 + random() % 9;
  int32_t count = random() % 8 == 0 ? 1 + random() % 300 : 1 + random() % 12;
  std::unique_ptr<uint64_t[]> factors(new uint64_t[count]);
  std::unique_ptr<uint64_t[]> summands(new uint64_t[count]);
  for (int32_t p = 0; p < count; ++p) {
    factors[p] = random() | 1;
    summands[p] = random();
  }
  std::unique_ptr<int32_t[]> sizes(new int32_t[in.rows]);
  std::unique_ptr<int32_t[]> lists(new int32_t[in.rows + 1]);
  millrace_minhash_sizes(in.offsets.get(), in.bytes.get(), in.valid.get(), in.rows, unit, size, count,
                         sizes.get(), nullptr);
  lists[0] = 0;
  for (int32_t row = 0; row < in.rows; ++row) {
    require(sizes[row] == 0 || sizes[row] == count, "a signature has all values or none");
    lists[row + 1] = lists[row] + sizes[row];
  }
  int32_t values = lists[in.rows];
  std::unique_ptr<uint32_t[]> whole(new uint32_t[values]);
  std::unique_ptr<uint32_t[]> parts(new uint32_t[values]);
  millrace_minhash(in.offsets.get(), in.bytes.get(), in.valid.get(), in.rows, in.length, unit, size,
                   factors.get(), summands.get(), count, lists.get(), whole.get(), values, nullptr);
  std::fill(parts.get(), parts.get() + values, 0xFFFFFFFFU);
  millrace::MinHashScratch scratch;
  uint32_t from = in.offsets[0];
  uint32_t end = in.offsets[in.rows];
  while (from < end) {
    uint32_t to = std::min<uint32_t>(end, from + 1 + random() % 300);
    for (int32_t first = 0; first < count; first += millrace::PERMUTATIONS_PER_WARP) {
      millrace::minhash_segment(millrace::Warp(), scratch,
                                {in.offsets.get(), in.bytes.get(), in.valid.get(), in.rows},
                                {static_cast<millrace::Unit>(unit), size},
                                {factors.get(), summands.get(), count}, lists.get(), parts.get(), from,
                                to, first);
    }
    from = to;
  }
  require(std::equal(whole.get(), whole.get() + values, parts.get()),
          "signatures depend on how the bytes are divided");
}

/** Finite ratios, in scratch of exactly the size that is asked for. */
void ngram_stats(const Column& in) {
  static const std::vector<uint8_t> classes = [] {
    std::vector<uint8_t> flags(0x110000, millrace::LETTER);
    flags[' '] = flags['\n'] = millrace::SPACE;
    flags['.'] = millrace::SYMBOL;
    return flags;
  }();
  int64_t longest = 0;
  for (int32_t row = 0; row < in.rows; ++row) {
    longest = std::max<int64_t>(longest, in.offsets[row + 1] - in.offsets[row]);
  }
  int64_t bytes = millrace_ngram_scratch(longest);
  std::unique_ptr<uint64_t[]> scratch(new uint64_t[bytes / 8]);
  std::vector<double> ratios(static_cast<size_t>(millrace::RATIOS) * in.rows, 0.0);
  millrace_ngram_stats(in.offsets.get(), in.bytes.get(), in.valid.get(), in.rows, classes.data(),
                       longest, reinterpret_cast<uint8_t*>(scratch.get()), bytes, ratios.data(),
                       nullptr);
  for (double value : ratios) {
    require(value >= 0 && value <= static_cast<double>(longest), "a ratio out of its range");
  }
}

/** Keys of just the sizes that were said, none longer than its answer. */
void answer_key(const Column& in) {
  std::unique_ptr<int32_t[]> sizes(new int32_t[in.rows]);
  std::unique_ptr<int32_t[]> starts(new int32_t[in.rows + 1]);
  millrace_answer_key_sizes(in.offsets.get(), in.bytes.get(), in.valid.get(), in.rows, sizes.get(),
                            nullptr);
  starts[0] = 0;
  for (int32_t row = 0; row < in.rows; ++row) {
    // ".5" and "-.5" become longer by the zero before the point, nothing else does.
    require(sizes[row] <= in.offsets[row + 1] - in.offsets[row] + 1, "a key longer than its answer");
    starts[row + 1] = starts[row] + sizes[row];
  }
  std::unique_ptr<uint8_t[]> keys(new uint8_t[starts[in.rows]]);
  millrace_answer_key(in.offsets.get(), in.bytes.get(), in.valid.get(), in.rows, starts.get(),
                      keys.get(), nullptr);
}

/** Places that are there, whatever the lengths of the lists and whatever the numbers are. */
template <class Number>
void vectors(Random& random, const Column& in) {
  int32_t length = random() % 8 == 0 ? random() % 100 : random() % 4;
  int32_t others = random() % 8 == 0 ? random() % 200 : random() % 5;
  int32_t k = others == 0 ? 0 : random() % (others + 1);
  auto number = [&] { return random() % 16 == 0 ? NAN : static_cast<double>(random() % 7) - 3; };
  std::unique_ptr<Number[]> numbers(new Number[in.length]);
  std::generate(numbers.get(), numbers.get() + in.length, number);
  // Half of the time each list is as long as it should be.
  std::unique_ptr<int32_t[]> offsets(new int32_t[in.rows + 1]);
  bool fits = random() % 2 && in.offsets[0] + in.rows * length <= in.length;
  for (int32_t row = 0; row <= in.rows; ++row) {
    offsets[row] = fits ? in.offsets[0] + row * length : in.offsets[row];
  }
  std::unique_ptr<double[]> matrix(new double[others * length]);
  std::unique_ptr<double[]> norms(new double[others]);
  std::generate(matrix.get(), matrix.get() + others * length, number);
  std::generate(norms.get(), norms.get() + others, number);
  std::unique_ptr<int32_t[]> nearest(new int32_t[in.rows]);
  std::unique_ptr<int32_t[]> places(new int32_t[in.rows * k]);
  std::unique_ptr<double[]> similarities(new double[in.rows * k]);
  std::unique_ptr<int32_t[]> counts(new int32_t[in.rows]);
  millrace_nearest(offsets.get(), numbers.get(), in.valid.get(), in.rows, sizeof(Number),
                   matrix.get(), others, length, nearest.get(), nullptr);
  millrace_cosine_top(offsets.get(), numbers.get(), in.valid.get(), in.rows, sizeof(Number),
                      matrix.get(), others, length, norms.get(), k, places.get(),
                      similarities.get(), counts.get(), nullptr);
  std::unique_ptr<int32_t[]> lists(new int32_t[in.rows + 1]);
  lists[0] = 0;
  for (int32_t row = 0; row < in.rows; ++row) {
    require(nearest[row] >= -1 && nearest[row] < others, "a nearest vector that is none");
    require(counts[row] >= 0 && counts[row] <= k, "more neighbours than k");
    lists[row + 1] = lists[row] + counts[row];
  }
  std::unique_ptr<int32_t[]> packed(new int32_t[lists[in.rows]]);
  std::unique_ptr<double[]> packed_similarities(new double[lists[in.rows]]);
  millrace_pack_tops(places.get(), similarities.get(), in.rows, k, lists.get(), packed.get(),
                     packed_similarities.get(), nullptr);
  for (int32_t i = 0; i < lists[in.rows]; ++i) {
    require(packed[i] >= 0 && packed[i] < others, "a neighbour that is none");
    require(packed_similarities[i] == packed_similarities[i], "a neighbour at NaN");
  }
}

}  // namespace

int main(int arguments, char** values) {
  uint64_t seed = arguments > 1 ? std::strtoull(values[1], nullptr, 10) : 1;
  long columns = arguments > 2 ? std::strtol(values[2], nullptr, 10) : 1000;
  Random random(seed);
  for (long i = 0; i < columns; ++i) {
    auto in = column(random);
    minhash(random, in);
    ngram_stats(in);
    answer_key(in);
    vectors<float>(random, in);
    vectors<double>(random, in);
  }
  std::printf("fuzz: %ld columns, seed %llu: nothing amiss\n", columns,
              static_cast<unsigned long long>(seed));
  return 0;
}
