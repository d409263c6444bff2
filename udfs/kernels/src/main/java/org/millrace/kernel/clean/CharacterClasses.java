package org.millrace.kernel.clean;

/**
 * What a code point is to the rules, as a table for kernels that have no Unicode tables of their
 * own. Unicode as the JDK has it.
 */
public final class CharacterClasses {

  /** Flag of Unicode's White_Space and the separators U+001C to U+001F. */
  public static final int SPACE = Chars.SPACE;

  /** Flag of general category L. */
  public static final int LETTER = Chars.LETTER;

  /** Flag of general categories P, S and Cc. */
  public static final int SYMBOL = Chars.SYMBOL;

  private CharacterClasses() {}

  /** The flags of all code points, U+0000 to U+10FFFF; a new array of 1.1 MB. */
  public static byte[] table() {
    var table = new byte[Character.MAX_CODE_POINT + 1];
    for (int c = 0; c < table.length; c++) {
      table[c] = (byte) (Chars.flags(c) & (SPACE | LETTER | SYMBOL));
    }
    return table;
  }
}
