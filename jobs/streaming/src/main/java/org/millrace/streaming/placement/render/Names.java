package org.millrace.streaming.placement.render;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Names that schedulers accept, no two the same. */
final class Names {

  private static final int LONGEST_LABEL = 63;
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final Set<String> taken = new HashSet<>();

  /** The short name if no one has it yet, else the long one, else that with a number. */
  String unique(String shortName, String longName) {
    var plain = safe(shortName);
    if (taken.add(plain)) {
      return plain;
    }
    var name = safe(longName);
    for (int i = 2; !taken.add(name); i++) {
      name = safe(longName) + "-" + i;
    }
    return name;
  }

  /** Letters, digits, hyphens and dots, with a letter or digit at both ends. */
  static String safe(String name) {
    var safe = name.replaceAll("[^A-Za-z0-9.-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
    return safe.isEmpty() ? "x" : safe;
  }

  /** The name of an object of Kubernetes (RFC 1123). */
  static String object(String name) {
    return safe(name.toLowerCase(java.util.Locale.ROOT));
  }

  /**
   * The value of a label of Kubernetes: up to 63 letters, digits, hyphens, dots and underscores.
   * What is longer becomes its FNV-1a hash behind an x, as Topograph does.
   */
  static String label(String value) {
    if (value.length() > LONGEST_LABEL) {
      return "x%016x".formatted(hash(value));
    }
    return value.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[._-]+|[._-]+$", "");
  }

  private static long hash(String text) {
    long hash = FNV_BASIS;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
