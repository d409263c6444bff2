package org.millrace.kernel.warc;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** One gzip member after another (RFC 1952), each with what is wrong with it. */
final class GzipMember {

  /** A member may expand so far whatever its ratio, in bytes. */
  private static final long FREE_EXPANSION = 64L << 20;

  /** Beyond that it may be so many times its compressed size. */
  private static final long EXPANSION = 200;

  private static final int LONGEST_NAME = 1 << 16;
  private static final int CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final Source source;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private boolean open;
  private long start;
  private long expanded;
  private String failure;
  private long resume;

  GzipMember(Source source) {
    this.source = source;
  }

  /** Begins a member where {@link Source#atGzip} holds. */
  void begin() throws IOException {
    start = source.position();
    expanded = 0;
    failure = null;
    open = true;
    inflater.reset();
    crc.reset();
    int flags = source.ahead(3);
    source.has(10);
    source.skip(Math.min(10, source.available()));
    if ((flags & EXTRA) != 0) {
      skip(source.read() + (source.read() << 8));
    }
    if ((flags & NAME) != 0) {
      skipName();
    }
    if ((flags & COMMENT) != 0) {
      skipName();
    }
    if ((flags & CHECKSUM) != 0) {
      skip(2);
    }
  }

  /** Whether it may give more bytes. */
  boolean open() {
    return open;
  }

  /** Its first byte in the file. */
  long start() {
    return start;
  }

  /** Why it ended early; null if it didn't. */
  String failure() {
    return failure;
  }

  /** From where on to look for the next one after a failure. */
  long resume() {
    return resume;
  }

  /** Fills the array as far as the member goes; gives how far. */
  int fill(byte[] out) throws IOException {
    int filled = 0;
    while (open && filled < out.length) {
      if (!source.has(1)) {
        fail("the file ends inside a gzip member", start + 1);
        break;
      }
      int given = source.available();
      inflater.setInput(source.buffer(), source.at(), given);
      int got = inflate(out, filled);
      int used = given - inflater.getRemaining();
      source.skip(used);
      crc.update(out, filled, got);
      filled += got;
      expanded += got;
      if (inflater.finished()) {
        open = false;
        trailer();
      } else if (open && (inflater.needsDictionary() || got + used == 0)) {
        fail("a gzip member is damaged", start + 1);
      } else if (open && expanded > FREE_EXPANSION && expanded > EXPANSION * compressed()) {
        fail("a gzip member expands more than " + EXPANSION + "-fold", source.position());
      }
    }
    return filled;
  }

  void end() {
    inflater.end();
  }

  /** Inflates; what a broken member gives before it fails counts too. */
  private int inflate(byte[] out, int from) {
    long before = inflater.getBytesWritten();
    try {
      return inflater.inflate(out, from, out.length - from);
    } catch (DataFormatException e) {
      fail("a gzip member is damaged: " + e.getMessage(), start + 1);
      return (int) (inflater.getBytesWritten() - before);
    }
  }

  private long compressed() {
    return source.position() - start;
  }

  private void trailer() throws IOException {
    if (!source.has(8)) {
      fail("the file ends inside a gzip member", start + 1);
      return;
    }
    boolean right = word(0) == (int) crc.getValue() && word(4) == (int) expanded;
    source.skip(8);
    if (!right) {
      fail("a gzip member is damaged: its checksum is wrong", start + 1);
    }
  }

  private int word(int at) {
    return source.ahead(at)
        | source.ahead(at + 1) << 8
        | source.ahead(at + 2) << 16
        | source.ahead(at + 3) << 24;
  }

  private void fail(String reason, long from) {
    open = false;
    failure = reason;
    resume = from;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      source.read();
    }
  }

  private void skipName() throws IOException {
    int length = 0;
    while (source.read() > 0) {
      if (++length > LONGEST_NAME) {
        fail("a gzip member's name has no end", start + 1);
        return;
      }
    }
  }
}
