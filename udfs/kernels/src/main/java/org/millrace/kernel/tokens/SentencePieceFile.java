package org.millrace.kernel.tokens;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The pieces of a SentencePiece model, which the native code doesn't list: the fields 1 (pieces)
 * and 3 (normalizer) of {@code ModelProto} in SentencePiece's {@code sentencepiece_model.proto}.
 */
final class SentencePieceFile {

  /** A token. */
  record Piece(String text, Kind kind) {}

  /** Kinds of tokens by their number in the file, from 1. */
  enum Kind {
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE
  }

  private static final int PIECES = 1;
  private static final int NORMALIZER = 3;
  private static final int VARINT = 0;
  private static final int LONG = 1;
  private static final int BYTES = 2;
  private static final int INT = 5;

  private final List<Piece> pieces = new ArrayList<>();
  private boolean spaceInFront = true;

  /**
   * Reads a model.
   *
   * @throws IllegalArgumentException if it isn't one
   */
  SentencePieceFile(byte[] model) {
    try {
      var fields = new Fields(model);
      while (fields.next()) {
        if (fields.number == PIECES && fields.wire == BYTES) {
          pieces.add(piece(new Fields(fields.bytes)));
        } else if (fields.number == NORMALIZER && fields.wire == BYTES) {
          normalizer(new Fields(fields.bytes));
        }
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("it ends within a field", e);
    }
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("it has no pieces");
    }
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** Whether encoding puts a space before the text. */
  boolean spaceInFront() {
    return spaceInFront;
  }

  /** Id of a piece, -1 if there is none. */
  int id(String text) {
    for (int id = 0; id < pieces.size(); id++) {
      if (pieces.get(id).text().equals(text)) {
        return id;
      }
    }
    return -1;
  }

  private static Piece piece(Fields fields) {
    var text = "";
    var kind = Kind.NORMAL;
    while (fields.next()) {
      if (fields.number == 1 && fields.wire == BYTES) {
        text = new String(fields.bytes, StandardCharsets.UTF_8);
      } else if (fields.number == 3 && fields.wire == VARINT) {
        if (fields.value < 1 || fields.value > Kind.values().length) {
          throw new IllegalArgumentException("it has a piece of kind " + fields.value);
        }
        kind = Kind.values()[(int) fields.value - 1];
      }
    }
    return new Piece(text, kind);
  }

  private void normalizer(Fields fields) {
    while (fields.next()) {
      if (fields.number == 3 && fields.wire == VARINT) {
        spaceInFront = fields.value != 0;
      }
    }
  }

  /** The fields of a protocol-buffer message, one after the other. */
  private static final class Fields {
    private final ByteBuffer message;
    private int number;
    private int wire;
    private long value;
    private byte[] bytes;

    Fields(byte[] message) {
      this.message = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean next() {
      if (!message.hasRemaining()) {
        return false;
      }
      long tag = varint();
      number = (int) (tag >>> 3);
      wire = (int) (tag & 7);
      switch (wire) {
        case VARINT -> value = varint();
        case LONG -> message.getLong();
        case INT -> message.getInt();
        case BYTES -> bytes = bytes(varint());
        default -> throw new IllegalArgumentException("it has a field of type " + wire);
      }
      return true;
    }

    private byte[] bytes(long length) {
      if (length < 0 || length > message.remaining()) {
        throw new BufferUnderflowException();
      }
      var range = new byte[(int) length];
      message.get(range);
      return range;
    }

    private long varint() {
      long result = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        byte next = message.get();
        result |= (long) (next & 0x7F) << shift;
        if (next >= 0) {
          return result;
        }
      }
      throw new IllegalArgumentException("it has a number of more than 64 bits");
    }
  }
}
