// The peers on the CPU: the same functions as a C++ programmer would write them there.
#pragma once

#include <cstdint>

/**
 * MinHash signatures of rows first..last by their characters: each hash is carried through all
 * permutations in one loop that the compiler makes vector instructions of, as the JIT does of the
 * Java kernel's.
 *
 * @param signatures out: `permutations` values a row, all bits set where a row has no shingle
 */
void cpu_minhash(const int32_t* offsets, const uint8_t* bytes, int32_t first, int32_t last,
                 int32_t size, const uint64_t* factors, const uint64_t* summands,
                 int32_t permutations, uint32_t* signatures);

/**
 * The place of the nearest vector of a matrix for rows first..last: 64 distances at a time, in a
 * loop of vector instructions over the matrix' columns.
 *
 * @param numbers `length` a row, @param matrix `count` vectors, one after the other
 */
void cpu_nearest(const float* numbers, int32_t first, int32_t last, const double* matrix,
                 int32_t count, int32_t length, int32_t* places);

/** The k of the largest cosine in the same way. @param places @param similarities out, k a row */
void cpu_cosine_top(const float* numbers, int32_t first, int32_t last, const double* matrix,
                    int32_t count, int32_t length, const double* norms, int32_t k,
                    int32_t* places, double* similarities);
