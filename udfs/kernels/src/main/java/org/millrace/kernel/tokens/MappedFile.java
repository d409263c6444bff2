package org.millrace.kernel.tokens;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** A little-endian file of any size in memory maps of 1 GB, which overlap by the longest number. */
final class MappedFile {

  private static final int SHIFT = 30;
  private static final int OVERLAP = 8;

  private final ByteBuffer[] maps;
  private final long size;

  MappedFile(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      size = channel.size();
      maps = new ByteBuffer[(int) (size + (1L << SHIFT) - 1 >>> SHIFT)];
      for (int i = 0; i < maps.length; i++) {
        long from = (long) i << SHIFT;
        long length = Math.min((1L << SHIFT) + OVERLAP, size - from);
        maps[i] = channel.map(MapMode.READ_ONLY, from, length).order(ByteOrder.LITTLE_ENDIAN);
      }
    }
  }

  long size() {
    return size;
  }

  byte int8(long at) {
    return map(at).get(place(at));
  }

  int int32(long at) {
    return map(at).getInt(place(at));
  }

  long int64(long at) {
    return map(at).getLong(place(at));
  }

  int token(long at, MegatronType type) {
    return type.get(map(at), place(at));
  }

  private ByteBuffer map(long at) {
    return maps[(int) (at >>> SHIFT)];
  }

  private static int place(long at) {
    return (int) at & (1 << SHIFT) - 1;
  }
}
