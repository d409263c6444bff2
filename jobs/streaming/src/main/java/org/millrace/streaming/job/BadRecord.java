package org.millrace.streaming.job;

import java.nio.charset.CharacterCodingException;
import org.millrace.command.Utf8;

/** A record that can't be used: thrown by decoders, ends in the quarantine. Has no stack trace. */
public final class BadRecord extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param kind class of the reason, from a small fixed set: it is counted by
   */
  public BadRecord(String kind) {
    super(kind, null, false, false);
  }

  /**
   * @param kind class of the reason, from a small fixed set: it is counted by
   * @param detail what exactly; shortened if long
   */
  public BadRecord(String kind, String detail) {
    super(
        kind + ": " + (detail.length() > 200 ? detail.substring(0, 200) + "…" : detail),
        null,
        false,
        false);
  }

  /** The text of a record, or of a part of it that begins the array. */
  public static String utf8(byte[] record, int length) throws BadRecord {
    try {
      return Utf8.text(record, length);
    } catch (CharacterCodingException e) {
      throw new BadRecord("not UTF-8");
    }
  }
}
