package org.millrace.kernel.tokens;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A small unigram model, put together field by field as SentencePiece's protocol has them. */
final class SentencePieceModel {

  static final int NORMAL = 1;
  static final int UNKNOWN = 2;
  static final int CONTROL = 3;
  static final int BYTE = 6;

  private final ByteArrayOutputStream model = new ByteArrayOutputStream();
  private boolean byteFallback;

  SentencePieceModel piece(String text, double score, int kind) {
    var piece = new ByteArrayOutputStream();
    field(piece, 1, text.getBytes(StandardCharsets.UTF_8));
    piece.write(2 << 3 | 5);
    piece.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat((float) score).array());
    piece.write(3 << 3);
    piece.write(kind);
    field(model, 1, piece.toByteArray());
    return this;
  }

  /** The 256 bytes, of which characters that are no piece are made. */
  SentencePieceModel allBytes() {
    byteFallback = true;
    for (int b = 0; b < 256; b++) {
      piece("<0x%02X>".formatted(b), 0, BYTE);
    }
    return this;
  }

  /** The model without normalisation; a space before the text, unless told otherwise. */
  byte[] bytes(boolean spaceInFront) {
    // Model type unigram in field 3, byte fallback in field 35, whose tag takes two bytes.
    field(model, 2, new byte[] {3 << 3, 1, (byte) 0x98, 2, (byte) (byteFallback ? 1 : 0)});
    var normalizer = new ByteArrayOutputStream();
    field(normalizer, 1, "identity".getBytes(StandardCharsets.UTF_8));
    normalizer.writeBytes(new byte[] {3 << 3, (byte) (spaceInFront ? 1 : 0), 4 << 3, 0});
    field(model, 3, normalizer.toByteArray());
    return model.toByteArray();
  }

  /** Lengths here are below 128, of one byte. */
  private static void field(ByteArrayOutputStream to, int number, byte[] content) {
    to.write(number << 3 | 2);
    to.write(content.length);
    to.writeBytes(content);
  }
}
