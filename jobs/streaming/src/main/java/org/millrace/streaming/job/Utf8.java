package org.millrace.streaming.job;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Records as text. */
public final class Utf8 {

  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** The text of a record. */
  public static String text(byte[] record, int length) throws BadRecord {
    var text = new String(record, 0, length, StandardCharsets.UTF_8);
    // The lenient decoder is several times faster; a replacement character may be genuine.
    if (text.indexOf(REPLACEMENT) >= 0) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record, 0, length));
      } catch (CharacterCodingException e) {
        throw new BadRecord("not UTF-8");
      }
    }
    return text;
  }
}
