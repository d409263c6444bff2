package org.millrace.kernel.clean;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds and masks what identifies people: e-mail addresses, public IPv4 addresses, phone numbers,
 * Chinese mobile numbers and Chinese identity cards. Linear time, no patterns.
 */
public final class Pii {

  /** What was found. */
  public enum Kind {
    /** An e-mail address: RFC-like local part, dotted domain. */
    EMAIL("email@example.com", "firstname.lastname@example.org"),

    /**
     * An IPv4 address that is globally reachable (IANA's special-purpose registry) and not
     * multicast. Its replacements are addresses kept for documentation.
     */
    IPV4("192.0.2.1", "198.51.100.1", "203.0.113.1"),

    /** A Chinese identity card of 18 characters, with a date that exists and a right checksum. */
    CHINESE_ID("[ID]"),

    /** A Chinese mobile number, with or without +86. */
    CHINESE_MOBILE("[PHONE]"),

    /** Another phone number: international after +, or North American with separators. */
    PHONE("[PHONE]");

    private final List<String> replacements;

    Kind(String... replacements) {
      this.replacements = List.of(replacements);
    }

    /** What the finds of a document are replaced by, in turn. */
    public List<String> replacements() {
      return replacements;
    }
  }

  /**
   * A find.
   *
   * @param begin in UTF-16 units
   * @param end in UTF-16 units, not included
   */
  public record Find(Kind kind, int begin, int end) {}

  /**
   * A masked text.
   *
   * @param finds what was masked, at the places of the text as it was
   */
  public record Masked(String text, List<Find> finds) {}

  private Pii() {}

  /** Everything found, from left to right, without overlap. */
  public static List<Find> find(String text) {
    var finds = new ArrayList<Find>();
    EmailScanner.find(text, finds);
    NumberFinder.find(text, finds);
    if (finds.size() < 2) {
      return finds;
    }
    finds.sort(Comparator.comparingInt(Find::begin));
    var apart = new ArrayList<Find>();
    int end = 0;
    for (var find : finds) {
      if (find.begin() >= end) {
        apart.add(find);
        end = find.end();
      }
    }
    return apart;
  }

  /** The text with every find replaced by the next replacement of its kind. */
  public static Masked mask(String text) {
    var finds = find(text);
    if (finds.isEmpty()) {
      return new Masked(text, finds);
    }
    var turns = new int[Kind.values().length];
    var masked = new StringBuilder(text.length());
    int from = 0;
    for (var find : finds) {
      var replacements = find.kind().replacements();
      int turn = turns[find.kind().ordinal()]++;
      masked.append(text, from, find.begin()).append(replacements.get(turn % replacements.size()));
      from = find.end();
    }
    return new Masked(masked.append(text, from, text.length()).toString(), finds);
  }
}
