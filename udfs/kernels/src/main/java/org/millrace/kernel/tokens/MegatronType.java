package org.millrace.kernel.tokens;

import java.nio.ByteBuffer;

/** How a token is stored in a Megatron data set. */
public enum MegatronType {
  /** Four bytes; code 4. */
  INT32(4, 4, Integer.MAX_VALUE) {
    @Override
    void put(ByteBuffer to, int token) {
      to.putInt(token);
    }

    @Override
    int get(ByteBuffer from, int at) {
      return from.getInt(at);
    }
  },
  /** Two bytes without sign; code 8. */
  UINT16(8, 2, 0xFFFF) {
    @Override
    void put(ByteBuffer to, int token) {
      to.putShort((short) token);
    }

    @Override
    int get(ByteBuffer from, int at) {
      return from.getShort(at) & 0xFFFF;
    }
  };

  private final int code;
  private final int bytes;
  private final int largest;

  MegatronType(int code, int bytes, int largest) {
    this.code = code;
    this.bytes = bytes;
    this.largest = largest;
  }

  /**
   * The smallest that holds a vocabulary.
   *
   * @param size of the vocabulary: its largest id and 1
   */
  public static MegatronType ofVocabulary(int size) {
    return size <= UINT16.largest + 1 ? UINT16 : INT32;
  }

  /** Its number in the index. */
  public int code() {
    return code;
  }

  /** Bytes a token. */
  public int bytes() {
    return bytes;
  }

  /** The largest token. */
  int largest() {
    return largest;
  }

  abstract void put(ByteBuffer to, int token);

  abstract int get(ByteBuffer from, int at);

  /** The type of a number in an index, null if it's none of these. */
  static MegatronType ofCode(int code) {
    for (var type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }
}
