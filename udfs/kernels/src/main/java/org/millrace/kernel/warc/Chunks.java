package org.millrace.kernel.warc;

import java.io.ByteArrayOutputStream;

/** The chunked transfer encoding (RFC 9112, section 7.1). */
final class Chunks {

  private static final int LONGEST_SIZE = 8;

  private final byte[] body;
  private int at;

  private Chunks(byte[] body) {
    this.body = body;
  }

  /**
   * The body without its chunk sizes; as it is if it doesn't begin with one, because many crawlers
   * undo the encoding but keep the header field.
   *
   * @throws BadPayload where a later chunk has no size or the body ends inside one
   */
  static byte[] joined(byte[] body) throws BadPayload {
    var chunks = new Chunks(body);
    long first = chunks.size();
    return first < 0 ? body : chunks.join(first);
  }

  private byte[] join(long first) throws BadPayload {
    var whole = new ByteArrayOutputStream(body.length);
    long size = first;
    while (size != 0) {
      if (size < 0) {
        throw new BadPayload("bad chunking: no chunk size at byte " + at + " of the body");
      }
      if (size > body.length - at) {
        throw new BadPayload("bad chunking: the body ends inside a chunk of " + size + " bytes");
      }
      whole.write(body, at, (int) size);
      at += (int) size;
      skip('\r');
      skip('\n');
      size = size();
    }
    return whole.toByteArray();
  }

  /** Reads a line with a chunk's size, -1 if here is none. */
  private long size() {
    int from = at;
    long size = 0;
    while (at < body.length && Character.digit(body[at], 16) >= 0) {
      size = size << 4 | Character.digit(body[at], 16);
      if (++at - from > LONGEST_SIZE) {
        return bad(from);
      }
    }
    int digits = at - from;
    while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
      at++;
    }
    if (at < body.length && body[at] == ';') {
      while (at < body.length && body[at] != '\n') {
        at++;
      }
    }
    skip('\r');
    boolean whole = at < body.length && body[at] == '\n';
    skip('\n');
    boolean lastOfAll = size == 0 && at == body.length;
    return digits > 0 && (whole || lastOfAll) ? size : bad(from);
  }

  private long bad(int from) {
    at = from;
    return -1;
  }

  private void skip(char c) {
    if (at < body.length && body[at] == c) {
      at++;
    }
  }
}
