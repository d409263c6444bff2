package org.millrace.kernel.warc;

import java.io.IOException;
import java.util.Arrays;

/** The first bytes of a record's content, in one array that is used again and again. */
final class Content {

  private final int limit;
  private byte[] bytes = new byte[1 << 16];
  private int kept;
  private long read;

  /**
   * @param limit how many bytes are kept at most
   */
  Content(int limit) {
    this.limit = limit;
  }

  /** Reads so many bytes of a segment, or what it has. */
  void read(Segments from, long length) throws IOException {
    kept = 0;
    read = 0;
    while (read < length) {
      int wanted = (int) Math.min(1 << 16, length - read);
      boolean keep = whole() && kept + wanted <= limit;
      if (keep && bytes.length < kept + wanted) {
        bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(2 * bytes.length, kept + wanted)));
      }
      int got = from.read(keep ? bytes : new byte[wanted], keep ? kept : 0, wanted);
      if (got == 0) {
        return;
      }
      kept += keep ? got : 0;
      read += got;
    }
  }

  /** How many bytes were read. */
  long length() {
    return read;
  }

  /** Whether all bytes that were read are kept. */
  boolean whole() {
    return kept == read;
  }

  /** How many of the first bytes are kept. */
  int kept() {
    return kept;
  }

  int at(int index) {
    return bytes[index] & 0xFF;
  }

  byte[] from(int index) {
    return Arrays.copyOfRange(bytes, index, kept);
  }
}
