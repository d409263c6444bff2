package org.millrace.kernel.clean;

/**
 * Polynomial hashes modulo 2^64 of strings of UTF-16 units, so that the hash of two strings joined
 * follows from theirs: {@code hash(a + b) = hash(a) * power(b) + hash(b)}.
 */
final class Hashes {

  static final long BASE = 0xD6E8FEB86659FD93L;

  private Hashes() {}

  /** The hash of a string with a character after it. */
  static long add(long hash, char c) {
    return hash * BASE + c + 1;
  }

  static long of(String text) {
    long hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = add(hash, text.charAt(i));
    }
    return hash;
  }
}
