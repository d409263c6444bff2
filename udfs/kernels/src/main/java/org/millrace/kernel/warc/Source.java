package org.millrace.kernel.warc;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a file, with their place, and with a step back into the last ones. Stepping back is
 * paid for by bytes read for the first time, so that no input is read more than twice on average.
 */
final class Source {

  /** So many bytes before the current one stay at hand, at least. */
  static final int WINDOW = 1 << 20;

  private static final int CHUNK = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[WINDOW + CHUNK];
  private int at;
  private int end;
  private long base;
  private long again;

  Source(InputStream in) {
    this.in = in;
  }

  /** The place of the next byte, from 0. */
  long position() {
    return base + at;
  }

  /** Makes sure that there are so many bytes, at most {@link #CHUNK}; false if the file ends. */
  boolean has(int bytes) throws IOException {
    while (end - at < bytes) {
      if (end == buffer.length) {
        int keep = Math.min(at, WINDOW) + end - at;
        System.arraycopy(buffer, end - keep, buffer, 0, keep);
        base += end - keep;
        at -= end - keep;
        end = keep;
      }
      int read = in.read(buffer, end, Math.min(CHUNK, buffer.length - end));
      if (read < 0) {
        return false;
      }
      end += read;
    }
    return true;
  }

  /** The next byte, 0 to 255, or -1 at the end. */
  int read() throws IOException {
    return has(1) ? buffer[at++] & 0xFF : -1;
  }

  /** A byte ahead, which {@link #has} has made sure of. */
  int ahead(int index) {
    return buffer[at + index] & 0xFF;
  }

  byte[] buffer() {
    return buffer;
  }

  int at() {
    return at;
  }

  /** How many bytes are at hand from {@link #at()}. */
  int available() {
    return end - at;
  }

  void skip(int bytes) {
    at += bytes;
  }

  /** Goes back to a place, or to as near as is at hand and paid for; never forward. */
  void back(long position) {
    long nearest = Math.max(position, base);
    long steps = position() - nearest;
    if (steps > 0 && again + steps <= base + end) {
      again += steps;
      at -= (int) steps;
    }
  }

  /** Whether a gzip member may begin here: its magic number, deflate, no reserved flag. */
  boolean atGzip() throws IOException {
    return has(4)
        && ahead(0) == 0x1F
        && ahead(1) == 0x8B
        && ahead(2) == 8
        && (ahead(3) & 0xE0) == 0;
  }

  /** Goes on to where a gzip member may begin; false if there is none. */
  boolean skipToGzip() throws IOException {
    while (!atGzip()) {
      if (!has(1)) {
        return false;
      }
      at++;
      while (at < end && buffer[at] != 0x1F) {
        at++;
      }
    }
    return true;
  }
}
