package org.millrace.kernel.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashSet;
import java.util.Set;
import org.millrace.kernel.clean.Pangu;
import org.millrace.kernel.dedup.XxHash64;

/**
 * Which lines repeat across the pages of a site and go: its navigation (step 7 of PanGu's
 * cleaning). Lines are the same if {@link Pangu#key} says so of what is left of them without
 * special symbols (step 4), so that it doesn't matter whether those were deleted before. They are
 * known by the 64-bit xxHash of that key.
 *
 * @param percent a line goes that stands on at least so many per cent of a site's pages, 1 to 100
 * @param leastPages of sites with fewer pages no line goes, 1 or more
 */
public record SiteLines(int percent, int leastPages) {

  /** Half of the pages, of sites with 20 or more. */
  public static final SiteLines DEFAULT = new SiteLines(50, 20);

  /** Refuses what is out of range. */
  public SiteLines {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("percent " + percent + " is not 1 to 100");
    }
    if (leastPages < 1) {
      throw new IllegalArgumentException("least pages " + leastPages + " is not 1 or more");
    }
  }

  /**
   * Whether a line goes.
   *
   * @param pagesOfSite how many pages the site has
   * @param pagesWithLine how many of them have the line
   */
  public boolean repeated(long pagesOfSite, long pagesWithLine) {
    return pagesOfSite >= leastPages && 100 * pagesWithLine >= percent * pagesOfSite;
  }

  /** The different keys of a text's lines, in the order of the first ones; none for blank lines. */
  public static long[] lineKeys(String text) {
    var keys = new LinkedHashSet<Long>();
    int from = 0;
    while (from < text.length()) {
      int end = endOfLine(text, from);
      var key = key(text.substring(from, end));
      if (!key.isEmpty()) {
        keys.add(hash(key));
      }
      from = end + 1;
    }
    return keys.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * The text without the lines whose key is in the set; what is left stays as it is. Counts lines.
   *
   * @param keys of the lines that go
   */
  public static Pangu.Edit without(String text, Set<Long> keys) {
    if (keys.isEmpty()) {
      return new Pangu.Edit(text, 0);
    }
    var kept = new StringBuilder(text.length());
    boolean first = true;
    long removed = 0;
    int from = 0;
    while (from <= text.length()) {
      int end = endOfLine(text, from);
      var key = key(text.substring(from, end));
      if (!key.isEmpty() && keys.contains(hash(key))) {
        removed++;
      } else {
        kept.append(first ? "" : "\n").append(text, from, end);
        first = false;
      }
      from = end + 1;
    }
    return removed == 0 ? new Pangu.Edit(text, 0) : new Pangu.Edit(kept.toString(), removed);
  }

  private static String key(String line) {
    return Pangu.key(Pangu.withoutSpecialSymbols(line).text());
  }

  private static int endOfLine(String text, int from) {
    int feed = text.indexOf('\n', from);
    return feed < 0 ? text.length() : feed;
  }

  private static long hash(String key) {
    var bytes = key.getBytes(UTF_8);
    return XxHash64.hash(bytes, 0, bytes.length, XxHash64.SEED);
  }
}
