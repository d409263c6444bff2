package org.millrace.kernel.extract;

import crawlercommons.domains.EffectiveTldFinder;
import java.net.IDN;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Addresses of pages in one form (RFC 3986, section 6.2), their hosts and sites. Lenient as
 * browsers are; null for null and for what is no http, https or ftp address.
 */
public final class Urls {

  private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443, "ftp", 21);
  private static final Set<String> TRACKING =
      Set.of(
          ("gclid dclid gbraid wbraid gclsrc fbclid msclkid yclid twclid ttclid igshid mc_cid"
                  + " mc_eid _hsenc _hsmi mkt_tok")
              .split(" "));
  private static final String TRACKING_PREFIX = "utm_";
  private static final Pattern HOST = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");
  private static final int LONGEST_HOST = 253;
  private static final int HIGHEST_PORT = 65_535;
  private static final int NO_PORT = -1;
  private static final int BAD_PORT = -2;

  private Urls() {}

  /** A split address; the path begins with a slash, the query is null if there is none. */
  private record Parts(String scheme, String host, int port, String path, String query) {}

  /**
   * The normal form: scheme and host in lower case, the host in ASCII (IDNA), no user, default
   * port, fragment or dot segments, percent-encodings in upper case and only where needed, and no
   * parameters that track ({@code utm_…}, {@code gclid}, {@code fbclid} and their like); the others
   * keep their order.
   */
  public static String normal(String url) {
    var parts = split(url);
    if (parts == null) {
      return null;
    }
    var port = parts.port() < 0 ? "" : ":" + parts.port();
    var path = withoutDotSegments(Percents.normal(parts.path()));
    var query = parts.query() == null ? "" : untracked(Percents.normal(parts.query()));
    return parts.scheme()
        + "://"
        + parts.host()
        + port
        + path
        + (query.isEmpty() ? "" : "?" + query);
  }

  /** The host in lower case and ASCII, without the port. */
  public static String host(String url) {
    var parts = split(url);
    return parts == null ? null : parts.host();
  }

  /**
   * The registrable domain of the host by the public suffix list, its private part included, so
   * that {@code a.github.io} is a site; the host without {@code www.} where there is none.
   */
  public static String site(String url) {
    var host = host(url);
    if (host == null) {
      return null;
    }
    var domain = host.startsWith("[") ? null : EffectiveTldFinder.getAssignedDomain(host);
    return domain == null || domain.isEmpty() ? withoutWww(host) : domain;
  }

  static String withoutWww(String host) {
    return host.startsWith("www.") ? host.substring("www.".length()) : host;
  }

  private static Parts split(String url) {
    var text = url == null ? "" : url.strip().replaceAll("[\\t\\r\\n]", "");
    int colon = text.indexOf(':');
    var scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    boolean slashes =
        text.length() > colon + 2 && slash(text.charAt(colon + 1)) && slash(text.charAt(colon + 2));
    if (!PORTS.containsKey(scheme) || !slashes) {
      return null;
    }
    int from = colon + 3;
    int end = from;
    while (end < text.length() && "/\\?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return split(scheme, text.substring(from, end), text.substring(end));
  }

  private static Parts split(String scheme, String authority, String rest) {
    var place = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = place.lastIndexOf(':');
    boolean ported = colon > place.lastIndexOf(']');
    var host = asciiHost(ported ? place.substring(0, colon) : place);
    int port = ported ? port(place.substring(colon + 1), PORTS.get(scheme)) : NO_PORT;
    if (host == null || port == BAD_PORT) {
      return null;
    }
    int hash = rest.indexOf('#');
    var bare = hash < 0 ? rest : rest.substring(0, hash);
    int mark = bare.indexOf('?');
    var path = (mark < 0 ? bare : bare.substring(0, mark)).replace('\\', '/');
    return new Parts(
        scheme,
        host,
        port,
        path.isEmpty() ? "/" : path,
        mark < 0 ? null : bare.substring(mark + 1));
  }

  private static boolean slash(char c) {
    return c == '/' || c == '\\';
  }

  /** In ASCII and lower case; null if it is no host. */
  private static String asciiHost(String text) {
    if (text.startsWith("[")) {
      var address = text.toLowerCase(Locale.ROOT);
      return IPV6.matcher(address).matches() ? address : null;
    }
    if (text.length() > LONGEST_HOST * 9) {
      return null;
    }
    String ascii;
    try {
      ascii = IDN.toASCII(Percents.decoded(text), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
    var host = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    return host.length() <= LONGEST_HOST && HOST.matcher(host).matches() ? host : null;
  }

  private static int port(String digits, int usual) {
    if (digits.isEmpty()) {
      return NO_PORT;
    }
    if (digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return BAD_PORT;
    }
    int port = Integer.parseInt(digits);
    return port > HIGHEST_PORT ? BAD_PORT : port == usual ? NO_PORT : port;
  }

  /** RFC 3986, section 5.2.4. */
  private static String withoutDotSegments(String path) {
    var kept = new ArrayDeque<String>();
    var segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      if (segments[i].equals("..")) {
        kept.pollLast();
      } else if (!segments[i].equals(".")) {
        kept.addLast(segments[i]);
        continue;
      }
      if (last) {
        kept.addLast("");
      }
    }
    return "/" + String.join("/", kept);
  }

  private static String untracked(String query) {
    return Arrays.stream(query.split("&", -1))
        .filter(p -> !tracks(p.substring(0, p.indexOf('=') < 0 ? p.length() : p.indexOf('='))))
        .collect(Collectors.joining("&"));
  }

  private static boolean tracks(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(TRACKING_PREFIX) || TRACKING.contains(lower);
  }
}
