package org.millrace.streaming.job;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of a file as bytes, each in bounded memory however long it is. */
final class Lines implements AutoCloseable {

  /** The longest line that is read whole, in bytes. */
  static final int LONGEST = 1 << 20;

  private final InputStream in;
  private final byte[] block = new byte[1 << 15];
  private int next;
  private int end;
  private byte[] line = new byte[512];
  private int length;
  private boolean cut;
  private long number;

  Lines(InputStream in) {
    this.in = in;
  }

  /** Goes to the next line; false at the end. */
  boolean advance() throws IOException {
    length = 0;
    cut = false;
    boolean any = false;
    while (true) {
      if (next == end) {
        end = in.read(block, 0, block.length);
        next = 0;
        if (end <= 0) {
          end = 0;
          break;
        }
      }
      any = true;
      int from = next;
      while (next < end && block[next] != '\n') {
        next++;
      }
      append(from, next - from);
      if (next < end) {
        next++;
        break;
      }
    }
    if (!any) {
      return false;
    }
    number++;
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    if (number == 1 && startsWithByteOrderMark()) {
      System.arraycopy(line, 3, line, 0, length - 3);
      length -= 3;
    }
    return true;
  }

  private boolean startsWithByteOrderMark() {
    return length >= 3
        && line[0] == (byte) 0xEF
        && line[1] == (byte) 0xBB
        && line[2] == (byte) 0xBF;
  }

  /** Whether the line begins as a file in UTF-16 or UTF-32 does. */
  boolean startsWithUtf16Mark() {
    return length >= 2
        && (line[0] == (byte) 0xFF && line[1] == (byte) 0xFE
            || line[0] == (byte) 0xFE && line[1] == (byte) 0xFF);
  }

  private void append(int from, int count) {
    int kept = Math.min(count, LONGEST - length);
    cut |= kept < count;
    if (length + kept > line.length) {
      line = Arrays.copyOf(line, Math.max(length + kept, 2 * line.length));
    }
    System.arraycopy(block, from, line, length, kept);
    length += kept;
  }

  /** The line without its end; valid up to {@link #length} until the next advance. */
  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  /** Whether the line was longer than {@link #LONGEST}. */
  boolean cut() {
    return cut;
  }

  boolean blank() {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Number of the line, from 1. */
  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
