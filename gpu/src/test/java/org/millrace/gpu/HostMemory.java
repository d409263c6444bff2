package org.millrace.gpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Host memory for the kernels, by address; each piece is kept until all is closed. */
final class HostMemory implements AutoCloseable {

  private final List<ByteBuffer> kept = new ArrayList<>();

  /** A zeroed piece of so many bytes, as a buffer in the machine's byte order. */
  ByteBuffer allocate(long bytes) {
    var buffer = ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    kept.add(buffer);
    return buffer;
  }

  long ints(int... values) {
    var buffer = allocate(4L * values.length);
    buffer.asIntBuffer().put(values);
    return HostKernels.address(buffer);
  }

  long longs(long... values) {
    var buffer = allocate(8L * values.length);
    buffer.asLongBuffer().put(values);
    return HostKernels.address(buffer);
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
