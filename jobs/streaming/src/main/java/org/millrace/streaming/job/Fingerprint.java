package org.millrace.streaming.job;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over texts, each preceded by its length, so that their borders count. */
public final class Fingerprint {

  private static final int HEX_BYTES = 16;

  private Fingerprint() {}

  /** The first 8 bytes. */
  public static long number(String... texts) {
    return ByteBuffer.wrap(of(texts)).getLong();
  }

  /** The first 16 bytes in hexadecimal: 32 digits. */
  public static String hex(String... texts) {
    return HexFormat.of().formatHex(of(texts), 0, HEX_BYTES);
  }

  private static byte[] of(String... texts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var text : texts) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
