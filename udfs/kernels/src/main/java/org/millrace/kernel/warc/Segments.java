package org.millrace.kernel.warc;

import java.io.IOException;
import java.util.ArrayDeque;

/**
 * The decompressed bytes of a file in segments, in each of which records follow one another. A
 * plain file is one segment. In a compressed one a segment ends before a gzip member that begins a
 * record, before bytes that are no gzip, and where a member is broken; members that go on with a
 * record belong to one segment.
 */
final class Segments {

  private static final byte[] MAGIC = {'W', 'A', 'R', 'C', '/'};

  private final Source source;
  private final GzipMember member;
  private final byte[] out = new byte[1 << 16];
  private int at;
  private int end;
  private final ArrayDeque<Unread> unread = new ArrayDeque<>();
  private boolean started;
  private boolean gzip;
  private boolean ended = true;
  private boolean held;
  private boolean first;
  private boolean scanning;
  private long lookFrom;
  private final ArrayDeque<Damage> damages = new ArrayDeque<>();
  private long delivered;
  private long again;

  private static final class Unread {
    final byte[] bytes;
    int at;

    Unread(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  Segments(Source source) {
    this.source = source;
    this.member = new GzipMember(source);
  }

  /** Where a record stands in the file that begins so many bytes before the next one. */
  long offset(int before) {
    if (gzip) {
      return member.start();
    }
    long back = unread.stream().mapToLong(u -> u.bytes.length - u.at).sum();
    return source.position() - (end - at) - back - before;
  }

  /** The next byte, 0 to 255, or -1 at the end of the segment. */
  int read() throws IOException {
    while (!unread.isEmpty()) {
      var last = unread.peek();
      if (last.at < last.bytes.length) {
        return last.bytes[last.at++] & 0xFF;
      }
      unread.pop();
    }
    return !ended && (at < end || fill()) ? out[at++] & 0xFF : -1;
  }

  /** Up to so many bytes, 0 at the end of the segment. */
  int read(byte[] into, int from, int bytes) throws IOException {
    if (bytes == 0) {
      return 0;
    }
    int first = read();
    if (first < 0) {
      return 0;
    }
    into[from] = (byte) first;
    var last = unread.peek();
    int got;
    if (last != null) {
      got = Math.min(bytes - 1, last.bytes.length - last.at);
      System.arraycopy(last.bytes, last.at, into, from + 1, got);
      last.at += got;
    } else {
      got = Math.min(bytes - 1, end - at);
      System.arraycopy(out, at, into, from + 1, got);
      at += got;
    }
    return got + 1;
  }

  /** Whether the byte just read is the first of a gzip member. */
  boolean beganMember() {
    return gzip && first && at == 1 && unread.isEmpty();
  }

  /** Puts bytes back that were read, to be read again. */
  void unread(byte[] bytes) {
    unread.push(new Unread(bytes));
  }

  /** Whether so many bytes may be read once more: no more are than were read for the first time. */
  boolean affords(long bytes) {
    if (again + bytes > delivered) {
      return false;
    }
    again += bytes;
    return true;
  }

  /** What ended the segment early, or stands before it; null if nothing. Told once. */
  Damage takeDamage() {
    return damages.poll();
  }

  /** Whether the segment was found by searching, so that it may begin inside a record. */
  boolean found() {
    return scanning;
  }

  /** Goes to the next segment; false if there is none. */
  boolean advance() throws IOException {
    unread.clear();
    if (held) {
      held = false;
      ended = false;
      scanning = false;
      if (end == 0) {
        noteFailure();
      }
      return true;
    }
    if (!started) {
      return start();
    }
    return gzip && nextMember();
  }

  void end() {
    member.end();
  }

  private boolean start() throws IOException {
    started = true;
    long from = source.position();
    while (source.has(1) && !source.atGzip() && !atRecord()) {
      source.skip(1);
    }
    gzip = source.atGzip();
    if (gzip) {
      garbage(from, "gzip member");
      return nextMember();
    }
    garbage(from, "WARC record");
    ended = !source.has(1);
    return !ended;
  }

  private boolean atRecord() throws IOException {
    if (!source.has(MAGIC.length)) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (source.ahead(i) != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean nextMember() throws IOException {
    ended = true;
    at = end = 0;
    if (scanning) {
      source.back(lookFrom);
    }
    while (true) {
      long from = source.position();
      boolean more = source.skipToGzip();
      if (!scanning) {
        garbage(from, "gzip member");
      }
      if (!more) {
        scanning = false;
        return false;
      }
      member.begin();
      end = member.fill(out);
      delivered += end;
      first = true;
      boolean likely = beginsRecord() || (end > 0 && member.failure() == null);
      if (likely || !scanning) {
        ended = end == 0 && !member.open() && member.failure() == null && !source.atGzip();
        if (end == 0) {
          noteFailure();
        }
        return true;
      }
      source.back(member.failure() == null ? source.position() : member.resume());
    }
  }

  /** More bytes of the segment. */
  private boolean fill() throws IOException {
    at = end = 0;
    if (!gzip) {
      ended = !source.has(1);
      if (!ended) {
        end = Math.min(out.length, source.available());
        System.arraycopy(source.buffer(), source.at(), out, 0, end);
        source.skip(end);
        delivered += end;
      }
      return !ended;
    }
    while (end == 0) {
      boolean begins = !member.open();
      if (begins && (member.failure() != null || !source.atGzip())) {
        noteFailure();
        ended = true;
        return false;
      }
      if (begins) {
        member.begin();
      }
      end = member.fill(out);
      delivered += end;
      first = begins;
      if (begins && (beginsRecord() || (end == 0 && member.failure() != null))) {
        held = true;
        ended = true;
        return false;
      }
    }
    return true;
  }

  private boolean beginsRecord() {
    if (end < MAGIC.length) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (out[i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  private void noteFailure() {
    scanning = member.failure() != null;
    if (scanning) {
      damages.add(new Damage(member.failure(), member.start()));
      lookFrom = member.resume();
      ended = true;
    }
  }

  private void garbage(long from, String wanted) {
    long bytes = source.position() - from;
    if (bytes > 0) {
      damages.add(new Damage("no " + wanted + ": " + bytes + " bytes", from));
    }
  }
}
