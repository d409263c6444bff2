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
