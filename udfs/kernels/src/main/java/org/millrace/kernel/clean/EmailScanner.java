package org.millrace.kernel.clean;

import java.util.List;

/** Finds e-mail addresses by their @: the longest local part before it, a dotted domain after. */
final class EmailScanner {

  /** RFC 5321: octets of a local part and of a domain. What is longer isn't looked at. */
  private static final int LONGEST_LOCAL = 64;

  private static final int LONGEST_DOMAIN = 255;

  private EmailScanner() {}

  static void find(String text, List<Pii.Find> finds) {
    int last = 0;
    int at = text.indexOf('@');
    while (at >= 0) {
      int begin = localBegin(text, at, last);
      int end = begin < at ? domainEnd(text, at + 1) : 0;
      if (end > 0) {
        finds.add(new Pii.Find(Pii.Kind.EMAIL, begin, end));
        last = end;
      }
      at = text.indexOf('@', Math.max(at + 1, end));
    }
  }

  /** Where the local part begins: atoms with single dots between, from an edge of a word on. */
  private static int localBegin(String text, int at, int last) {
    int begin = at;
    int lowest = Math.max(last, at - LONGEST_LOCAL);
    while (begin > lowest && local(text, begin - 1, at)) {
      begin--;
    }
    while (begin < at && (text.charAt(begin) == '.' || !edge(text, begin))) {
      begin++;
    }
    return begin;
  }

  /**
   * Whether a word begins or ends here, Chinese characters being letters too, as the reference
   * counts have it: an address that follows one without a gap isn't found.
   */
  private static boolean edge(String text, int at) {
    return word(text.charAt(at)) != (at > 0 && word(text.charAt(at - 1)));
  }

  private static boolean local(String text, int i, int at) {
    char c = text.charAt(i);
    return c == '.' ? i + 1 < at && text.charAt(i + 1) != '.' : atom(c);
  }

  private static boolean atom(char c) {
    return Ascii.letterOrDigit(c) || "!#$%&'*+/=?^_`{|}~-".indexOf(c) >= 0;
  }

  private static boolean word(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /** Where the domain ends: two labels or more; 0 if that is not what is here. */
  private static int domainEnd(String text, int from) {
    int end = 0;
    int labels = 0;
    int at = from;
    int limit = Math.min(text.length(), from + LONGEST_DOMAIN);
    while (true) {
      int labelEnd = labelEnd(text, at, limit);
      if (labelEnd == at) {
        return labels > 1 ? end : 0;
      }
      labels++;
      end = labelEnd;
      if (end >= limit || text.charAt(end) != '.') {
        return labels > 1 ? end : 0;
      }
      at = end + 1;
    }
  }

  /** Letters, digits and hyphens, a letter or digit first and last. */
  private static int labelEnd(String text, int from, int limit) {
    int at = from;
    int end = from;
    while (at < limit) {
      char c = text.charAt(at);
      if (Ascii.letterOrDigit(c)) {
        end = at + 1;
      } else if (c != '-' || at == from) {
        break;
      }
      at++;
    }
    return end;
  }
}
