package org.millrace.kernel.tokens;

import java.nio.charset.StandardCharsets;

/**
 * The 256 bytes as printable characters, by which a vocabulary of byte strings is written as text
 * (GPT-2's {@code bytes_to_unicode}): the printable ones of Latin-1 are themselves, the other 68
 * follow from U+0100 in byte order.
 */
final class ByteSymbols {

  private static final char[] SYMBOLS = symbols();

  private ByteSymbols() {}

  static char of(int b) {
    return SYMBOLS[b];
  }

  static String of(byte[] bytes) {
    var text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      text.append(SYMBOLS[b & 0xFF]);
    }
    return text.toString();
  }

  /** UTF-8 of a text, a lone surrogate replaced by U+FFFD. */
  static byte[] utf8(String text) {
    return WellFormed.of(text).getBytes(StandardCharsets.UTF_8);
  }

  private static char[] symbols() {
    var symbols = new char[256];
    char next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b != 0xAD;
      symbols[b] = printable ? (char) b : next++;
    }
    return symbols;
  }
}
