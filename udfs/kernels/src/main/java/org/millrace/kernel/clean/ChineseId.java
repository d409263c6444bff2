package org.millrace.kernel.clean;

/** Chinese identity-card numbers of 18 characters (GB 11643-1999). */
final class ChineseId {

  private static final int DIGITS = 17;
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";
  private static final int FIRST_YEAR = 1800;
  private static final int LAST_YEAR = 2199;
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private ChineseId() {}

  /** Where the number that begins here ends; 0 if none does or its date or checksum is wrong. */
  static int end(String text, int begin) {
    int end = begin + DIGITS + 1;
    if (end > text.length() || Ascii.wordAt(text, begin - 1) || Ascii.wordAt(text, end)) {
      return 0;
    }
    int sum = 0;
    for (int i = 0; i < DIGITS; i++) {
      char c = text.charAt(begin + i);
      if (!Ascii.digit(c)) {
        return 0;
      }
      sum += WEIGHTS[i] * (c - '0');
    }
    char check = text.charAt(end - 1);
    boolean right = CHECKS.charAt(sum % CHECKS.length()) == (check == 'x' ? 'X' : check);
    return right && date(text, begin + 6) ? end : 0;
  }

  private static boolean date(String text, int at) {
    int year = Integer.parseInt(text, at, at + 4, 10);
    int month = Integer.parseInt(text, at + 4, at + 6, 10);
    int day = Integer.parseInt(text, at + 6, at + 8, 10);
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > DAYS.length) {
      return false;
    }
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    int days = month == 2 && leap ? 29 : DAYS[month - 1];
    return day >= 1 && day <= days;
  }
}
