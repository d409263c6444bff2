package org.millrace.kernel.extract;

import java.net.IDN;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.millrace.kernel.clean.Keywords;

/**
 * Addresses that are not wanted, from the lines of a file: blank lines and what follows a {@code #}
 * are left out, and an entry with a slash is the beginning of an address (with or without a scheme,
 * {@code example.com/ads}), one with a dot is a domain with all its subdomains ({@code
 * example.com}, {@code .xxx}), any other is a word that stands in an address with no letter or
 * digit right before or after it. The scheme and a leading {@code www.} make no difference, nor
 * does case but in paths. Immutable; threads may share it.
 *
 * <p>A question costs a few look-ups in hash tables, whatever the length of the list.
 */
public final class BlockList {

  private final Set<String> domains = new HashSet<>();
  private final Set<String> prefixes = new HashSet<>();
  private final Set<String> prefixHosts = new HashSet<>();
  private final int[] prefixLengths;
  private final Keywords words;

  private BlockList(Iterator<String> lines) {
    var found = new ArrayList<String>();
    var lengths = new TreeSet<Integer>();
    while (lines.hasNext()) {
      var line = lines.next();
      int comment = line.indexOf('#');
      var entry = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (entry.indexOf('/') >= 0) {
        addPrefix(entry, lengths);
      } else if (entry.indexOf('.') >= 0) {
        addDomain(entry);
      } else if (!entry.isEmpty()) {
        found.add(entry);
      }
    }
    this.prefixLengths = lengths.stream().mapToInt(Integer::intValue).toArray();
    this.words = Keywords.wholeWords(found);
  }

  /** The list that the lines of a file make. */
  public static BlockList of(Stream<String> lines) {
    return new BlockList(lines.iterator());
  }

  /** How many different entries the list has. */
  public int size() {
    return domains.size() + prefixes.size() + words.size();
  }

  /**
   * The entry that an address matches, in the form in which it is kept: a domain in lower case and
   * ASCII, a beginning as {@code host/path}, a word in lower case. Of several the longest domain,
   * then the shortest beginning, then the first word.
   *
   * @param url any form; null gives null
   * @return null if no entry matches, or if it is no address
   */
  public String match(String url) {
    var normal = Urls.normal(url);
    if (normal == null) {
      return null;
    }
    var place = Urls.withoutWww(normal.substring(normal.indexOf("//") + 2));
    var host = place.substring(0, place.indexOf('/'));
    int colon = host.startsWith("[") ? -1 : host.indexOf(':');
    var name = colon < 0 ? host : host.substring(0, colon);
    var domain = domain(name);
    if (domain != null) {
      return domain;
    }
    var prefix = prefixHosts.contains(host) ? prefix(place) : null;
    return prefix != null || words.size() == 0 ? prefix : word(name, place);
  }

  private String domain(String host) {
    int from = 0;
    while (true) {
      var suffix = host.substring(from);
      if (domains.contains(suffix)) {
        return suffix;
      }
      int dot = host.indexOf('.', from);
      if (dot < 0) {
        return null;
      }
      from = dot + 1;
    }
  }

  private String prefix(String place) {
    for (int length : prefixLengths) {
      if (length > place.length()) {
        return null;
      }
      var prefix = place.substring(0, length);
      if (prefixes.contains(prefix)) {
        return prefix;
      }
    }
    return null;
  }

  private String word(String host, String place) {
    var readable = IDN.toUnicode(host, IDN.ALLOW_UNASSIGNED);
    var text = readable + Percents.decoded(place.substring(place.indexOf('/')));
    List<String> found = words.anyIn(text) ? words.in(text) : List.of();
    return found.isEmpty() ? null : found.get(0);
  }

  private void addPrefix(String entry, Set<Integer> lengths) {
    var normal = Urls.normal(entry.contains("://") ? entry : "http://" + entry);
    if (normal != null) {
      var place = Urls.withoutWww(normal.substring(normal.indexOf("//") + 2));
      prefixes.add(place);
      prefixHosts.add(place.substring(0, place.indexOf('/')));
      lengths.add(place.length());
    }
  }

  private void addDomain(String entry) {
    var bare = entry.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
    var host = Urls.host("http://" + bare);
    if (host != null) {
      domains.add(Urls.withoutWww(host));
    }
  }
}
