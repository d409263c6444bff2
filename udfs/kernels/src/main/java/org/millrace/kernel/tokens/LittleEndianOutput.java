package org.millrace.kernel.tokens;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of little-endian numbers, written through a buffer. */
final class LittleEndianOutput implements AutoCloseable {

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

  LittleEndianOutput(Path file) throws IOException {
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
  }

  void bytes(byte[] bytes) throws IOException {
    for (byte b : bytes) {
      room(1).put(b);
    }
  }

  void int32(int value) throws IOException {
    room(4).putInt(value);
  }

  void int64(long value) throws IOException {
    room(8).putLong(value);
  }

  void tokens(int[] tokens, MegatronType type) throws IOException {
    for (int token : tokens) {
      type.put(room(type.bytes()), token);
    }
  }

  /** Appends a whole file. */
  void file(FileChannel from) throws IOException {
    flush();
    long end = from.size();
    for (long at = 0; at < end; ) {
      at += from.transferTo(at, end - at, channel);
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      flush();
    }
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }
}
