// Times the kernels on this machine's GPU: see run.sh.
#include <cuda_runtime.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "cpu.h"
#include "kernels.h"
#include "minhash.cuh"
#include "ngram_stats.cuh"

extern "C" {
int64_t host_ngram_scratch(int64_t bytes);
int32_t host_ngram_stats(const int32_t* offsets, const uint8_t* bytes, const uint32_t* valid,
                         int32_t rows, const uint8_t* classes, int64_t longest, uint8_t* scratch,
                         int64_t scratch_bytes, double* ratios, void* stream);
}

namespace {

constexpr int32_t PERMUTATIONS = 120;
constexpr int32_t SIZE = 5;
constexpr int RUNS = 11;

// What the plan in README.md counts for one hash through one permutation, and for one shingle's own
// hash, in slots of a multiprocessor's 64 integer lanes.
constexpr double SLOTS_PER_PERMUTATION = 4;
constexpr double SLOTS_PER_SHINGLE = 52;
constexpr int INTEGER_LANES = 64;

// Embeddings as they are usual, and the clusters of a first pass over them.
constexpr int32_t LENGTH = 768;
constexpr int32_t CENTROIDS = 1024;
constexpr int32_t NEIGHBOURS = 10;

void check(int32_t code, const char* what) {
  if (code != 0) {
    std::fprintf(stderr, "bench: %s: %s\n", what, millrace_error(code));
    std::exit(1);
  }
}

template <class Value>
class OnDevice {
 public:
  explicit OnDevice(size_t count) : count_(count) {
    check(cudaMalloc(&data_, std::max<size_t>(count, 1) * sizeof(Value)), "cudaMalloc");
  }
  explicit OnDevice(const std::vector<Value>& from) : OnDevice(from.size()) {
    check(cudaMemcpy(data_, from.data(), count_ * sizeof(Value), cudaMemcpyHostToDevice), "copy");
  }
  ~OnDevice() { cudaFree(data_); }
  OnDevice(const OnDevice&) = delete;
  Value* get() const { return data_; }
  std::vector<Value> read() const {
    std::vector<Value> out(count_);
    check(cudaMemcpy(out.data(), data_, count_ * sizeof(Value), cudaMemcpyDeviceToHost), "copy back");
    return out;
  }

 private:
  Value* data_;
  size_t count_;
};

/** Median milliseconds of a kernel. */
double on_gpu(const std::function<int32_t(cudaStream_t)>& launch) {
  cudaStream_t stream;
  cudaEvent_t begin;
  cudaEvent_t end;
  check(cudaStreamCreate(&stream), "stream");
  check(cudaEventCreate(&begin), "event");
  check(cudaEventCreate(&end), "event");
  std::vector<float> times;
  for (int run = -2; run < RUNS; ++run) {
    check(cudaEventRecord(begin, stream), "event");
    check(launch(stream), "launch");
    check(cudaEventRecord(end, stream), "event");
    check(cudaEventSynchronize(end), "kernel");
    float time;
    check(cudaEventElapsedTime(&time, begin, end), "event");
    if (run >= 0) {
      times.push_back(time);
    }
  }
  std::sort(times.begin(), times.end());
  return times[RUNS / 2];
}

/** Best milliseconds of three of a function of ranges of rows, on all cores. */
double on_cpu(int32_t rows, const std::function<void(int32_t, int32_t)>& work) {
  int32_t threads = std::max(1U, std::thread::hardware_concurrency());
  double best = 1e300;
  for (int run = 0; run < 3; ++run) {
    auto begin = std::chrono::steady_clock::now();
    std::vector<std::thread> pool;
    for (int32_t t = 0; t < threads; ++t) {
      pool.emplace_back(work, static_cast<int64_t>(rows) * t / threads,
                        static_cast<int64_t>(rows) * (t + 1) / threads);
    }
    for (auto& thread : pool) {
      thread.join();
    }
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

struct Texts {
  std::vector<int32_t> offsets{0};
  std::vector<uint8_t> bytes;
  int32_t rows() const { return static_cast<int32_t>(offsets.size()) - 1; }
};

/** Pages of about 3 kB: Chinese with some Latin, or English-like words of a small vocabulary. */
Texts texts(size_t bytes, bool chinese) {
  std::mt19937_64 random(7);
  Texts out;
  while (out.bytes.size() < bytes) {
    size_t end = out.bytes.size() + 500 + random() % 5000;
    while (out.bytes.size() < end) {
      if (chinese && random() % 16 != 0) {
        uint32_t c = 0x4E00 + random() % 3000;
        out.bytes.insert(out.bytes.end(), {static_cast<uint8_t>(0xE0 | c >> 12),
                                           static_cast<uint8_t>(0x80 | (c >> 6 & 0x3F)),
                                           static_cast<uint8_t>(0x80 | (c & 0x3F))});
      } else {
        uint64_t word = random() % 500 * (random() % 500) / 250;
        auto written = "w" + std::to_string(word) + (random() % 12 == 0 ? ".\n" : " ");
        out.bytes.insert(out.bytes.end(), written.begin(), written.end());
      }
    }
    out.offsets.push_back(static_cast<int32_t>(out.bytes.size()));
  }
  return out;
}

struct Chip {
  double slots_per_ms;
  double bytes_per_ms;
  /** Additions or multiplications in double precision. */
  double doubles_per_ms;
};

/** Lanes of a multiprocessor for doubles: a data-centre chip has half or a quarter of its others. */
int double_lanes(const cudaDeviceProp& chip) {
  if (chip.minor != 0) {
    return 2;
  }
  return chip.major >= 9 ? 64 : chip.major == 8 ? 32 : 2;
}

Chip chip() {
  cudaDeviceProp chip;
  int clock = 0;
  int memory_clock = 0;
  check(cudaGetDeviceProperties(&chip, 0), "no device");
  check(cudaDeviceGetAttribute(&clock, cudaDevAttrClockRate, 0), "clock");
  check(cudaDeviceGetAttribute(&memory_clock, cudaDevAttrMemoryClockRate, 0), "memory clock");
  std::printf("chip: %s, %d multiprocessors, %d MHz, %d-bit memory at %d MHz; CPU: %u threads\n\n",
              chip.name, chip.multiProcessorCount, clock / 1000, chip.memoryBusWidth,
              memory_clock / 1000, std::thread::hardware_concurrency());
  std::printf("| kernel | text | ms | GB/s | floor ms | of the floor | CPU ms | times the CPU |\n");
  std::printf("|---|---|---|---|---|---|---|---|\n");
  double cycles = static_cast<double>(chip.multiProcessorCount) * clock;
  return {cycles * INTEGER_LANES, 2.0 * memory_clock * chip.memoryBusWidth / 8,
          cycles * double_lanes(chip)};
}

void row(const char* kernel, const Texts& in, double ms, double floor, double cpu) {
  std::printf("| %s | %.0f MB, %d rows | %.2f | %.1f | %.2f | %.2f | %.0f | %.0f |\n", kernel,
              in.bytes.size() / 1e6, in.rows(), ms, in.bytes.size() / 1e6 / ms, floor, floor / ms, cpu,
              cpu / ms);
}

void minhash(const Chip& chip, size_t bytes) {
  auto in = texts(bytes, true);
  std::mt19937_64 random(11);
  std::vector<uint64_t> factors(PERMUTATIONS);
  std::vector<uint64_t> summands(PERMUTATIONS);
  for (int32_t p = 0; p < PERMUTATIONS; ++p) {
    factors[p] = random() | 1;
    summands[p] = random();
  }
  std::vector<int32_t> lists;
  for (int32_t i = 0; i <= in.rows(); ++i) {
    lists.push_back(i * PERMUTATIONS);
  }
  int64_t values = lists.back();
  OnDevice<int32_t> offsets(in.offsets);
  OnDevice<uint8_t> data(in.bytes);
  OnDevice<uint64_t> a(factors);
  OnDevice<uint64_t> b(summands);
  OnDevice<int32_t> list_offsets(lists);
  OnDevice<int32_t> sizes(in.rows());
  OnDevice<uint32_t> signatures(values);

  double ms = on_gpu([&](cudaStream_t stream) {
    int32_t code = millrace_minhash_sizes(offsets.get(), data.get(), nullptr, in.rows(), 0, SIZE,
                                          PERMUTATIONS, sizes.get(), stream);
    return code != 0 ? code
                     : millrace_minhash(offsets.get(), data.get(), nullptr, in.rows(),
                                        in.bytes.size(), 0, SIZE, a.get(), b.get(), PERMUTATIONS,
                                        list_offsets.get(), signatures.get(), values, stream);
  });

  std::vector<uint32_t> expected(values);
  double cpu = on_cpu(in.rows(), [&](int32_t first, int32_t last) {
    cpu_minhash(in.offsets.data(), in.bytes.data(), first, last, SIZE, factors.data(),
                summands.data(), PERMUTATIONS, expected.data());
  });
  if (signatures.read() != expected || sizes.read() != std::vector<int32_t>(in.rows(), PERMUTATIONS)) {
    std::fprintf(stderr, "bench: minhash_signature differs from the CPU's\n");
    std::exit(1);
  }
  double shingles = 0;
  for (uint8_t byte : in.bytes) {
    shingles += (byte & 0xC0) != 0x80;
  }
  double arithmetic =
      shingles * (PERMUTATIONS * SLOTS_PER_PERMUTATION + SLOTS_PER_SHINGLE) / chip.slots_per_ms;
  double memory = (in.bytes.size() + 8.0 * values) / chip.bytes_per_ms;
  row("minhash_signature, characters, 5, 120", in, ms, std::max(arithmetic, memory), cpu);
}

void ngram_stats(const Chip& chip, size_t bytes) {
  auto in = texts(bytes, false);
  std::vector<uint8_t> classes(0x110000, millrace::LETTER);
  classes[' '] = classes['\n'] = millrace::SPACE;
  classes['.'] = millrace::SYMBOL;
  int64_t longest = 0;
  for (int32_t i = 0; i < in.rows(); ++i) {
    longest = std::max<int64_t>(longest, in.offsets[i + 1] - in.offsets[i]);
  }
  int64_t scratch_bytes = std::max<int64_t>(millrace_ngram_scratch(longest), 256 << 20);
  OnDevice<int32_t> offsets(in.offsets);
  OnDevice<uint8_t> data(in.bytes);
  OnDevice<uint8_t> flags(classes);
  OnDevice<uint8_t> scratch(scratch_bytes);
  OnDevice<double> ratios(static_cast<size_t>(millrace::RATIOS) * in.rows());

  double ms = on_gpu([&](cudaStream_t stream) {
    return millrace_ngram_stats(offsets.get(), data.get(), nullptr, in.rows(), flags.get(), longest,
                                scratch.get(), scratch_bytes, ratios.get(), stream);
  });

  std::vector<double> expected(static_cast<size_t>(millrace::RATIOS) * in.rows());
  double cpu = on_cpu(in.rows(), [&](int32_t first, int32_t last) {
    std::vector<uint64_t> own(host_ngram_scratch(longest) / 8);
    std::vector<double> part(static_cast<size_t>(millrace::RATIOS) * (last - first));
    host_ngram_stats(in.offsets.data() + first, in.bytes.data(), nullptr, last - first,
                     classes.data(), longest, reinterpret_cast<uint8_t*>(own.data()),
                     own.size() * 8, part.data(), nullptr);
    for (int32_t f = 0; f < millrace::RATIOS; ++f) {
      std::copy_n(part.begin() + static_cast<int64_t>(f) * (last - first), last - first,
                  expected.begin() + static_cast<int64_t>(f) * in.rows() + first);
    }
  });
  if (ratios.read() != expected) {
    std::fprintf(stderr, "bench: ngram_stats differs from the CPU's\n");
    std::exit(1);
  }
  double memory = (in.bytes.size() + 8.0 * millrace::RATIOS * in.rows()) / chip.bytes_per_ms;
  row("ngram_stats", in, ms, memory, cpu);
}

/** Floats of -1 to 1, one vector after the other. */
std::vector<float> embeddings(int32_t rows) {
  std::mt19937_64 random(13);
  std::vector<float> out(static_cast<size_t>(rows) * LENGTH);
  for (float& number : out) {
    number = static_cast<float>(random() % 20001) / 10000 - 1;
  }
  return out;
}

void vectors(const Chip& chip, size_t bytes) {
  auto rows = static_cast<int32_t>(std::max<size_t>(CENTROIDS, bytes / (LENGTH * sizeof(float))));
  auto numbers = embeddings(rows);
  std::vector<double> matrix(numbers.begin(), numbers.begin() + CENTROIDS * LENGTH);
  std::vector<double> norms;
  for (int32_t i = 0; i < CENTROIDS; ++i) {
    double sum = 0;
    for (int32_t d = 0; d < LENGTH; ++d) {
      sum += matrix[i * LENGTH + d] * matrix[i * LENGTH + d];
    }
    norms.push_back(std::sqrt(sum));
  }
  std::vector<int32_t> starts(rows + 1);
  for (int32_t i = 0; i <= rows; ++i) {
    starts[i] = i * LENGTH;
  }
  size_t found = static_cast<size_t>(rows) * NEIGHBOURS;
  OnDevice<int32_t> offsets(starts);
  OnDevice<float> data(numbers);
  OnDevice<double> others(matrix);
  OnDevice<double> lengths(norms);
  OnDevice<int32_t> nearest(rows);
  OnDevice<int32_t> places(found);
  OnDevice<double> similarities(found);
  OnDevice<int32_t> counts(rows);

  double nearest_ms = on_gpu([&](cudaStream_t stream) {
    return millrace_nearest(offsets.get(), data.get(), nullptr, rows, sizeof(float), others.get(),
                            CENTROIDS, LENGTH, nearest.get(), stream);
  });
  double top_ms = on_gpu([&](cudaStream_t stream) {
    return millrace_cosine_top(offsets.get(), data.get(), nullptr, rows, sizeof(float),
                               others.get(), CENTROIDS, LENGTH, lengths.get(), NEIGHBOURS,
                               places.get(), similarities.get(), counts.get(), stream);
  });

  std::vector<int32_t> expected(rows);
  double nearest_cpu = on_cpu(rows, [&](int32_t first, int32_t last) {
    cpu_nearest(numbers.data(), first, last, matrix.data(), CENTROIDS, LENGTH, expected.data());
  });
  std::vector<int32_t> expected_places(found);
  std::vector<double> expected_similarities(found);
  double top_cpu = on_cpu(rows, [&](int32_t first, int32_t last) {
    cpu_cosine_top(numbers.data(), first, last, matrix.data(), CENTROIDS, LENGTH, norms.data(),
                   NEIGHBOURS, expected_places.data(), expected_similarities.data());
  });
  if (nearest.read() != expected || places.read() != expected_places ||
      similarities.read() != expected_similarities ||
      counts.read() != std::vector<int32_t>(rows, NEIGHBOURS)) {
    std::fprintf(stderr, "bench: nearest_centroid or cosine_top differs from the CPU's\n");
    std::exit(1);
  }
  Texts in;
  in.bytes.resize(numbers.size() * sizeof(float));
  in.offsets = starts;
  double pairs = static_cast<double>(rows) * CENTROIDS * LENGTH;
  row("nearest_centroid, 768 floats, 1024", in, nearest_ms, pairs * 3 / chip.doubles_per_ms,
      nearest_cpu);
  row("cosine_top, 768 floats, 1024, 10", in, top_ms, pairs * 2 / chip.doubles_per_ms, top_cpu);
}

}  // namespace

int main(int arguments, char** values) {
  size_t bytes = (arguments > 1 ? std::strtoull(values[1], nullptr, 10) : 256) * 1000000;
  if (bytes == 0 || bytes > 2000000000) {
    std::fprintf(stderr, "bench: MEGABYTES is 1 to 2000, not %s\n", values[1]);
    return 2;
  }
  auto device = chip();
  minhash(device, bytes);
  ngram_stats(device, bytes);
  vectors(device, bytes);
  return 0;
}
