package org.millrace.kernel.clean;

/** IPv4 addresses in a text. */
final class Ipv4 {

  private static final int PARTS = 4;
  private static final int HIGHEST = 255;

  /** First address and prefix length of what is not globally reachable, and multicast last. */
  private static final int[][] SPECIAL = {
    {0, 0, 0, 0, 8},
    {10, 0, 0, 0, 8},
    {100, 64, 0, 0, 10},
    {127, 0, 0, 0, 8},
    {169, 254, 0, 0, 16},
    {172, 16, 0, 0, 12},
    {192, 0, 0, 0, 24},
    {192, 0, 2, 0, 24},
    {192, 168, 0, 0, 16},
    {198, 18, 0, 0, 15},
    {198, 51, 100, 0, 24},
    {203, 0, 113, 0, 24},
    {240, 0, 0, 0, 4},
    {224, 0, 0, 0, 4},
  };

  private Ipv4() {}

  /**
   * Where the address that begins here ends; 0 if none does. No part has leading zeros; no digit or
   * full stop stands before, no digit or full stop with a digit after.
   */
  static int end(String text, int begin) {
    boolean adjoined = Ascii.digitAt(text, begin - 1) || Ascii.oneOfAt(text, begin - 1, ".");
    if (adjoined) {
      return 0;
    }
    int at = begin;
    for (int part = 0; part < PARTS; part++) {
      if (part > 0 && !Ascii.oneOfAt(text, at++, ".")) {
        return 0;
      }
      int end = at;
      while (Ascii.digitAt(text, end) && end - at <= 3) {
        end++;
      }
      boolean octet =
          end > at
              && end - at <= 3
              && (end - at == 1 || text.charAt(at) != '0')
              && number(text, at, end) <= HIGHEST;
      if (!octet) {
        return 0;
      }
      at = end;
    }
    return Ascii.oneOfAt(text, at, ".") && Ascii.digitAt(text, at + 1) ? 0 : at;
  }

  /** Whether an address is globally reachable and names one host. */
  static boolean global(String text, int begin, int end) {
    int address = 0;
    int at = begin;
    while (at < end) {
      int next = at;
      while (next < end && Ascii.digit(text.charAt(next))) {
        next++;
      }
      address = address << 8 | number(text, at, next);
      at = next + 1;
    }
    for (var block : SPECIAL) {
      int first = block[0] << 24 | block[1] << 16 | block[2] << 8 | block[3];
      int mask = -1 << 32 - block[4];
      if ((address & mask) == first) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }
}
