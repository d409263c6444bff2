package org.millrace.streaming.placement.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

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

  /**
   * Hosts in short form, the opposite of {@link #expand}: names that differ by the number at their
   * end share brackets, numbers of one width make ranges.
   *
   * @param hosts any, each once
   * @return in order of name
   */
  public static String compact(Collection<String> hosts) {
    var groups = new TreeMap<String, TreeMap<Integer, String>>();
    var parts = new ArrayList<String>();
    for (var host : new TreeSet<>(hosts)) {
      int from = host.length();
      while (from > 0
          && host.length() - from < LONGEST_NUMBER
          && Character.digit(host.charAt(from - 1), 10) >= 0
          && host.charAt(from - 1) < 128) {
        from--;
      }
      var digits = host.substring(from);
      // Numbers of one width only: n9 and n10 are two ranges, which all readers understand alike.
      groups
          .computeIfAbsent(host.substring(0, from) + '\0' + digits.length(), key -> new TreeMap<>())
          .put(digits.isEmpty() ? 0 : Integer.parseInt(digits), digits);
    }
    groups.forEach((key, numbers) -> parts.add(key.substring(0, key.indexOf(0)) + ranges(numbers)));
    return String.join(",", parts);
  }

  private static String ranges(TreeMap<Integer, String> numbers) {
    if (numbers.size() == 1) {
      return numbers.firstEntry().getValue();
    }
    var ranges = new ArrayList<String>();
    var all = List.copyOf(numbers.entrySet());
    for (int i = 0; i < all.size(); ) {
      int end = i;
      while (end + 1 < all.size() && all.get(end + 1).getKey() == all.get(end).getKey() + 1) {
        end++;
      }
      ranges.add(
          i == end ? all.get(i).getValue() : all.get(i).getValue() + "-" + all.get(end).getValue());
      i = end + 1;
    }
    return "[" + String.join(",", ranges) + "]";
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
