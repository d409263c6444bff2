package org.millrace.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Records as text. */
public final class Utf8 {

  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /**
   * The text of a record.
   *
   * @param length how many of the bytes, from the first, are the record
   * @throws CharacterCodingException if they are not well-formed UTF-8
   */
  public static String text(byte[] record, int length) throws CharacterCodingException {
    var text = new String(record, 0, length, StandardCharsets.UTF_8);
    // The lenient decoder is several times faster; a replacement character may be genuine.
    if (text.indexOf(REPLACEMENT) >= 0) {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record, 0, length));
    }
    return text;
  }

  /** Whether bytes are well-formed UTF-8. */
  public static boolean valid(byte[] record) {
    try {
      text(record, record.length);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
