// The kernels as C functions: on the device in kernels.cu, on the host in host.cpp.
//
// Addresses are of device memory for the former, of host memory for the latter. Work is queued on
// the stream, a cudaStream_t, which the host ignores. Each returns 0 or a cudaError_t, said in words
// by millrace_error.
#pragma once

#include <cstdint>

extern "C" {

const char* millrace_error(int32_t code);

/**
 * How many values the signature of each row has: `permutations`, or 0 for a row that is null or has
 * fewer units than a shingle.
 *
 * @param offsets rows + 1, @param bytes UTF-8, @param valid bits or null
 * @param unit 0 characters, 1 words, @param size units of a shingle, from 1
 * @param sizes out, one a row
 */
int32_t millrace_minhash_sizes(const int32_t* offsets, const uint8_t* bytes, const uint32_t* valid,
                               int32_t rows, int32_t unit, int32_t size, int32_t permutations,
                               int32_t* sizes, void* stream);

/**
 * The signatures of all rows, one after the other.
 *
 * @param length bytes of the buffer: the last offset or more
 * @param factors @param summands coefficients, one a permutation
 * @param lists where each row's signature begins and the last one ends, from the sizes
 * @param signatures out, @param values how many they are together
 */
int32_t millrace_minhash(const int32_t* offsets, const uint8_t* bytes, const uint32_t* valid,
                         int32_t rows, int64_t length, int32_t unit, int32_t size,
                         const uint64_t* factors, const uint64_t* summands, int32_t permutations,
                         const int32_t* lists, uint32_t* signatures, int64_t values, void* stream);

/** Bytes of scratch that ngram_stats needs for a text of so many bytes, at least. */
int64_t millrace_ngram_scratch(int64_t bytes);

/**
 * The ratios of each row's repetitions and characters.
 *
 * @param classes flags by code point, 0x110000 of them
 * @param longest bytes of the longest row, @param scratch aligned to 8,
 * @param scratch_bytes millrace_ngram_scratch(longest) or more: what is more lets rows run side by side
 * @param ratios out: field f of a row at f * rows + row; untouched where the row is null
 */
int32_t millrace_ngram_stats(const int32_t* offsets, const uint8_t* bytes, const uint32_t* valid,
                             int32_t rows, const uint8_t* classes, int64_t longest,
                             uint8_t* scratch, int64_t scratch_bytes, double* ratios, void* stream);

/** Bytes of each row's key, 0 for a null row. @param sizes out, one a row */
int32_t millrace_answer_key_sizes(const int32_t* offsets, const uint8_t* bytes,
                                  const uint32_t* valid, int32_t rows, int32_t* sizes,
                                  void* stream);

/**
 * The keys of all rows, one after the other.
 *
 * @param starts where each row's key begins, from the sizes, @param keys out, UTF-8
 */
int32_t millrace_answer_key(const int32_t* offsets, const uint8_t* bytes, const uint32_t* valid,
                            int32_t rows, const int32_t* starts, uint8_t* keys, void* stream);

/**
 * The place of each row's nearest vector of a matrix, -1 where the row is null, is not as long as
 * the matrix' rows, or nothing is near.
 *
 * @param offsets rows + 1, @param numbers of the lists, none null, @param valid bits or null
 * @param width 4 for float, 8 for double
 * @param matrix vectors one after the other, @param matrix_rows how many, @param length of each
 * @param places out, one a row
 */
int32_t millrace_nearest(const int32_t* offsets, const void* numbers, const uint32_t* valid,
                         int32_t rows, int32_t width, const double* matrix, int32_t matrix_rows,
                         int32_t length, int32_t* places, void* stream);

/**
 * Up to k vectors of a matrix of the largest cosine to each row, the most similar first.
 *
 * @param norms length of each of the matrix' vectors, @param k from 0
 * @param places @param similarities out, k a row, as many used as counts say
 * @param counts out, one a row; 0 where a row is null or not as long as the matrix' rows
 */
int32_t millrace_cosine_top(const int32_t* offsets, const void* numbers, const uint32_t* valid,
                            int32_t rows, int32_t width, const double* matrix, int32_t matrix_rows,
                            int32_t length, const double* norms, int32_t k, int32_t* places,
                            double* similarities, int32_t* counts, void* stream);

/**
 * What millrace_cosine_top gives, one row's after the other's.
 *
 * @param lists where each row's begin and the last one's end, from the counts
 * @param packed_places @param packed_similarities out
 */
int32_t millrace_pack_tops(const int32_t* places, const double* similarities, int32_t rows,
                           int32_t k, const int32_t* lists, int32_t* packed_places,
                           double* packed_similarities, void* stream);
}
