package org.millrace.kernel.clean;

import java.util.List;

/** Finds what is made of digits, where a run of digits begins. */
final class NumberFinder {

  private static final int MOBILE_DIGITS = 11;
  private static final int AREA_DIGITS = 3;
  private static final int LINE_DIGITS = 4;
  private static final int FEWEST_PHONE_DIGITS = 8;
  private static final int MOST_PHONE_DIGITS = 15;

  private NumberFinder() {}

  static void find(String text, List<Pii.Find> finds) {
    int at = 0;
    while (at < text.length()) {
      if (!Ascii.digit(text.charAt(at))) {
        at++;
        continue;
      }
      var find = findAt(text, at);
      if (find != null) {
        finds.add(find);
        at = find.end();
      } else {
        while (Ascii.digitAt(text, at)) {
          at++;
        }
      }
    }
  }

  /** The find whose first digit is here, the first of its run. */
  private static Pii.Find findAt(String text, int at) {
    int end = Ipv4.end(text, at);
    if (end > 0) {
      return Ipv4.global(text, at, end) ? new Pii.Find(Pii.Kind.IPV4, at, end) : null;
    }
    end = ChineseId.end(text, at);
    if (end > 0) {
      return new Pii.Find(Pii.Kind.CHINESE_ID, at, end);
    }
    var mobile = chineseMobile(text, at);
    if (mobile != null) {
      return mobile;
    }
    end = internationalEnd(text, at);
    if (end > 0) {
      return new Pii.Find(Pii.Kind.PHONE, at - 1, end);
    }
    end = northAmericanEnd(text, at);
    if (end == 0) {
      return null;
    }
    boolean bracket = Ascii.oneOfAt(text, at - 1, "(");
    return new Pii.Find(Pii.Kind.PHONE, bracket ? at - 1 : at, end);
  }

  /** 1, a digit from 3 to 9 and nine more, after an optional +86 with or without a separator. */
  private static Pii.Find chineseMobile(String text, int at) {
    boolean prefixed = at > 0 && text.charAt(at - 1) == '+' && text.startsWith("86", at);
    int begin = prefixed ? at - 1 : at;
    int number = prefixed ? at + 2 : at;
    if (prefixed && Ascii.oneOfAt(text, number, " -")) {
      number++;
    }
    if (Ascii.wordAt(text, begin - 1) || Ascii.oneOfAt(text, begin - 1, ".,_-")) {
      return null;
    }
    int end = number;
    while (Ascii.digitAt(text, end) && end - number <= MOBILE_DIGITS) {
      end++;
    }
    boolean mobile =
        end - number == MOBILE_DIGITS
            && text.charAt(number) == '1'
            && text.charAt(number + 1) >= '3'
            && !Ascii.wordAt(text, end);
    return mobile ? new Pii.Find(Pii.Kind.CHINESE_MOBILE, begin, end) : null;
  }

  /**
   * After +: 8 to 15 digits (ITU-T E.164), single blanks, hyphens or brackets between; 0 if not.
   */
  private static int internationalEnd(String text, int at) {
    if (!Ascii.oneOfAt(text, at - 1, "+") || text.charAt(at) == '0') {
      return 0;
    }
    if (Ascii.wordAt(text, at - 2) || Ascii.oneOfAt(text, at - 2, "+.,_-")) {
      return 0;
    }
    int digits = 0;
    int i = at;
    int end = at;
    while (i < text.length()) {
      if (Ascii.digit(text.charAt(i))) {
        digits++;
        end = ++i;
      } else if (Ascii.oneOfAt(text, i, " -()") && i - end < 2) {
        i++;
      } else {
        break;
      }
      if (digits > MOST_PHONE_DIGITS) {
        return 0;
      }
    }
    return digits >= FEWEST_PHONE_DIGITS && !Ascii.wordAt(text, end) ? end : 0;
  }

  /** NPA-NXX-XXXX with one of - . or a blank between, NPA perhaps in brackets; 0 if not. */
  private static int northAmericanEnd(String text, int at) {
    boolean bracket = Ascii.oneOfAt(text, at - 1, "(");
    int before = bracket ? at - 2 : at - 1;
    if (Ascii.wordAt(text, before) || Ascii.oneOfAt(text, before, ".,_-+")) {
      return 0;
    }
    int i = group(text, at, AREA_DIGITS, '2');
    if (i > 0 && bracket) {
      i = Ascii.oneOfAt(text, i, ")") ? i + 1 : 0;
    }
    if (i == 0) {
      return 0;
    }
    boolean separated = Ascii.oneOfAt(text, i, "-. ");
    if (!separated && !bracket) {
      return 0;
    }
    i = group(text, separated ? i + 1 : i, AREA_DIGITS, '2');
    if (i == 0 || !Ascii.oneOfAt(text, i, "-. ")) {
      return 0;
    }
    i = group(text, i + 1, LINE_DIGITS, '0');
    boolean ends = !Ascii.wordAt(text, i) && !Ascii.oneOfAt(text, i, "_-");
    boolean decimal = Ascii.oneOfAt(text, i, ".,") && Ascii.digitAt(text, i + 1);
    return i > 0 && ends && !decimal ? i : 0;
  }

  /** The end of exactly so many digits, the first at least {@code lowest}; 0 if not. */
  private static int group(String text, int at, int digits, char lowest) {
    int end = at;
    while (Ascii.digitAt(text, end) && end - at <= digits) {
      end++;
    }
    return end - at == digits && text.charAt(at) >= lowest ? end : 0;
  }
}
