package org.millrace.kernel.warc;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Reads a WARC or WET file (ISO 28500, versions 0.x and 1.x), plain or in gzip members, and gives
 * its pages one by one and a fault for whatever it can't read, after which it goes on with the next
 * record: where a gzip member is broken with the next member, where a Content-Length is wrong with
 * the next line that begins a record.
 *
 * <p>Memory is bounded by a few times the payload limit, time is linear in the file's size (and in
 * 200 times that of gzip members that expand more than that). Own code, as jwarc 0.31.1 ends at the
 * first broken member. One thread.
 */
public final class WarcRecords implements Closeable {

  /** Largest payload of a page in bytes, before and after its decoding. */
  public static final int PAYLOAD_LIMIT = 16 << 20;

  /** Largest header of a record, and of its HTTP response, in bytes. */
  private static final int HEADER_LIMIT = 8 << 20;

  /** Where the reading stands. */
  private enum Place {
    /** After the first bytes of a record. */
    RECORD,
    /** Before bytes that are none, where one should begin. */
    STRAY,
    /** Among bytes that are none. */
    LOST,
    SEGMENT_END
  }

  /** With so many line ends after it a record has ended well, whatever follows. */
  private static final int LINES_AFTER_RECORD = 2;

  /** Line ends that are read once more: those after a header, and some to spare. */
  private static final int LINE_ENDS_KEPT = 64;

  private static final byte[] MAGIC = {'W', 'A', 'R', 'C', '/'};

  private final InputStream in;
  private final Segments segments;
  private final Content content;
  private final int limit;
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final ByteArrayOutputStream lineEnds = new ByteArrayOutputStream(LINE_ENDS_KEPT);
  private Place at = Place.SEGMENT_END;
  private long offset;

  private WarcRecords(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
    this.segments = new Segments(new Source(in));
    this.content = new Content(limit + HEADER_LIMIT);
  }

  /** Reads with the {@link #PAYLOAD_LIMIT}. */
  public static WarcRecords of(InputStream in) {
    return of(in, PAYLOAD_LIMIT);
  }

  /**
   * Reads a file.
   *
   * @param in the file's bytes as they are, compressed or not; closed with this
   * @param payloadLimit largest payload of a page in bytes, 1 to 2^30
   */
  public static WarcRecords of(InputStream in, int payloadLimit) {
    requireNonNull(in, "in is null");
    if (payloadLimit < 1 || payloadLimit > 1 << 30) {
      throw new IllegalArgumentException("payload limit " + payloadLimit + " is not 1 to 2^30");
    }
    return new WarcRecords(in, payloadLimit);
  }

  /**
   * The next page or fault in the order of the file; null at its end.
   *
   * @throws IOException of the stream alone, never for what it contains
   */
  public WarcItem next() throws IOException {
    while (true) {
      var damage = segments.takeDamage();
      if (damage != null) {
        return fault(damage.reason(), damage.offset(), null);
      }
      if (at == Place.RECORD) {
        var item = record();
        if (item != null) {
          return item;
        }
      } else if (at == Place.STRAY) {
        at = Place.LOST;
        return fault("no WARC record begins here", offset, null);
      } else if (at == Place.LOST) {
        search();
      } else if (!segments.advance()) {
        damage = segments.takeDamage();
        return damage == null ? null : fault(damage.reason(), damage.offset(), null);
      } else {
        at = place();
        boolean told = at == Place.STRAY && segments.found();
        at = told ? Place.LOST : at;
      }
    }
  }

  /** What became of the records so far. */
  public Counts counts() {
    return new Counts(counts);
  }

  @Override
  public void close() throws IOException {
    segments.end();
    in.close();
  }

  /** Skips the line ends after a record and sees what follows. */
  private Place place() throws IOException {
    int c = segments.read();
    int lines = 0;
    lineEnds.reset();
    while (c == '\r' || c == '\n') {
      lines += c == '\n' ? 1 : 0;
      if (lineEnds.size() < LINE_ENDS_KEPT) {
        lineEnds.write(c);
      }
      c = segments.read();
    }
    if (c < 0) {
      return Place.SEGMENT_END;
    }
    offset = segments.offset(1);
    boolean stray = lines >= LINES_AFTER_RECORD || segments.beganMember();
    int matched = 0;
    while (c == MAGIC[matched]) {
      if (++matched == MAGIC.length) {
        return Place.RECORD;
      }
      c = segments.read();
    }
    var bytes = Arrays.copyOf(MAGIC, matched + (c < 0 ? 0 : 1));
    if (c >= 0) {
      bytes[matched] = (byte) c;
    }
    segments.unread(bytes);
    return stray ? Place.STRAY : Place.LOST;
  }

  /** Goes to the next line of the segment that begins a record. */
  private void search() throws IOException {
    boolean lineStart = true;
    int matched = 0;
    for (int c = segments.read(); c >= 0; c = segments.read()) {
      if (matched == MAGIC.length && c >= '0' && c <= '9') {
        offset = segments.offset(MAGIC.length + 1);
        at = Place.RECORD;
        return;
      }
      boolean next = matched < MAGIC.length && c == MAGIC[matched] && (lineStart || matched > 0);
      matched = next ? matched + 1 : 0;
      lineStart = c == '\n';
    }
    at = Place.SEGMENT_END;
  }

  private WarcItem record() throws IOException {
    long start = offset;
    var head = new RecordHead();
    int taken = 0;
    int c = segments.read();
    while (c >= 0 && taken++ < HEADER_LIMIT && head.take(c)) {
      c = segments.read();
    }
    if (c < 0) {
      at = Place.SEGMENT_END;
      return fault(endedEarly("the record ends inside its header"), start, head.url());
    }
    if (taken > HEADER_LIMIT || head.length() < 0) {
      at = Place.LOST;
      boolean endless = taken > HEADER_LIMIT;
      var missing = "the record has no Content-Length that is a number";
      var reason = endless ? "the header is longer than " + HEADER_LIMIT + " bytes" : missing;
      return fault(reason, start, head.url());
    }
    content.read(segments, head.length());
    var wrong = wrongLength(head.length());
    return wrong == null ? judged(head, start) : fault(wrong, start, head.url());
  }

  /** Sees what follows the content; says what is wrong with its length, null if it is right. */
  private String wrongLength(long length) throws IOException {
    boolean complete = content.length() == length;
    lineEnds.reset();
    at = complete ? place() : Place.SEGMENT_END;
    var damage = at == Place.SEGMENT_END ? segments.takeDamage() : null;
    if (damage != null) {
      return damage.reason();
    }
    if (complete && at != Place.LOST) {
      return null;
    }
    if (content.whole() && segments.affords(content.length() + lineEnds.size())) {
      // A length that ends inside the next record's header must not cost that its blank line.
      segments.unread(lineEnds.toByteArray());
      segments.unread(content.from(0));
    }
    at = Place.LOST;
    return complete
        ? "Content-Length is wrong: no record follows after " + length + " bytes"
        : "the record ends early: " + content.length() + " of " + length + " bytes";
  }

  private String endedEarly(String reason) {
    var damage = segments.takeDamage();
    return damage == null ? reason : damage.reason();
  }

  private WarcItem judged(RecordHead head, long start) {
    var judged = Judged.of(head, content, start, limit);
    counts.merge(judged.kind(), 1L, Long::sum);
    return judged.item();
  }

  private WarcFault fault(String reason, long where, String url) {
    counts.merge(Kind.FAULT, 1L, Long::sum);
    return new WarcFault(reason, where, url);
  }
}
