// Where a test's own memory is, for the kernels' host build: org.millrace.gpu.HostMemory.
#include <jni.h>

extern "C" JNIEXPORT jlong JNICALL Java_org_millrace_gpu_HostMemory_address(JNIEnv* env, jclass,
                                                                           jobject buffer) {
  return reinterpret_cast<jlong>(env->GetDirectBufferAddress(buffer));
}
