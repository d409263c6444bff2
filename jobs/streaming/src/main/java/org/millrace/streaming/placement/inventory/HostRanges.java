package org.millrace.streaming.placement.inventory;

import java.util.ArrayList;
import java.util.List;

/**
 * Host names in the short form of Slurm and Topograph: {@code srv11[01-08]}, {@code
 * a[1,3-5]b[01-02]}, {@code [1101-1102],x7}. A number keeps the width that the first of its range
 * is written with.
 */
public final class HostRanges {

  /** More hosts than this of one text are taken for a mistake. */
  static final int MOST = 1_000_000;

  private static final int LONGEST_NUMBER = 9;

  private HostRanges() {}

  /**
   * The hosts of a text, in its order.
   *
   * @throws IllegalArgumentException that says what is wrong with the text
   */
  public static List<String> expand(String text) {
    var hosts = new ArrayList<String>();
    for (var part : parts(text)) {
      var expanded = List.of("");
      int at = 0;
      while (at < part.length()) {
        int open = part.indexOf('[', at);
        var plain = part.substring(at, open < 0 ? part.length() : open);
        var ends = List.of(plain);
        if (open < 0) {
          at = part.length();
        } else {
          int close = part.indexOf(']', open);
          ends =
              numbers(text, part.substring(open + 1, close)).stream().map(n -> plain + n).toList();
          at = close + 1;
        }
        expanded = join(text, expanded, ends);
      }
      hosts.addAll(expanded);
      check(hosts.size() <= MOST, text, "means more than " + MOST + " hosts");
    }
    return List.copyOf(hosts);
  }

  private static List<String> join(String text, List<String> starts, List<String> ends) {
    check((long) starts.size() * ends.size() <= MOST, text, "means more than " + MOST + " hosts");
    var joined = new ArrayList<String>();
    for (var start : starts) {
      for (var end : ends) {
        joined.add(start + end);
      }
    }
    return joined;
  }

  /** Parts between commas that are in no bracket. */
  private static List<String> parts(String text) {
    var parts = new ArrayList<String>();
    int from = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '[' || c == ']') {
        check(inside == (c == ']'), text, "has a bracket too many");
        inside = c == '[';
      } else if (c == ',' && !inside) {
        parts.add(text.substring(from, i).strip());
        from = i + 1;
      }
    }
    check(!inside, text, "has a bracket that is not closed");
    parts.add(text.substring(from).strip());
    check(parts.stream().noneMatch(String::isEmpty), text, "names a host without a name");
    check(parts.stream().noneMatch(part -> part.contains(" ")), text, "has a space in a name");
    return parts;
  }

  private static List<String> numbers(String text, String ranges) {
    var numbers = new ArrayList<String>();
    for (var range : ranges.split(",", -1)) {
      int dash = range.indexOf('-');
      var first = (dash < 0 ? range : range.substring(0, dash)).strip();
      var last = (dash < 0 ? range : range.substring(dash + 1)).strip();
      int from = number(text, first);
      int to = number(text, last);
      check(from <= to, text, "has the range %s that ends before it begins".formatted(range));
      check((long) to - from + numbers.size() < MOST, text, "means more than " + MOST + " hosts");
      for (int n = from; n <= to; n++) {
        var digits = Integer.toString(n);
        numbers.add("0".repeat(Math.max(0, first.length() - digits.length())) + digits);
      }
    }
    return numbers;
  }

  private static int number(String text, String digits) {
    check(
        !digits.isEmpty()
            && digits.length() <= LONGEST_NUMBER
            && digits.chars().allMatch(c -> c >= '0' && c <= '9'),
        text,
        "has '%s' where a number should be".formatted(digits));
    return Integer.parseInt(digits);
  }

  private static void check(boolean holds, String text, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(
          "'%s' %s; write hosts like srv[01-08]".formatted(text, problem));
    }
  }
}
