package org.millrace.streaming.anomaly.rola;

import java.io.DataInput;
import java.io.IOException;

/** Constants as one byte of state. */
final class Codes {

  private Codes() {}

  /** The constant whose ordinal is the next byte. */
  static <T> T of(T[] values, DataInput in) throws IOException {
    int code = in.readUnsignedByte();
    if (code >= values.length) {
      throw new IOException("The state is damaged: code %d of %d".formatted(code, values.length));
    }
    return values[code];
  }
}
