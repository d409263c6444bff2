package org.millrace.batch.corpus.pack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Token ids as bytes, four each and little-endian: a table has them as one value a document, where
 * an array column would make an object of each token.
 */
final class TokenBytes {

  private TokenBytes() {}

  static byte[] of(int[] tokens) {
    var bytes =
        ByteBuffer.allocate(Math.multiplyExact(Integer.BYTES, tokens.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(tokens);
    return bytes.array();
  }

  static int[] tokens(byte[] bytes) {
    var tokens = new int[count(bytes)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(tokens);
    return tokens;
  }

  /** How many tokens that is. */
  static int count(byte[] bytes) {
    return bytes.length / Integer.BYTES;
  }
}
