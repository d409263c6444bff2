package org.millrace.gpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Host memory for the kernels, by address; each piece is kept until all is closed. */
final class HostMemory implements AutoCloseable {

  static {
    if (HostKernels.built()) {
      HostKernels.load();
    }
  }

  private final List<ByteBuffer> kept = new ArrayList<>();

  /** Where a direct buffer begins; with the first call the kernels' host build is there. */
  static native long address(ByteBuffer direct);

  /** A zeroed piece of so many bytes, as a buffer in the machine's byte order. */
  ByteBuffer allocate(long bytes) {
    var buffer = ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    kept.add(buffer);
    return buffer;
  }

  long ints(int... values) {
    var buffer = allocate(4L * values.length);
    buffer.asIntBuffer().put(values);
    return address(buffer);
  }

  long longs(long... values) {
    var buffer = allocate(8L * values.length);
    buffer.asLongBuffer().put(values);
    return address(buffer);
  }

  long doubles(double... values) {
    var buffer = allocate(8L * values.length);
    buffer.asDoubleBuffer().put(values);
    return address(buffer);
  }

  long floats(float... values) {
    var buffer = allocate(4L * values.length);
    buffer.asFloatBuffer().put(values);
    return address(buffer);
  }

  static double[] doubles(ByteBuffer buffer) {
    var values = new double[buffer.capacity() / 8];
    buffer.asDoubleBuffer().get(values);
    return values;
  }

  static int[] ints(ByteBuffer buffer) {
    var values = new int[buffer.capacity() / 4];
    buffer.asIntBuffer().get(values);
    return values;
  }

  @Override
  public void close() {
    kept.clear();
  }
}
