package org.millrace.kernel.tokens;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Address of a native object, freed once. */
final class NativeHandle implements AutoCloseable {

  private static final long CLOSED = 0;

  private final AtomicLong address;
  private final LongConsumer free;
  private final String owner;

  NativeHandle(long address, LongConsumer free, String owner) {
    this.address = new AtomicLong(address);
    this.free = free;
    this.owner = owner;
  }

  long get() {
    long value = address.get();
    if (value == CLOSED) {
      throw new IllegalStateException(owner + " is closed");
    }
    return value;
  }

  @Override
  public void close() {
    long value = address.getAndSet(CLOSED);
    if (value != CLOSED) {
      free.accept(value);
    }
  }
}
