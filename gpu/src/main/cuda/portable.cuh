// What lets one body run as a CUDA kernel and, by a plain C++ compiler, on the host.
#pragma once

#include <cstdint>

#if defined(__CUDACC__)
#define MILLRACE_FN __host__ __device__ __forceinline__
/** Before a loop whose counter picks a register. */
#define MILLRACE_UNROLL _Pragma("unroll")
#else
#define MILLRACE_FN inline
#define MILLRACE_UNROLL
#endif

namespace millrace {

constexpr int LANES = 32;

MILLRACE_FN int bits_set(uint32_t mask) {
#if defined(__CUDA_ARCH__)
  return __popc(mask);
#else
  return __builtin_popcount(mask);
#endif
}

/** Lowers an unsigned value that other warps may be lowering too. */
MILLRACE_FN void lower(uint32_t* value, uint32_t to) {
#if defined(__CUDA_ARCH__)
  atomicMin(value, to);
#else
  *value = to < *value ? to : *value;
#endif
}

/**
 * A warp, programmed in phases: within one, a lane sees nothing of what the others write; after
 * it, everything. On the host a phase is a loop over the lanes, so that tests there run the same
 * steps between the same 32 lanes. Variables outside a phase are the same in every lane.
 */
struct Warp {
  template <class Body>
  MILLRACE_FN void each(Body body) const {
#if defined(__CUDA_ARCH__)
    body(static_cast<int>(threadIdx.x % LANES));
    __syncwarp();
#else
    for (int lane = 0; lane < LANES; ++lane) {
      body(lane);
    }
#endif
  }

  /** A bit for each lane: whether the predicate holds there. */
  template <class Predicate>
  MILLRACE_FN uint32_t ballot(Predicate predicate) const {
#if defined(__CUDA_ARCH__)
    return __ballot_sync(0xFFFFFFFFU, predicate(static_cast<int>(threadIdx.x % LANES)));
#else
    uint32_t mask = 0;
    for (int lane = 0; lane < LANES; ++lane) {
      mask |= static_cast<uint32_t>(static_cast<bool>(predicate(lane))) << lane;
    }
    return mask;
#endif
  }
};

/** A block of threads, programmed in phases as a warp is. */
template <int THREADS>
struct Block {
  template <class Body>
  MILLRACE_FN void each(Body body) const {
#if defined(__CUDA_ARCH__)
    body(static_cast<int>(threadIdx.x));
    __syncthreads();
#else
    for (int thread = 0; thread < THREADS; ++thread) {
      body(thread);
    }
#endif
  }
};

/** A variable that every thread has for itself: registers on the device. */
template <class Value, int THREADS>
class PerThread {
 public:
#if defined(__CUDA_ARCH__)
  MILLRACE_FN Value& operator[](int) { return value_; }

 private:
  Value value_;
#else
  MILLRACE_FN Value& operator[](int thread) { return values_[thread]; }

 private:
  Value values_[THREADS];
#endif
};

/** A variable that every lane of a warp has for itself. */
template <class Value>
using PerLane = PerThread<Value, LANES>;

}  // namespace millrace
