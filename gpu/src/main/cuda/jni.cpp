// The kernels as native methods of org.millrace.gpu.Kernels. Addresses come as longs; a failed call throws IllegalStateException with the error in words.
#include <jni.h>

#include <string>

#include "kernels.h"

#define MILLRACE_JNI(method) JNICALL Java_org_millrace_gpu_Kernels_##method

namespace {

template <class Value>
Value* at(jlong address) {
  return reinterpret_cast<Value*>(address);
}

void check(JNIEnv* env, const char* kernel, int32_t code) {
  if (code != 0) {
    auto message = std::string(kernel) + ": CUDA error " + std::to_string(code) + ", " +
                   millrace_error(code);
    env->ThrowNew(env->FindClass("java/lang/IllegalStateException"), message.c_str());
  }
}

}  // namespace

extern "C" {

JNIEXPORT void MILLRACE_JNI(minHashSizes)(JNIEnv* env, jclass, jlong offsets, jlong bytes,
                                          jlong valid, jint rows, jint unit, jint size,
                                          jint permutations, jlong sizes, jlong stream) {
  check(env, "minhash_signature",
        millrace_minhash_sizes(at<int32_t>(offsets), at<uint8_t>(bytes), at<uint32_t>(valid), rows,
                               unit, size, permutations, at<int32_t>(sizes), at<void>(stream)));
}

JNIEXPORT void MILLRACE_JNI(minHash)(JNIEnv* env, jclass, jlong offsets, jlong bytes, jlong valid,
                                     jint rows, jlong length, jint unit, jint size, jlong factors,
                                     jlong summands, jint permutations, jlong lists,
                                     jlong signatures, jlong values, jlong stream) {
  check(env, "minhash_signature",
        millrace_minhash(at<int32_t>(offsets), at<uint8_t>(bytes), at<uint32_t>(valid), rows,
                         length, unit, size, at<uint64_t>(factors), at<uint64_t>(summands),
                         permutations, at<int32_t>(lists), at<uint32_t>(signatures), values,
                         at<void>(stream)));
}

JNIEXPORT jlong MILLRACE_JNI(ngramScratch)(JNIEnv*, jclass, jlong bytes) {
  return millrace_ngram_scratch(bytes);
}

JNIEXPORT void MILLRACE_JNI(ngramStats)(JNIEnv* env, jclass, jlong offsets, jlong bytes,
                                        jlong valid, jint rows, jlong classes, jlong longest,
                                        jlong scratch, jlong scratch_bytes, jlong ratios,
                                        jlong stream) {
  check(env, "ngram_stats",
        millrace_ngram_stats(at<int32_t>(offsets), at<uint8_t>(bytes), at<uint32_t>(valid), rows,
                             at<uint8_t>(classes), longest, at<uint8_t>(scratch), scratch_bytes,
                             at<double>(ratios), at<void>(stream)));
}

JNIEXPORT void MILLRACE_JNI(answerKeySizes)(JNIEnv* env, jclass, jlong offsets, jlong bytes,
                                            jlong valid, jint rows, jlong sizes, jlong stream) {
  check(env, "answer_key",
        millrace_answer_key_sizes(at<int32_t>(offsets), at<uint8_t>(bytes), at<uint32_t>(valid),
                                  rows, at<int32_t>(sizes), at<void>(stream)));
}

JNIEXPORT void MILLRACE_JNI(answerKey)(JNIEnv* env, jclass, jlong offsets, jlong bytes,
                                       jlong valid, jint rows, jlong starts, jlong keys,
                                       jlong stream) {
  check(env, "answer_key",
        millrace_answer_key(at<int32_t>(offsets), at<uint8_t>(bytes), at<uint32_t>(valid), rows,
                            at<int32_t>(starts), at<uint8_t>(keys), at<void>(stream)));
}

JNIEXPORT void MILLRACE_JNI(nearest)(JNIEnv* env, jclass, jlong offsets, jlong numbers,
                                     jlong valid, jint rows, jint width, jlong matrix,
                                     jint matrix_rows, jint length, jlong places, jlong stream) {
  check(env, "nearest_centroid",
        millrace_nearest(at<int32_t>(offsets), at<void>(numbers), at<uint32_t>(valid), rows, width,
                         at<double>(matrix), matrix_rows, length, at<int32_t>(places),
                         at<void>(stream)));
}

JNIEXPORT void MILLRACE_JNI(cosineTop)(JNIEnv* env, jclass, jlong offsets, jlong numbers,
                                       jlong valid, jint rows, jint width, jlong matrix,
                                       jint matrix_rows, jint length, jlong norms, jint k,
                                       jlong places, jlong similarities, jlong counts,
                                       jlong stream) {
  check(env, "cosine_top",
        millrace_cosine_top(at<int32_t>(offsets), at<void>(numbers), at<uint32_t>(valid), rows,
                            width, at<double>(matrix), matrix_rows, length, at<double>(norms), k,
                            at<int32_t>(places), at<double>(similarities), at<int32_t>(counts),
                            at<void>(stream)));
}

JNIEXPORT void MILLRACE_JNI(packTops)(JNIEnv* env, jclass, jlong places, jlong similarities,
                                      jint rows, jint k, jlong lists, jlong packed_places,
                                      jlong packed_similarities, jlong stream) {
  check(env, "cosine_top",
        millrace_pack_tops(at<int32_t>(places), at<double>(similarities), rows, k,
                           at<int32_t>(lists), at<int32_t>(packed_places),
                           at<double>(packed_similarities), at<void>(stream)));
}
}
